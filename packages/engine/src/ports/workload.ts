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
 * The outcome of an order to drain a node, or to give it back. `not-listed`: the manager does not know the node, so
 * there is nothing to order. `by-others`: somebody else has drained it, so it is theirs to give back.
 */
export type DrainEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'not-listed' }
  | { readonly kind: 'by-others'; readonly reason: string }
  | { readonly kind: 'not-done'; readonly why: Said };

/** A system that knows whose jobs run on nodes: Slurm, or Kubernetes. */
export interface WorkloadManager {
  /**
   * What is running on each of these nodes now. What cannot be asked or read is not known, with the reason; rejects
   * with the signal's reason only.
   */
  workOn(nodes: readonly WorkloadNode[], signal: AbortSignal): Promise<KnownWork>;
  /**
   * Lets no new work begin on the node; running work continues. One that is drained with a reason of ours stays so.
   * @param reason of letters, digits, blanks and `:,-` only; begins with {@link drainMark}
   * @param before called right before the order is sent, and not at all if none is sent
   */
  drain(node: WorkloadNode, reason: string, before: () => void, signal: AbortSignal): Promise<DrainEnd>;
  /** Gives a node back that was drained with a reason of ours, and no other. */
  resume(node: WorkloadNode, signal: AbortSignal): Promise<DrainEnd>;
}
