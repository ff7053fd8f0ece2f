import type { Plan } from '@omnia-buildstream/core/plan/plan';
import type { PlanBasis } from '@omnia-buildstream/core/plan/decideRestart';

/** The plan for programs: plain data, null where nothing is known. */
export function planJson({ stage, imageGroup, version, nodes, notices }: Plan, basis: PlanBasis): object {
  return {
    stage,
    imageGroup: imageGroup === '' ? null : imageGroup,
    omnia: version,
    basis,
    boot: nodes.filter(({ action }) => action === 'boot').length,
    nodes: nodes.map(({ action, reason, target, entry, bootedAt }) => ({
      action,
      reason,
      hostname: target.hostname,
      bmcIp: target.bmcIp,
      serviceTag: target.serviceTag,
      functionalGroup: target.functionalGroup,
      group: target.groupName,
      line: target.line < 0 ? null : target.line + 1,
      status: entry?.status ?? null,
      message: entry?.message ?? null,
      bootedAt: bootedAt ?? null,
    })),
    notices,
  };
}
