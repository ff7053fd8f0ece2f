import { phrase, type Phrase } from '../../text/phrase.ts';
import { controlKindOf } from './controlNodes.ts';
import { controlTexts } from './controlTexts.ts';
import type { Plan } from '../plan.ts';

/** For a restart by Omnia itself: which of its nodes are control nodes, and what that means; empty when none is. */
export function omniaControlNotes({ nodes }: Pick<Plan, 'nodes'>): readonly Phrase[] {
  const found = nodes.filter(({ action, target }) => action === 'boot' && controlKindOf(target, []) !== undefined);
  if (found.length === 0) return [];
  const names = found.map(({ target }) => target.hostname).join(', ');
  return [phrase(controlTexts.omnia, { count: found.length, nodes: names })];
}
