import { phrase, type Phrase } from '../../text/phrase.ts';
import { shortNames } from '../../text/shortNames.ts';
import { controlKindOf, type ControlKind } from './controlNodes.ts';
import { controlTexts } from './controlTexts.ts';
import type { Plan } from '../plan.ts';
import type { Target } from '../targets.ts';

/** For a restart by Omnia itself: which of its nodes are control nodes or login nodes, and what that means for each kind. */
export function omniaControlNotes({ nodes }: Pick<Plan, 'nodes'>): readonly Phrase[] {
  const booted = nodes.filter(({ action }) => action === 'boot').map(({ target }) => target);
  const of = (...kinds: readonly ControlKind[]) =>
    booted.filter((target) => kinds.some((kind) => kind === controlKindOf(target, [])));
  return [
    ...note(controlTexts.omnia, of('slurm-controller', 'control-plane')),
    ...note(controlTexts.omniaLogin, of('login')),
  ];
}

function note(text: (typeof controlTexts)['omnia' | 'omniaLogin'], targets: readonly Target[]): Phrase[] {
  if (targets.length === 0) return [];
  return [phrase(text, { count: targets.length, nodes: shortNames(targets.map(({ hostname }) => hostname)) })];
}
