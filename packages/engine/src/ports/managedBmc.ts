import type { RecoveryAct } from '@omnia-buildstream/core/restart/recoveryAct';
import type { BmcConnection, PowerState, RowHardware, ServiceIdentity } from './bmc.ts';

/** What people ask of BMCs outside of a run: what hardware is behind them, and acts that help a node that failed. */
export interface BmcManager {
  /** A connection that has sent nothing yet. */
  manage(address: string, row?: RowHardware): ManagedBmc;
}

/** Calls reject with BmcError, or with the signal's reason. */
export interface ManagedBmc extends Pick<BmcConnection, 'login' | 'read' | 'close'> {
  /** Asks for the service root, once and without credentials. */
  reach(signal: AbortSignal): Promise<ServiceIdentity>;
  /** Reads and changes nothing. */
  inventory(signal: AbortSignal): Promise<Inventory>;
  /** The acts that this BMC offers now. Reads and changes nothing, but asks the Lifecycle Controller for its state. */
  offers(signal: AbortSignal): Promise<readonly RecoveryAct[]>;
  /**
   * Rejects with `refused` when it is no longer offered, and with `answer-lost` when it is unknown whether it was done.
   */
  perform(act: RecoveryAct, signal: AbortSignal): Promise<RecoveryEnd>;
}

/** `not-shown`: the BMC accepted it but shows no change. */
export type RecoveryEnd = 'done' | 'not-shown';

/** The hardware behind a BMC; empty texts for what it does not report. */
export interface Inventory {
  /** Of Dell's machines. */
  readonly serviceTag: string;
  /** Of other machines. */
  readonly serialNumber: string;
  readonly model: string;
  readonly power: PowerState;
  /** Of the BMC. */
  readonly firmware: string;
  readonly bios: string;
  readonly bmcMac: string;
  readonly nics: readonly Nic[];
}

export interface Nic {
  readonly id: string;
  readonly mac: string;
  /** Whether a network boot option names it; undefined: the BMC does not list any. */
  readonly bootsFromNetwork: boolean | undefined;
}
