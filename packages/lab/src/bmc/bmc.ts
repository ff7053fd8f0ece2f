import { bootsByAdminNic } from './bootOptions.ts';
import { FaultScript, type RequestKind } from '../faults/fault.ts';
import { Authenticator } from './authenticator.ts';
import { Jobs } from './jobs.ts';
import { kindOf, pathsOf, type LabPaths } from './paths.ts';
import type { Manner } from './manner.ts';
import { PowerMachine, resetTypesOf, type ResetType } from './power.ts';
import { BmcRecord } from './record.ts';
import type { Boot } from './resources.ts';
import type { LabBmcSettings, LabNode } from './settings.ts';

/** One BMC with its system: its state, how requests change it, and a record of what it saw. */
export class LabBmc {
  readonly node: LabNode;
  readonly settings: LabBmcSettings;
  readonly paths: LabPaths;
  readonly record = new BmcRecord();
  readonly faults: FaultScript;
  readonly power: PowerMachine;
  readonly boot: Boot;
  readonly jobs: Jobs;
  readonly auth: Authenticator;
  readonly startMs: number;
  /** Grows with every change; the ETag is derived from it. */
  generation = 1;
  isRunning: boolean;
  /** Until this time a person uses the screens of the Lifecycle Controller, unless the server restarts earlier. */
  inScreensUntilMs: number;
  #bootedPxe = false;

  constructor(node: LabNode, settings: LabBmcSettings) {
    this.node = node;
    this.settings = settings;
    this.paths = pathsOf(node.generation);
    this.boot = this.restingBoot;
    this.faults = new FaultScript(node.faults.rules);
    this.startMs = settings.clock.now();
    this.isRunning = node.isOn;
    this.inScreensUntilMs = this.startMs + (node.faults.manner?.lifecycleInUseMs ?? 0);
    this.jobs = new Jobs(settings.clock, this.paths.jobs);
    this.auth = new Authenticator(settings, this.record, node.faults.wrongPassword === true);
    this.auth.areTokensTaken = node.faults.manner?.sessions !== 'useless';
    this.power = new PowerMachine(node.isOn ? 'On' : 'Off', settings.clock, settings.power, {
      onPowerOn: () => {
        this.#powerOn();
        settings.onPowerOn(this, { pxe: this.#bootedPxe });
      },
      onRunning: () => {
        this.isRunning = true;
        settings.onRunning(this, { pxe: this.#bootedPxe });
      },
      onDown: () => {
        this.isRunning = false;
        settings.onDown(this);
      },
    });
    this.power.isStuck = node.faults.powerStuck === true;
  }

  get etag(): string | undefined {
    const { etags } = this.#manner;
    if (this.node.generation === 'idrac8' && etags === undefined) return undefined;
    if (etags === 'changing') this.generation++;
    const value = `"gen-${String(this.generation)}"`;
    return this.node.generation === 'plain' ? value : `W/${value}`;
  }

  /** Where the boot override is written (redfish.md section 4). */
  get overridePath(): string {
    const isElsewhere = this.node.generation === 'idrac10' || this.#manner.overrideAt === 'settings';
    return isElsewhere ? this.paths.settings : this.paths.system;
  }

  get #manner(): Manner {
    return this.node.faults.manner ?? {};
  }

  kindOf(method: string, path: string): RequestKind {
    return kindOf(method, path, this.paths);
  }

  /** Resets that the BMC accepts. */
  get resetTypes(): readonly ResetType[] {
    return this.#manner.resets ?? resetTypesOf(this.node.generation);
  }

  /** The override when nothing is overridden. */
  get restingBoot(): Boot {
    return { enabled: this.#atRest, target: 'None', mode: 'UEFI', device: '' };
  }

  /** BootSourceOverrideEnabled when nothing is overridden: recorded iDRAC 8s show Once with the target None. */
  get #atRest(): string {
    return this.node.generation === 'idrac8' ? 'Once' : 'Disabled';
  }

  /** The firmware decides what to boot, which uses up Once (redfish.md section 4). */
  #powerOn(): void {
    const { enabled, target, device } = this.boot;
    const isNetwork =
      target === 'Pxe' || target === 'UefiHttp' || (target === 'UefiTarget' && bootsByAdminNic(device, this.node));
    this.#bootedPxe = enabled !== 'Disabled' && isNetwork && this.node.faults.bootsFromDisk !== true;
    this.inScreensUntilMs = 0;
    if (enabled !== 'Once') return;
    this.boot.enabled = this.#atRest;
    this.boot.target = 'None';
    this.boot.device = '';
    this.generation++;
  }

  /** Repairs everything that is wrong with the BMC and its node. */
  repair(): void {
    this.node.faults = {};
    this.faults.clear();
    this.power.isStuck = false;
    this.auth.repair();
    this.auth.areTokensTaken = true;
  }

  /** A person in front of the node boots it from the network; the BMC is not involved. */
  bootByHand(): void {
    this.power.stop();
    this.power.state = 'On';
    this.isRunning = true;
    this.settings.onRunning(this, { pxe: true });
  }

  stop(): void {
    this.power.stop();
  }
}
