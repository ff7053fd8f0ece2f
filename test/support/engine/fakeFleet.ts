import { resetKinds, type ResetKind } from '@omnia-buildstream/core/restart/resetKind';
import {
  BmcError,
  type BmcClient,
  type BmcConnection,
  type BmcReason,
  type BootFindings,
  type Hardware,
  type SystemState,
} from '@omnia-buildstream/engine/ports/bmc';
import type { NodeWatch, Report, ReportSource } from '@omnia-buildstream/engine/ports/reports';
import { PowerMachine } from '@omnia-buildstream/lab/bmc/power';
import type { VirtualClock } from './virtualClock.ts';

export type FakeCall =
  | 'reach'
  | 'login'
  | 'readiness'
  | 'read'
  | 'setPxe'
  | 'takeBackPxe'
  | 'reset'
  | 'findings'
  | 'timeNow';

/** One way in which a BMC misbehaves. */
export interface FakeFault {
  readonly on: FakeCall;
  readonly skip?: number;
  readonly times?: number;
  /** An error; `lost`: carried out, but no answer; `dropped`: not carried out and no answer; `hang`; or `ignored`. */
  readonly gives: BmcReason | 'lost' | 'dropped' | 'hang' | 'ignored';
  /** The BMC's own message. */
  readonly says?: string;
}

export interface FakeNodeOptions {
  readonly faults?: readonly FakeFault[];
  readonly isOn?: boolean;
  readonly isSilent?: boolean;
  /** How many times it reports before it gives up. */
  readonly reportTries?: number;
  readonly isStuck?: boolean;
  /** Does not report the time of the last reset, as with old iDRACs. */
  readonly isOld?: boolean;
  /** Hardware data that its BMC reports. Default: the service tag of its row. */
  readonly hardware?: Partial<Hardware>;
  /** Reset types that it supports. Undefined for all. */
  readonly resets?: readonly ResetKind[];
  /** The time on its BMC's clock. Undefined if the BMC does not report it. */
  readonly timeNow?: () => number;
  /** The last reset time as its BMC writes it, instead of the real one. */
  readonly lastReset?: () => string;
  /** What its BMC reports about a failed boot. */
  readonly findings?: Partial<BootFindings>;
  /** Its operating system ignores a request to shut down. */
  readonly ignoresShutdown?: boolean;
  /** Called for each reset or shutdown order that reaches its BMC, even if it is not carried out. */
  readonly onOrder?: (kind: ResetKind) => void;
}

const noFindings: BootFindings = { bootProgress: '', link: undefined, entries: [], postCode: '', unread: [] };
const latencyMs = 100;
const reportPauseMs = 5_000;
const reportTries = 200;

/** One BMC and its node in memory, with a record of the calls it received. */
export class FakeNode {
  readonly bmcIp: string;
  readonly calls: FakeCall[] = [];
  /** Reset orders sent to it, whether or not they arrived. Faults on `reset` apply in the same order. */
  readonly asked: ResetKind[] = [];
  /** Reset orders that arrived, carried out or not. */
  readonly sent: ResetKind[] = [];
  resets = 0;
  logins = 0;
  openSessions = 0;
  readonly power: PowerMachine;
  override = { enabled: 'Disabled', target: 'None', mode: 'UEFI' };
  readonly options: FakeNodeOptions;
  readonly #fleet: FakeFleet;
  readonly #seen = new Map<FakeFault, number>();

  constructor(fleet: FakeFleet, bmcIp: string, options: FakeNodeOptions) {
    this.#fleet = fleet;
    this.bmcIp = bmcIp;
    this.options = options;
    let isPxe = false;
    const times = { offMs: 2_000, poweringOnMs: 8_000, bootMs: 90_000 };
    this.power = new PowerMachine((options.isOn ?? true) ? 'On' : 'Off', fleet.clock, times, {
      onPowerOn: () => {
        isPxe = this.override.target === 'Pxe';
        if (this.override.enabled === 'Once') this.override = { enabled: 'Disabled', target: 'None', mode: 'UEFI' };
      },
      onRunning: () => {
        if (isPxe && options.isSilent !== true) void this.#report();
      },
      onDown: () => {
        fleet.forget(bmcIp);
      },
    });
    this.power.isStuck = options.isStuck ?? false;
  }

  state(): SystemState {
    const { isOld = false, hardware, resets = resetKinds } = this.options;
    return {
      power: this.power.state,
      lastResetTime: isOld ? undefined : (this.options.lastReset?.() ?? String(this.power.lastResetMs)),
      override: { ...this.override, device: '', isWhereLooked: true },
      hardware: { serviceTag: '', serialNumber: '', macs: undefined, ...hardware },
      resets,
      bootProgress: '',
    };
  }

  saysOn(call: FakeCall): string | undefined {
    return this.options.faults?.find(({ on }) => on === call)?.says;
  }

  faultOn(call: FakeCall): FakeFault['gives'] | undefined {
    let found: FakeFault['gives'] | undefined;
    for (const fault of this.options.faults ?? []) {
      if (fault.on !== call) continue;
      const index = this.#seen.get(fault) ?? 0;
      this.#seen.set(fault, index + 1);
      const skip = fault.skip ?? 0;
      if (index >= skip && index < skip + (fault.times ?? Infinity)) found ??= fault.gives;
    }
    return found;
  }

  async #report(): Promise<void> {
    for (let attempt = 0; attempt < (this.options.reportTries ?? reportTries); attempt++) {
      if (this.#fleet.deliver(this.bmcIp)) return;
      await this.#fleet.clock.sleep(reportPauseMs);
    }
  }
}

