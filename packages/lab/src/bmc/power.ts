import type { PowerState } from '@omnia-buildstream/engine/ports/bmc';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { LabGeneration } from './generation.ts';

export const resetTypes = [
  'On',
  'ForceOff',
  'ForceRestart',
  'GracefulRestart',
  'GracefulShutdown',
  'PushPowerButton',
  'Nmi',
  'PowerCycle',
] as const;
export type ResetType = (typeof resetTypes)[number];

/** Resets of a generation: recorded iDRAC 8s list neither GracefulRestart nor PowerCycle (redfish.md section 4). */
export function resetTypesOf(generation: LabGeneration): readonly ResetType[] {
  if (generation !== 'idrac8') return resetTypes;
  return resetTypes.filter((type) => type !== 'GracefulRestart' && type !== 'PowerCycle');
}

export interface PowerTimes {
  /** Off time of a restart. */
  readonly offMs: number;
  /** From the power-on request to PowerState On. */
  readonly poweringOnMs: number;
  /** From power on to a running system. */
  readonly bootMs: number;
}

export const defaultPowerTimes: PowerTimes = { offMs: 1_000, poweringOnMs: 2_000, bootMs: 5_000 };

export interface PowerEvents {
  /** Power is back, and the firmware decides what to boot. */
  readonly onPowerOn: () => void;
  /** The system that was booted is running. */
  readonly onRunning: () => void;
  readonly onDown: () => void;
}

/** The power of one system: how resets change it, with their delays. A new reset replaces the one in progress. */
export class PowerMachine {
  state: PowerState;
  /** Time of the last reset that was carried out, in milliseconds since 1970; 0 for none. */
  lastResetMs = 0;
  lastOffMs = -Infinity;
  isStuck = false;
  readonly #clock: Clock;
  readonly #times: PowerTimes;
  readonly #events: PowerEvents;
  #running = new AbortController();

  constructor(state: PowerState, clock: Clock, times: PowerTimes, events: PowerEvents) {
    this.state = state;
    this.#clock = clock;
    this.#times = times;
    this.#events = events;
  }

  /** Carries out the reset if it makes sense in this state. Returns whether it does. */
  reset(type: ResetType): boolean {
    const isOn = this.state === 'On' || this.state === 'PoweringOn';
    if (type === 'Nmi') return isOn;
    if (type === 'On' ? isOn : type !== 'PushPowerButton' && !isOn) return false;
    this.lastResetMs = this.#clock.now();
    this.#running.abort();
    this.#running = new AbortController();
    const goesOff = type === 'ForceOff' || type === 'GracefulShutdown' || (type === 'PushPowerButton' && isOn);
    void this.#sequence(isOn, !goesOff, this.#running.signal).catch(() => undefined);
    return true;
  }

  stop(): void {
    this.#running.abort();
  }

  async #sequence(wasOn: boolean, comesOn: boolean, signal: AbortSignal): Promise<void> {
    const { offMs, poweringOnMs, bootMs } = this.#times;
    if (wasOn) {
      this.state = 'Off';
      this.lastOffMs = this.#clock.now();
      this.#events.onDown();
      await this.#clock.sleep(offMs, signal);
    }
    if (!comesOn || this.isStuck) return;
    this.state = 'PoweringOn';
    await this.#clock.sleep(poweringOnMs, signal);
    this.state = 'On';
    this.#events.onPowerOn();
    await this.#clock.sleep(bootMs, signal);
    this.#events.onRunning();
  }
}
