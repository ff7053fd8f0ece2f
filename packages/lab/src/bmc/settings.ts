import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { Faults } from '../faults/fault.ts';
import type { LabGeneration } from './generation.ts';
import type { PowerTimes } from './power.ts';
import type { BmcRecord } from './record.ts';

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
  /** What is wrong with it until it is repaired. */
  faults: Faults;
}

/** The part of a BMC that its node needs. */
export interface NodesBmc {
  readonly node: LabNode;
  readonly record: BmcRecord;
  isRunning: boolean;
}

export interface LabBmcSettings {
  readonly clock: Clock;
  readonly user: string;
  readonly password: string;
  readonly power: PowerTimes;
  readonly sessionLimit: number;
  readonly sessionTimeoutMs: number;
  /** Failed logins after which every login is refused, even with the right password. */
  readonly lockOutAfter: number;
  /** Whether it responds to changes with a job that the client has to follow. */
  readonly changesAsJobs: boolean;
  /** Power is back, and the firmware has decided what to boot. */
  readonly onPowerOn: (bmc: NodesBmc, boots: { readonly pxe: boolean }) => void;
  /** The node is running; `pxe` is whether it booted by PXE. */
  readonly onRunning: (bmc: NodesBmc, booted: { readonly pxe: boolean }) => void;
  readonly onDown: (bmc: NodesBmc) => void;
}
