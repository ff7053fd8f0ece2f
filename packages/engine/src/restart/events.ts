import type { StageFinished, StageStarted, Worded } from '../stage/events.ts';
import type { ResetKind } from '@omnia-buildstream/core/restart/resetKind';
import type { FailureKind } from '@omnia-buildstream/core/restart/failureKind';
import type { RestartStep } from './steps.ts';

/** What a node is at: a step at its BMC, or its jobs before that. */
export type ShownStep = RestartStep | 'drain';

/** Why no further node is started. */
export type StopReason =
  | 'asked'
  | 'credentials-refused'
  | 'canary-failed'
  | 'control-failed'
  | 'too-many-failed'
  | 'too-many-unreachable';

/**
 * What a run reports while it is running; every front end shows this and nothing else. One JSON object each (ndjson),
 * times in ISO 8601. Nothing secret is ever in it.
 */
export type RestartEvent =
  | StageStarted<'restart'>
  | { readonly type: 'node-started'; readonly at: string; readonly bmcIp: string; readonly hostname: string }
  | (Worded & {
      readonly type: 'node-step';
      readonly at: string;
      readonly bmcIp: string;
      readonly step: ShownStep;
      /** More than the name of the step says; may be empty. */
      readonly detail: string;
    })
  /** Right before a reset, or the order to shut down, is sent; the events that follow say what happened. */
  | { readonly type: 'node-reset'; readonly at: string; readonly bmcIp: string; readonly kind: ResetKind }
  | (Worded & {
      readonly type: 'node-finished';
      readonly at: string;
      readonly bmcIp: string;
      readonly hostname: string;
      readonly status: 'success' | 'failed';
      /** Step in which it failed; undefined for success and for results of an interrupted run. */
      readonly step: RestartStep | undefined;
      readonly failure: FailureKind | undefined;
      /** As Omnia words it. */
      readonly message: string;
      readonly advice: string;
      readonly durationMs: number;
    })
  /**
   * A node was begun and left as it was: its credentials were refused by other BMCs, or somebody's jobs are running on
   * it.
   */
  | (Worded & {
      readonly type: 'node-left';
      readonly at: string;
      readonly bmcIp: string;
      readonly hostname: string;
      readonly reason: 'credentials-refused' | 'busy';
      readonly detail: string;
    })
  /** Right before a node is drained by its workload manager; from here on it is drained, as far as is known. */
  | { readonly type: 'node-drained'; readonly at: string; readonly bmcIp: string; readonly hostname: string }
  /** It was given back. */
  | { readonly type: 'node-resumed'; readonly at: string; readonly bmcIp: string; readonly hostname: string }
  | (Worded & {
      readonly type: 'stage-stopping';
      readonly at: string;
      readonly reason: StopReason;
      readonly detail: string;
    })
  | (StageFinished<'restart'> & RestartSummary);

export interface RestartSummary {
  readonly booted: number;
  readonly failed: number;
  /** Nodes that were not started, or not finished when the run was stopped at once. */
  readonly notTried: number;
  readonly stopped: StopReason | 'at-once' | undefined;
  /** Hostnames of the nodes on which PXE is set for every boot now: it stays until somebody removes it. */
  readonly everyBoot: readonly string[];
  /**
   * Hostnames of the nodes that were left because of jobs on them, or because it was no longer known whether there are
   * any.
   */
  readonly busy: readonly string[];
  /** Hostnames of the nodes that this run has drained and not given back. */
  readonly drained: readonly string[];
  readonly durationMs: number;
}
