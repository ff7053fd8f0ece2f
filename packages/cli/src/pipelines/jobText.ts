import { omniaJobNotes } from '@omnia-buildstream/core/plan/jobs/jobNotes';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { StageNode } from '@omnia-buildstream/core/stage/preparedStage';
import { askedOnce, workloadManager } from '@omnia-buildstream/runner/workload/workload';
import { programsFor } from '../workload.ts';
import type { ActionContext } from './context.ts';

/** Whose jobs are running on the nodes that Omnia boots now. Not part of what is approved: jobs come and go. */
export async function jobText(
  touched: readonly StageNode[],
  { options, io, call }: Pick<ActionContext, 'options' | 'io' | 'call'>,
): Promise<string> {
  const nodes = touched.map(({ target }) => target);
  const known = await askedOnce(
    workloadManager(options.workload, await programsFor(options.workload, io)),
    io,
    call.signal,
  )(nodes);
  return omniaJobNotes(nodes, known)
    .map((note) => `! ${plainLine(wordsOf(note))}\n`)
    .join('');
}
