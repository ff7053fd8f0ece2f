import type { Plan } from './plan.ts';

/**
 * A plan of nodes of which nobody here knows whether they are booted. Rows that no run has seen yet are new for certain.
 * @param isKnown nodes of which somebody here says that no run has booted them
 */
export function notKnown(plan: Plan, isKnown: (bmcIp: string) => boolean = () => false): Plan {
  const nodes = plan.nodes.map((node) =>
    node.reason === 'not-booted' && !isKnown(node.target.bmcIp) ? { ...node, reason: 'not-known' as const } : node,
  );
  return { ...plan, nodes };
}
