import type { BootChange, ProvisionReason } from '../ports/bootProvisioner.ts';
import type { StageFinished, StageNote, StageStarted, Worded } from '../stage/events.ts';

/** What the deploy stage reports while it is running. Never contains anything secret. */
export type DeployEvent =
  | StageStarted<'deploy'>
  /** A finding of the preflight, or why nothing could be handed over. */
  | StageNote<'deploy'>
  | (Worded & {
      readonly type: 'node-finished';
      readonly at: string;
      readonly stage: 'deploy';
      /** Empty when the row has none. */
      readonly bmcIp: string;
      readonly hostname: string;
      readonly status: 'success' | 'failed';
      readonly image: string;
      /** Undefined when it failed. */
      readonly change: BootChange | undefined;
      readonly failure: ProvisionReason | undefined;
      readonly message: string;
      readonly advice: string;
    })
  | (StageFinished<'deploy'> & DeploySummary);

export type DeployOutcome =
  /** Every node has its boot configuration. */
  | 'deployed'
  | 'some-failed'
  /** Nothing was changed. */
  | 'preflight-failed'
  /** The provisioner gave up as a whole. */
  | 'provisioner-failed'
  | 'stopped';

export interface DeploySummary {
  readonly outcome: DeployOutcome;
  /** Why the provisioner gave up as a whole. */
  readonly failure?: ProvisionReason;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
  /** Nodes that were not handed over. */
  readonly notTried: number;
  /** What the preflight found. */
  readonly findings: number;
  readonly durationMs: number;
}
