import { sortWork } from '@omnia-buildstream/core/plan/jobs/jobNotes';
import type { NodesOfRun } from '@omnia-buildstream/engine/restart/nodesOfRun';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { Selection } from '../selection.ts';
import type { Workload } from './workload.ts';

/**
 * How a restart treats the jobs on its nodes: nodes with jobs are left out unless the user selected them, by name or as
 * nodes with jobs. A node in the middle of an interrupted run is never left out.
 */
export interface WorkChoice {
  readonly leftOut: readonly Target[];
  /** BMC_IPs of nodes that are restarted no matter what runs on them. */
  readonly agreed: ReadonlySet<string>;
}

export function choiceFor(
  { nodes }: NodesOfRun,
  { names, withJobs = false }: Selection,
  workload: Workload | undefined,
): WorkChoice {
  // If the run waits for jobs, none is killed.
  if (workload === undefined || workload.settings.waitMs !== undefined) return { leftOut: [], agreed: new Set() };
  const open = nodes.flatMap(({ planned: { target }, progress }) => (progress === undefined ? [target] : []));
  const busy = sortWork(open, workload.known).busy.map(({ node }) => node);
  if (withJobs) return { leftOut: [], agreed: new Set(nodes.map(({ planned: { target } }) => target.bmcIp)) };
  if (names.length > 0) return { leftOut: [], agreed: new Set(busy.map(({ bmcIp }) => bmcIp)) };
  return { leftOut: busy, agreed: new Set() };
}
