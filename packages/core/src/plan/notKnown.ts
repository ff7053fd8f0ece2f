import type { Plan } from './plan.ts';

/**
 * A plan for nodes of which it is unknown here whether they are booted. Rows that no run has seen yet are certainly
 * new.
 * @param isKnown nodes that certainly have not been booted by any run
 */
export function notKnown(plan: Plan, isKnown: (bmcIp: string) => boolean = () => false): Plan {
  const nodes = plan.nodes.map((node) =>
    node.reason === 'not-booted' && !isKnown(node.target.bmcIp) ? { ...node, reason: 'not-known' as const } : node,
  );
  return { ...plan, nodes };
}
