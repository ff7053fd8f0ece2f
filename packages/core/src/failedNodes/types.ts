/**
 * `failed_nodes.json`: the nodes that a restart run could not boot, and which of them the operator marked by hand.
 *
 * Two shapes are in use (omnia.md section 3.1): 2.2 with job_id, stage_name and `message`; the PXE boot of 2.3 without
 * job_id and stage_name, with `error` in place of `message` and a `failure_stage`. Both are read into these types.
 */
export interface FailedNodes {
  /** Which shape the file has; `empty` when no entry and no header key tells. */
  readonly shape: '2.2' | '2.3' | 'empty';
  /** Job of the run that wrote the file; undefined in the 2.3 shape. */
  readonly jobId: string | undefined;
  readonly stageName: string | undefined;
  /** ISO 8601, UTC. */
  readonly timestamp: string | undefined;
  /** Nodes tried or entries, depending on the version that wrote it. */
  readonly totalNodes: number | undefined;
  readonly failureCount: number | undefined;
  readonly entries: readonly FailedNode[];
  /** Keys that occur more than once in an object: the first one is not read. */
  readonly doubledKeys?: readonly string[];
}

export interface FailedNode {
  /** The key of all restart bookkeeping, compared as text. */
  readonly bmcIp: string;
  /** Never read for the decision; empty when absent. */
  readonly hostname: string;
  readonly serviceTag: string;
  /** As written. Omnia knows exactly `failed` and `success` (section 3.3). */
  readonly status: string;
  /** `message` of 2.2 or `error` of 2.3. */
  readonly message: string;
  /** 2.3 only: pxe_boot, node_registration or phone_home. */
  readonly failureStage: string | undefined;
  /** 2.3 only: how far the node came: unreachable, stale_boot, cloud_init_pending or cloud_init_error. */
  readonly verificationState?: string | undefined;
}

/** Why Omnia's play would fail on a state file; `index` counts entries from 0. */
export type StateFileProblem =
  | { readonly reason: 'not-an-object' | 'no-list' }
  | {
      readonly reason: 'entry-not-an-object' | 'entry-without-bmc-ip' | 'entry-without-status';
      readonly index: number;
    };

/** A state file as read: its value, or everything that would fail Omnia's play. */
export type StateFileReading<T> =
  | { readonly value: T; readonly problems?: undefined }
  | { readonly value: undefined; readonly problems: readonly StateFileProblem[] };
