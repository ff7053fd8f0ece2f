import type { FailedList } from './failedList.ts';

/** The stamp of a project that has no list. */
const noList = 'none';

/**
 * Tells one version of Omnia's list of failed nodes from another. Only compared for equality: the clocks of the
 * management server and of this machine differ. Undefined where it is unknown.
 */
export function stampOf(list: FailedList): string | undefined {
  switch (list.kind) {
    case 'missing':
      return noList;
    case 'own':
    case 'no-job':
      return `${list.nodes.jobId ?? ''} ${list.nodes.timestamp ?? ''}`;
    case 'broken':
    case 'other-job':
      return undefined;
  }
}

/** Whether Omnia wrote the list after a run of the stage engine had begun that saw the other one. */
export function isWrittenSince(list: FailedList, afterList: string | undefined): boolean {
  const stamp = stampOf(list);
  return afterList !== undefined && stamp !== undefined && stamp !== noList && stamp !== afterList;
}
