import type { FailedList } from './failedList.ts';
import { stampOf } from './listStamp.ts';
import type { ToldList } from './toldList.ts';

/**
 * The list of the later run: the project's own, or what the management server has reported since that was written. Runs
 * are ordered by which list one of them saw, never by clocks. Marks in the project's list count in either: they were
 * set deliberately, and go to the server with the next restart.
 * @param jobId of the stage; undefined: of the last run, whichever it was
 */
export function laterList(list: FailedList, told: ToldList | undefined, jobId: string | undefined): FailedList {
  if (told === undefined || (jobId !== undefined && told.jobId.toLowerCase() !== jobId.toLowerCase())) return list;
  const tellsNothing = list.kind === 'missing' || list.kind === 'other-job';
  const isOlder = told.afterList !== undefined && stampOf(list) === told.afterList;
  if (!tellsNothing && !isOlder) return list;
  const entries = 'nodes' in list ? list.nodes.entries : [];
  const marks = entries.filter(({ status }) => status === 'success');
  const marked = new Set(marks.map(({ bmcIp }) => bmcIp));
  return {
    kind: 'own',
    known: told.known,
    nodes: {
      shape: '2.2',
      jobId: told.jobId,
      stageName: undefined,
      timestamp: told.at,
      totalNodes: undefined,
      failureCount: undefined,
      entries: [...told.failed.filter(({ bmcIp }) => !marked.has(bmcIp)), ...marks],
    },
  };
}
