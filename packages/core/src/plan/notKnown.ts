import type { Plan } from './plan.ts';

/** A plan of nodes of which nobody here knows whether they are booted. Rows that no run has seen yet are new for certain. */
export function notKnown(plan: Plan): Plan {
  const nodes = plan.nodes.map((node) =>
    node.reason === 'not-booted' ? { ...node, reason: 'not-known' as const } : node,
  );
  return { ...plan, nodes };
}
