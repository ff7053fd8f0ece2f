import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';

/** Counts of nodes or tests in a run in progress. */
export interface StageCount {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
}

export const nothingYet: StageCount = { total: 0, done: 0, failed: 0 };

/** The counts after an event. */
export function countAfter(count: StageCount, event: StageEvent): StageCount {
  switch (event.type) {
    case 'stage-started':
      return { total: event.total, done: event.finishedBefore, failed: 0 };
    case 'node-finished':
      return { ...count, done: count.done + 1, failed: count.failed + (event.status === 'failed' ? 1 : 0) };
    case 'check-finished': {
      // The announced total does not include the cases of Molecule's report.
      const done = count.done + 1;
      const failed = count.failed + (event.outcome === 'failed' || event.outcome === 'error' ? 1 : 0);
      return { total: Math.max(count.total, done), done, failed };
    }
    default:
      return count;
  }
}

/** The increment of a progress bar from one count to the next, in percent. */
export function incrementOf(before: StageCount, now: StageCount): number {
  return now.total === 0 ? 0 : ((now.done - before.done) / now.total) * 100;
}
