import type { NetworkBoot, PxeLasting } from '../ports/bmc.ts';
import { wholeRollout, type Rollout } from './rollout.ts';

/** Settings of the restart stage. Times are milliseconds. */
export interface RestartSettings {
  /** BMCs that are worked on at the same time. */
  readonly concurrency: number;
  readonly stagger: Stagger;
  /** `once`: only the next boot. `continuous`: every boot until it is changed (Omnia's default). */
  readonly lasting: PxeLasting;
  /** What firmware fetches its loader with; Omnia has PXE. */
  readonly protocol: NetworkBoot['protocol'];
  /** Whether nodes boot from the NIC with their ADMIN_MAC if the BMC can; for one boot only. */
  readonly bootNic: 'by-order' | 'admin-mac';
  /** `graceful` asks the system to shut down; Omnia forces. */
  readonly restart: 'force' | 'graceful';
  /** Machines that cannot be compared with their row: stopped before anything is set, or restarted with a warning. */
  readonly identity: 'require' | 'warn';
  readonly rollout: Rollout;
  readonly control: ControlSettings;
  readonly limits: StepLimits;
  readonly polls: StepPolls;
}

/** How control nodes and protected nodes are restarted. */
export interface ControlSettings {
  /** One after another, each when the one before has reported; Omnia restarts them like any other. */
  readonly isOneByOne: boolean;
  /** Which other nodes are protected: hostnames, service tags or BMC_IPs, `*` for any text. */
  readonly protectedNodes: readonly string[];
}

/** Resets are sent in batches with a pause in between, for power inrush and the load on DHCP and image servers. */
export interface Stagger {
  /** Resets in a batch; 0 for no batches. */
  readonly batch: number;
  readonly pauseMs: number;
}

/** How long each step may take, including retries and pauses. Waiting for a turn does not count. */
export interface StepLimits {
  readonly reachMs: number;
  readonly loginMs: number;
  readonly readyMs: number;
  readonly readMs: number;
  readonly overrideMs: number;
  readonly resetMs: number;
  /** For a system that was asked to shut down, until its power is off. */
  readonly shutdownMs: number;
  readonly powerMs: number;
  readonly reportMs: number;
  /**
   * After a reset in doubt: how long its effect may take to show, from the moment in which the response was lost or the
   * run was resumed. Longer than a BMC needs to carry out an order it has accepted; only after that "it did not happen"
   * is believed.
   */
  readonly settleMs: number;
}

export interface StepPolls {
  readonly readyMs: number;
  readonly powerMs: number;
  /** Between tries of an order that was refused with "not ready" or "busy". */
  readonly orderMs: number;
}

const second = 1_000;
const minute = 60 * second;

/**
 * Concurrency and power limit of redfish.md sections 5 and 7; the report limit of omnia.md section 4 (120 × 15 s). A
 * BMC that responded before and restarts is away for up to five minutes; one that never responded is given up sooner.
 */
export const defaultRestartSettings: RestartSettings = {
  concurrency: 32,
  stagger: { batch: 0, pauseMs: 0 },
  lasting: 'once',
  protocol: 'pxe',
  bootNic: 'by-order',
  restart: 'force',
  identity: 'require',
  rollout: wholeRollout,
  control: { isOneByOne: true, protectedNodes: [] },
  limits: {
    reachMs: 2 * minute,
    loginMs: 6 * minute,
    readyMs: 10 * minute,
    readMs: 6 * minute,
    overrideMs: 6 * minute,
    resetMs: 6 * minute,
    shutdownMs: 10 * minute,
    powerMs: 3 * minute,
    reportMs: 30 * minute,
    settleMs: 45 * second,
  },
  polls: { readyMs: 15 * second, powerMs: 5 * second, orderMs: 10 * second },
};
