import type { KnownWork } from '@omnia-buildstream/core/plan/jobs/nodeWork';
import type { Said } from '@omnia-buildstream/core/text/phrase';

/** How every reason of ours begins. */
export const drainMark = 'buildstream: ';

/** A node as a workload manager is asked about it. */
export interface WorkloadNode {
  readonly bmcIp: string;
  readonly hostname: string;
}

/**
 * What became of an order to take a node out for new work, or to give it back. `not-listed`: the manager does not know the
 * node, so there is nothing to order. `by-others`: somebody else has taken it out, so it is theirs to give back.
 */
export type DrainEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'not-listed' }
  | { readonly kind: 'by-others'; readonly reason: string }
  | { readonly kind: 'not-done'; readonly why: Said };

/** Whatever knows whose work runs on nodes: Slurm, or Kubernetes. */
export interface WorkloadManager {
  /**
   * What runs on each of these nodes now. What cannot be asked or read is not known, with the reason; rejects with the
   * signal's reason only.
   */
  workOn(nodes: readonly WorkloadNode[], signal: AbortSignal): Promise<KnownWork>;
  /**
   * Lets no new work begin on the node; what runs goes on. One that is drained with a reason of ours stays so.
   * @param reason of letters, digits, blanks and `:,-` only; begins with {@link drainMark}
   * @param before called right before the order is sent, not at all when none is
   */
  drain(node: WorkloadNode, reason: string, before: () => void, signal: AbortSignal): Promise<DrainEnd>;
  /** Gives a node back that was drained with a reason of ours, and no other. */
  resume(node: WorkloadNode, signal: AbortSignal): Promise<DrainEnd>;
}
