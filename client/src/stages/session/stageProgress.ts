import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';

/** The count of a run in progress. */
export interface StageCount {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
}

export const nothingYet: StageCount = { total: 0, done: 0, failed: 0 };

/** The count after an event. */
export function countAfter(count: StageCount, event: StageEvent): StageCount {
  switch (event.type) {
    case 'stage-started':
      return { total: event.total, done: event.finishedBefore, failed: 0 };
    case 'node-finished':
      return { ...count, done: count.done + 1, failed: count.failed + (event.status === 'failed' ? 1 : 0) };
    case 'check-finished': {
      // The cases of Molecule's report come in addition to what was announced.
      const done = count.done + 1;
      const failed = count.failed + (event.outcome === 'failed' || event.outcome === 'error' ? 1 : 0);
      return { total: Math.max(count.total, done), done, failed };
    }
    default:
      return count;
  }
}

/** What a progress bar grows by from one count to the next, in hundredths of the whole. */
export function incrementOf(before: StageCount, now: StageCount): number {
  return now.total === 0 ? 0 : ((now.done - before.done) / now.total) * 100;
}
