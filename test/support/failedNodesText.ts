/** A list of failed nodes for the small cluster of `cluster.ts`: both slurm nodes. */

export interface EntryText {
  readonly bmc_ip?: string;
  readonly hostname?: string;
  readonly service_tag?: string;
  readonly status?: string;
  readonly message?: string;
}

export const entry1 = {
  bmc_ip: '10.6.0.14',
  hostname: 'cn-001',
  service_tag: 'COMP001',
  status: 'failed',
  message: 'Failed. iDRAC is not ready. Retry again after iDRAC is ready',
} as const satisfies EntryText;

export const entry2 = {
  ...entry1,
  bmc_ip: '10.6.0.15',
  hostname: 'cn-002',
  service_tag: 'COMP002',
  message: 'iDRAC is unreachable. pxe boot might be set. Please check the host reboot status manually',
} as const satisfies EntryText;

/** The file with these entries, as Omnia writes it. */
export function failedNodesText(...entries: readonly EntryText[]): string {
  const header = {
    job_id: '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10',
    stage_name: 'restart',
    timestamp: '2026-04-10T16:32:15Z',
    total_nodes: 5,
    failure_count: entries.length,
  };
  return `${JSON.stringify({ ...header, failed_nodes: entries }, undefined, 4)}\n`;
}

export const bothFailed = failedNodesText(entry1, entry2);
