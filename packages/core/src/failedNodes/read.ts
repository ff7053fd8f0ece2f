import { messageKeys } from './entryText.ts';
import { countField, isJsonObject, textField } from '../text/jsonFields.ts';
import type { FailedNode, FailedNodes, StateFileProblem, StateFileReading } from './types.ts';

/** Nothing failed. */
export const noFailedNodes: FailedNodes = {
  shape: 'empty',
  jobId: undefined,
  stageName: undefined,
  timestamp: undefined,
  totalNodes: undefined,
  failureCount: undefined,
  entries: [],
};

/**
 * Reads the parsed JSON of `failed_nodes.json` as Omnia takes it (omnia.md section 3.3). Unknown keys and the order of
 * keys do not matter. A root without `failed_nodes`, and a list that is null, empty or 0, is an empty list; an entry
 * without `bmc_ip` or `status` fails Omnia's play. Omnia knows no status that is not a text, and a bmc_ip that is not a
 * text belongs to no node: such an entry has no effect and is left out.
 */
export function readFailedNodes(value: unknown): StateFileReading<FailedNodes> {
  if (!isJsonObject(value)) return { value: noFailedNodes };
  // Jinja's filters skip whatever is false.
  const given = value['failed_nodes'];
  const list = isFalsy(given) ? [] : given;
  if (!Array.isArray(list)) return { value: undefined, problems: [{ reason: 'no-list' }] };
  const entries: FailedNode[] = [];
  const problems: StateFileProblem[] = [];
  (list as readonly unknown[]).forEach((entry, index) => {
    const read = readEntry(entry, index);
    if ('reason' in read) problems.push(read);
    else if (read.bmcIp !== undefined) entries.push({ ...read, bmcIp: read.bmcIp });
  });
  if (problems.length > 0) return { value: undefined, problems };
  const jobId = textField(value, 'job_id');
  const stageName = textField(value, 'stage_name');
  const isNew = list.some((entry) => isJsonObject(entry) && ('failure_stage' in entry || 'error' in entry));
  const isOld = jobId !== undefined || stageName !== undefined || entries.length > 0;
  return {
    value: {
      shape: isNew ? '2.3' : isOld ? '2.2' : 'empty',
      jobId,
      stageName,
      timestamp: textField(value, 'timestamp'),
      totalNodes: countField(value, 'total_nodes'),
      failureCount: countField(value, 'failure_count'),
      entries,
    },
  };
}

/** What Python considers false. */
export function isFalsy(value: unknown): boolean {
  if (isJsonObject(value)) return Object.keys(value).length === 0;
  return Array.isArray(value) ? value.length === 0 : !value;
}

type ReadEntry = Omit<FailedNode, 'bmcIp'> & { readonly bmcIp: string | undefined };

function readEntry(entry: unknown, index: number): ReadEntry | StateFileProblem {
  if (!isJsonObject(entry)) return { reason: 'entry-not-an-object', index };
  if (!('bmc_ip' in entry)) return { reason: 'entry-without-bmc-ip', index };
  if (!('status' in entry)) return { reason: 'entry-without-status', index };
  return {
    bmcIp: textField(entry, 'bmc_ip'),
    status: textField(entry, 'status') ?? JSON.stringify(entry['status']),
    hostname: textField(entry, 'hostname') ?? '',
    serviceTag: textField(entry, 'service_tag') ?? '',
    message: messageKeys.map((key) => textField(entry, key)).find((text) => text !== undefined) ?? '',
    failureStage: textField(entry, 'failure_stage'),
    verificationState: textField(entry, 'verification_state'),
  };
}
