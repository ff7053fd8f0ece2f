import { readFailedNodes } from '../failedNodes/read.ts';
import type { FailedNode } from '../failedNodes/types.ts';
import { jsonObjectIn, textField } from '../text/jsonFields.ts';

/**
 * What the management server reported about the last restart followed from a project: its list of failed nodes, before
 * Omnia's copy of it has reached the project, if it ever does. Kept in a file that every window and terminal reads.
 */
export interface ToldList {
  readonly jobId: string;
  /** ISO 8601, by the clock of the machine that followed the run; tells it from other runs. */
  readonly at: string;
  /**
   * Stamp of the project's list at that time: a list that was written since is from a later run. Undefined: not known.
   */
  readonly afterList: string | undefined;
  /** BMC_IPs of the rows that the run was given. */
  readonly known: ReadonlySet<string>;
  readonly failed: readonly FailedNode[];
}

export function renderToldList({ jobId, at, afterList, known, failed }: ToldList): string {
  const entries = failed.map(({ bmcIp, hostname, serviceTag, message, failureStage, verificationState }) => {
    const told = { bmc_ip: bmcIp, hostname, service_tag: serviceTag, status: 'failed', message };
    return { ...told, failure_stage: failureStage, verification_state: verificationState };
  });
  const about = { job_id: jobId, timestamp: at, after_list: afterList ?? null, known: [...known] };
  return `${JSON.stringify({ ...about, failed_nodes: entries }, undefined, 2)}\n`;
}

/** A text that is not one says nothing. */
export function readToldList(text: string | undefined): ToldList | undefined {
  const value = jsonObjectIn(text ?? '');
  if (value === undefined) return undefined;
  const reading = readFailedNodes(value);
  const { jobId, timestamp: at, entries } = reading.value ?? {};
  const known: unknown = value['known'];
  if (jobId === undefined || at === undefined || entries === undefined || !Array.isArray(known)) return undefined;
  const bmcIps = (known as readonly unknown[]).filter((bmcIp) => typeof bmcIp === 'string');
  return { jobId, at, afterList: textField(value, 'after_list'), known: new Set(bmcIps), failed: entries };
}
