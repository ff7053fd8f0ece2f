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
 * Reads the parsed JSON of `failed_nodes.json`. Unknown keys and the order of keys do not matter; a missing
 * `failed_nodes` is an empty list; an entry without `bmc_ip` or `status` fails Omnia's play (omnia.md section 3.3).
 */
export function readFailedNodes(value: unknown): StateFileReading<FailedNodes> {
  if (!isJsonObject(value)) return { value: undefined, problems: [{ reason: 'not-an-object' }] };
  const list = value['failed_nodes'] ?? [];
  if (!Array.isArray(list)) return { value: undefined, problems: [{ reason: 'no-list' }] };
  const entries: FailedNode[] = [];
  const problems: StateFileProblem[] = [];
  (list as readonly unknown[]).forEach((entry, index) => {
    const read = readEntry(entry, index);
    if ('reason' in read) problems.push(read);
    else entries.push(read);
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

function readEntry(entry: unknown, index: number): FailedNode | StateFileProblem {
  if (!isJsonObject(entry)) return { reason: 'entry-not-an-object', index };
  const bmcIp = textField(entry, 'bmc_ip');
  if (bmcIp === undefined) return { reason: 'entry-without-bmc-ip', index };
  const status = textField(entry, 'status');
  if (status === undefined) return { reason: 'entry-without-status', index };
  return {
    bmcIp,
    status,
    hostname: textField(entry, 'hostname') ?? '',
    serviceTag: textField(entry, 'service_tag') ?? '',
    message: textField(entry, 'message') ?? textField(entry, 'error') ?? '',
    failureStage: textField(entry, 'failure_stage'),
  };
}
