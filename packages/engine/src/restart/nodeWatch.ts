import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { NodeProgress } from '@omnia-buildstream/core/restart/interruptedRun';
import type { NodeWatch, ReportingNode } from '../ports/reports.ts';
import type { StageContext } from './context.ts';

type Watching = Pick<StageContext, 'reports' | 'settings'>;

/**
 * For a node that an interrupted run may have reset. If that reset is known to have been accepted, the earlier system
 * is gone, except after a graceful restart, which takes the system its time.
 */
export function watchOfBegun(context: Watching, target: Target, progress: NodeProgress): NodeWatch {
  const isGone = progress.stage === 'reset' && context.settings.restart !== 'graceful';
  return watchOf(context, target, { wasOn: !isGone, resetMs: undefined });
}

export function watchOf(
  { reports }: Watching,
  { bmcIp, hostname, adminIp }: Target,
  reset: Pick<ReportingNode, 'wasOn' | 'resetMs'>,
): NodeWatch {
  return reports.watch({ bmcIp, hostname, adminIp, ...reset });
}
