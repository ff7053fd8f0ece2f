import { drainMark } from '../../ports/workload.ts';
import type { SlurmNode } from './slurmNodes.ts';

/** Whether a node is drained or on its way there, and by whom. A node that booted while it was drained may be down as well. */
export function drainOf({ state, reason }: SlurmNode): 'no' | 'ours' | 'others' {
  if (reason.startsWith(drainMark)) return 'ours';
  return /(?:^|\+)drain/i.test(state) ? 'others' : 'no';
}

/**
 * Commands that change one node. Its name is one that Slurm itself lists, of letters that mean nothing to a shell; the
 * reason is ours.
 */
export const slurmOrders = {
  /** Keeps only the characters of a reason that no shell interprets. */
  drain: (node: SlurmNode, reason: string): string =>
    update(node, 'State=DRAIN', `Reason='${reason.replaceAll(/[^\w :,-]/g, '')}'`),
  resume: (node: SlurmNode): string => update(node, 'State=RESUME'),
} as const;

function update({ name }: SlurmNode, ...values: readonly string[]): string {
  return ['scontrol', 'update', `NodeName=${name}`, ...values].join(' ');
}
