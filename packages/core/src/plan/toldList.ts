import { readFailedNodes } from '../failedNodes/read.ts';
import type { FailedNode } from '../failedNodes/types.ts';
import { isJsonObject, textField } from '../text/jsonFields.ts';
import type { FailedList } from './failedList.ts';
import { stampOf } from './listStamp.ts';

/**
 * What the management server told of the restart that was followed last from a project: its list of failed nodes, before
 * Omnia's copy of it has come into the project, if it ever does. Kept in a file that every window and terminal reads.
 */
export interface ToldList {
  readonly jobId: string;
  /** ISO 8601, by the clock of the machine that followed the run; tells it from other runs. */
  readonly at: string;
  /** Stamp of the project's list at that time: one that was written since is of a later run. Undefined: not known. */
  readonly afterList: string | undefined;
  /** BMC_IPs of the rows that the run was given. */
  readonly known: ReadonlySet<string>;
  readonly failed: readonly FailedNode[];
}

export function renderToldList({ jobId, at, afterList, known, failed }: ToldList): string {
  const entries = failed.map(({ bmcIp, hostname, serviceTag, message }) => {
    return { bmc_ip: bmcIp, hostname, service_tag: serviceTag, status: 'failed', message };
  });
  const about = { job_id: jobId, timestamp: at, after_list: afterList ?? null, known: [...known] };
  return `${JSON.stringify({ ...about, failed_nodes: entries }, undefined, 2)}\n`;
}

/** A text that is none tells nothing. */
export function readToldList(text: string | undefined): ToldList | undefined {
  const value = jsonOf(text);
  if (!isJsonObject(value)) return undefined;
  const reading = readFailedNodes(value);
  const { jobId, timestamp: at, entries } = reading.value ?? {};
  const known: unknown = value['known'];
  if (jobId === undefined || at === undefined || entries === undefined || !Array.isArray(known)) return undefined;
  const bmcIps = (known as readonly unknown[]).filter((bmcIp) => typeof bmcIp === 'string');
  return { jobId, at, afterList: textField(value, 'after_list'), known: new Set(bmcIps), failed: entries };
}

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The list of the later run: the project's own, or what the management server told since that was written. Runs are
 * ordered by which list the one saw, never by clocks. Marks in the project's list count in either: somebody has set them,
 * and they go to the server with the next restart.
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