/** A fleet in memory that outlives the engines that drive it. */
export class FakeFleet {
  readonly clock: VirtualClock;
  readonly nodes = new Map<string, FakeNode>();
  #watchers = new Map<string, (report: Report) => void>();
  readonly #confirmed = new Set<string>();

  constructor(clock: VirtualClock) {
    this.clock = clock;
  }

  add(bmcIp: string, options: FakeNodeOptions = {}): FakeNode {
    const node = new FakeNode(this, bmcIp, options);
    this.nodes.set(bmcIp, node);
    return node;
  }

  /** True if the engine has confirmed the node's report. */
  deliver(bmcIp: string): boolean {
    this.#watchers.get(bmcIp)?.({ detail: 'fake', confirm: () => void this.#confirmed.add(bmcIp) });
    return this.#confirmed.has(bmcIp);
  }

  /** The report source for the engine. A watch of a dead process receives nothing. */
  reports(isAlive: () => boolean): ReportSource {
    return {
      watch: ({ bmcIp }): NodeWatch => {
        let listener: (report: Report) => void = () => undefined;
        const report = new Promise<Report>((resolve) => {
          listener = resolve;
        });
        if (isAlive()) this.#watchers.set(bmcIp, listener);
        return {
          oldIsGone: () => undefined,
          missing: undefined,
          reported: (signal) => (isAlive() ? raceAbort(report, signal) : new Promise(() => undefined)),
          close: () => {
            if (this.#watchers.get(bmcIp) === listener) this.#watchers.delete(bmcIp);
          },
        };
      },
    };
  }

  /** A node that boots again reports again. */
  forget(bmcIp: string): void {
    this.#confirmed.delete(bmcIp);
  }

  /** A process died, so nothing listens any more. */
  forgetWatchers(): void {
    this.#watchers = new Map();
  }

  /** The BMC client for the engine. `step` is called before and after each effect and may kill the process. */
  client(isAlive: () => boolean = () => true, step: () => void = () => undefined): BmcClient {
    return { connect: (address) => this.#connect(address, isAlive, step) };
  }

  #connect(address: string, isAlive: () => boolean, step: () => void): BmcConnection {
    const node = this.nodes.get(address);
    let isOpen = false;
    const call = async <T>(name: FakeCall, signal: AbortSignal, work: (node: FakeNode) => T): Promise<T> => {
      step();
      if (!isAlive()) return new Promise(() => undefined);
      await this.clock.sleep(latencyMs, signal);
      if (!isAlive()) return new Promise(() => undefined);
      if (node === undefined) throw new BmcError('unreachable', 'no such node');
      node.calls.push(name);
      const gives = node.faultOn(name);
      if (gives === 'hang') {
        await this.clock.sleep(86_400_000, signal);
        throw new BmcError('unreachable', 'hung');
      }
      if (gives === 'dropped') throw new BmcError(name === 'reset' ? 'answer-lost' : 'unreachable', 'dropped');
      if (gives !== undefined && gives !== 'lost' && gives !== 'ignored') {
        throw new BmcError(gives, node.saysOn(name) ?? `fault ${gives}`);
      }
      const result = work(node);
      step();
      if (!isAlive()) return new Promise(() => undefined);
      if (gives === 'lost') throw new BmcError(name === 'reset' ? 'answer-lost' : 'unreachable', 'lost');
      return result;
    };
    return {
      reach: (signal) => call('reach', signal, () => ({ vendor: 'Fake', product: 'BMC', redfishVersion: '1.0' })),
      login: (signal) =>
        call('login', signal, (found) => {
          found.logins++;
          found.openSessions++;
          isOpen = true;
        }),
      readiness: (signal) => call('readiness', signal, () => ({ ready: true, detail: '' })),
      read: (signal) => call('read', signal, (found) => found.state()),
      setPxe: ({ lasting }, signal) =>
        call('setPxe', signal, (found) => {
          const isIgnored = found.options.faults?.some(({ gives }) => gives === 'ignored') ?? false;
          if (!isIgnored) {
            found.override = { enabled: lasting === 'once' ? 'Once' : 'Continuous', target: 'Pxe', mode: 'UEFI' };
          }
          return found.state();
        }),
      takeBackPxe: (signal) =>
        call('takeBackPxe', signal, (found) => {
          found.override = { enabled: 'Disabled', target: 'None', mode: 'UEFI' };
          return true;
        }),
      reset: (kind, signal) => {
        if (isAlive()) node?.asked.push(kind);
        return call('reset', signal, (found) => {
          found.sent.push(kind);
          found.options.onOrder?.(kind);
          const isDone =
            found.options.ignoresShutdown === true && kind === 'GracefulShutdown' ? true : found.power.reset(kind);
          if (isDone && kind !== 'GracefulShutdown') found.resets++;
          return { outcome: isDone ? ('accepted' as const) : ('already' as const), sent: kind };
        });
      },
      timeNow: (signal) => call('timeNow', signal, (found) => found.options.timeNow?.()),
      findings: (_, signal) => call('findings', signal, (found) => ({ ...noFindings, ...found.options.findings })),
      close: () => {
        if (isOpen && isAlive() && node !== undefined) node.openSessions--;
        isOpen = false;
        return Promise.resolve();
      },
    };
  }
}

function raceAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        reject(signal.reason as Error);
      },
      { once: true },
    );
    promise.then(resolve, reject);
  });
}
