import { omniaJobNotes } from '@omnia-buildstream/core/plan/jobs/jobNotes';
import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { say } from '../../platform/say.ts';
import type { ActionContext } from './actionContext.ts';

/** Whose jobs run on the nodes that Omnia restarts. Empty if it restarts none. */
export async function jobLines(
  { facts }: Pick<ActionContext, 'facts'>,
  { nodes }: Pick<StagePlan, 'nodes'>,
): Promise<string[]> {
  if (nodes.length === 0) return [];
  const targets = nodes.map(({ target }) => target);
  const known = await (await facts()).work(targets);
  return omniaJobNotes(targets, known).map((note) => wordsOf(note, say));
}
