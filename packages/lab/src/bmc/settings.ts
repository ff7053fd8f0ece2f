import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { Faults } from '../faults/fault.ts';
import type { LabBmc } from './bmc.ts';
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
  /** FUNCTIONAL_GROUP_NAME and GROUP_NAME. */
  readonly role: string;
  readonly group: string;
  /** Empty for none. */
  readonly parentServiceTag: string;
  readonly adminMac: string;
  readonly bmcMac: string;
  readonly generation: LabGeneration;
  readonly isOn: boolean;
  /** Until it is repaired. */
  faults: Faults;
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
  readonly onRunning: (bmc: LabBmc, booted: { readonly pxe: boolean }) => void;
  readonly onDown: (bmc: LabBmc) => void;
}
