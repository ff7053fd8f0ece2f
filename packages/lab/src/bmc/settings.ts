import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { Faults } from '../faults/fault.ts';
import type { PowerTimes } from './power.ts';

/** Which BMC is played; see `docs/lab.md` for what differs. */
export const labGenerations = ['idrac8', 'idrac9', 'idrac10', 'plain'] as const;
export type LabGeneration = (typeof labGenerations)[number];

/** One BMC and its node. */
export interface LabNode {
  readonly address: string;
  readonly adminIp: string;
  readonly hostname: string;
  readonly serviceTag: string;
  readonly generation: LabGeneration;
  readonly isOn: boolean;
  readonly faults: Faults;
}

export interface LabBmcSettings {
  readonly clock: Clock;
  readonly user: string;
  readonly password: string;
  readonly power: PowerTimes;
  readonly sessionLimit: number;
  readonly sessionTimeoutMs: number;
  /** Failed logins after which every login is refused, the right password too. */
  readonly lockOutAfter: number;
  /** Answers of changes as a job that has to be followed. */
  readonly changesAsJobs: boolean;
  /** The node runs; `pxe` tells what it booted. */
  readonly onRunning: (bmc: { readonly node: LabNode }, booted: { readonly pxe: boolean }) => void;
  readonly onDown: (bmc: { readonly node: LabNode }) => void;
}
