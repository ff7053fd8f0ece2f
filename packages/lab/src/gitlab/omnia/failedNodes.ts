import type { MappedNode } from './mappedNodes.ts';

/** Where Omnia keeps the list of nodes that did not boot, on the default branch. */
export const failedNodesPath = 'miscellaneous/failed_nodes.json';

export interface FailedNode extends MappedNode {
  readonly message: string;
}

/** The file as Omnia 2.2 writes it: keys in alphabetical order, four blanks of indent. */
export function writeFailedNodes(jobId: string, time: Date, failed: readonly FailedNode[]): string {
  const entries = failed.map(({ bmcIp, hostname, message, serviceTag }) => ({
    bmc_ip: bmcIp,
    hostname,
    message,
    service_tag: serviceTag,
    status: 'failed',
  }));
  const file = {
    failed_nodes: entries,
    failure_count: entries.length,
    job_id: jobId,
    stage_name: 'restart',
    timestamp: `${time.toISOString().slice(0, 19)}Z`,
    total_nodes: entries.length,
  };
  return `${JSON.stringify(file, null, 4)}\n`;
}

/** What the playbook reads on a retry: only exactly `success` and `failed` count. @throws Error for any other file */
export function readMarks(text: string): {
  readonly success: ReadonlySet<string>;
  readonly failed: ReadonlySet<string>;
} {
  const { failed_nodes: entries = [] } = JSON.parse(text) as {
    failed_nodes?: readonly { bmc_ip?: string; status?: string }[];
  };
  const marked = (status: string) =>
    new Set(entries.filter((entry) => entry.status === status).map((entry) => entry.bmc_ip ?? ''));
  return { success: marked('success'), failed: marked('failed') };
}
