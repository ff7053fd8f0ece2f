import { readFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { LabKind } from '@omnia-buildstream/lab/cluster/kinds';

/**
 * failed_nodes.json as a version puts it into the project: the PXE boot of 2.3 names no job (omnia.md section 3.1).
 * @param text as the engine wrote it, in the format of 2.2
 */
export function publishedList(text: string, { listNamesJob }: LabKind, targets: readonly Target[]): string {
  const list = listNamesJob ? undefined : readFailedNodes(JSON.parse(text)).value;
  if (list === undefined) return text;
  const failed = list.entries.map(({ bmcIp, hostname, serviceTag, status, message }) => ({
    bmc_ip: bmcIp,
    admin_ip: targets.find((target) => target.bmcIp === bmcIp)?.adminIp ?? '',
    hostname,
    service_tag: serviceTag,
    failure_stage: 'pxe_boot',
    status,
    error: message,
  }));
  const counts = { total_nodes: targets.length, success_count: targets.length - failed.length };
  const file = { timestamp: list.timestamp, ...counts, failure_count: failed.length, failed_nodes: failed };
  return `${JSON.stringify(file, null, 2)}\n`;
}
