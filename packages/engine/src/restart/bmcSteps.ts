import { BmcError, type BmcConnection, type SystemState } from '../ports/bmc.ts';
import { withDeadline } from '../time/deadline.ts';
import { timeOf, type StageContext } from './context.ts';
import { NodeFailure, nodeFailureOf } from './nodeFailure.ts';
import type { Slot } from '../concurrency/slots.ts';
import { stepRules, type RestartStep } from './steps.ts';

/** The steps of one node that only ask and set, up to the reset. Each has its deadline; none is harmful twice. */
export class BmcSteps {
  readonly #context: StageContext;
  readonly #bmcIp: string;
  readonly #connection: BmcConnection;
  #slot: Slot | undefined;

  constructor(context: StageContext, bmcIp: string, connection: BmcConnection, slot: Slot) {
    this.#context = context;
    this.#bmcIp = bmcIp;
    this.#connection = connection;
    this.#slot = slot;
  }

  async enter(): Promise<void> {
    const { product, redfishVersion } = await this.run('reach', (signal) => this.#connection.reach(signal));
    const name = [product, redfishVersion === '' ? '' : `Redfish ${redfishVersion}`].filter((part) => part !== '');
    await this.run('login', (signal) => this.#connection.login(signal), name.join(', '));
  }

  /** Resolves to the state in which the system is about to be reset. */
  async prepare(): Promise<SystemState> {
    const { settings } = this.#context;
    await this.run('ready', async (signal) => {
      for (;;) {
        const { ready, detail } = await this.#connection.readiness(signal);
        if (ready) return;
        this.say('ready', detail);
        await this.pause(settings.polls.readyMs, signal);
      }
    });
    const { power } = await this.run('read', (signal) => this.#connection.read(signal));
    await this.run('override', (signal) => this.#connection.setPxe(settings.lasting, signal), `power ${power}`);
    return this.run('verify', async (signal) => {
      const state = await this.#connection.read(signal);
      const { enabled, target, mode } = state.override;
      // Some services turn Once into Continuous (redfish.md section 3); the next boot is a PXE boot all the same.
      if ((enabled === 'Once' || enabled === 'Continuous') && target === 'Pxe' && mode !== 'Legacy') return state;
      const shown = `${enabled || 'nothing'} ${target || 'nothing'} ${mode}`.trim();
      throw new NodeFailure('verify', 'override-ignored', `the BMC shows ${shown}`);
    });
  }

  read(signal: AbortSignal): Promise<SystemState> {
    const { clock, settings } = this.#context;
    return withDeadline(clock, settings.limits.readMs, signal, (inner) => this.#connection.read(inner));
  }

  /** Runs a step within its limit, again for answers that its rule allows. Throws NodeFailure. */
  async run<T>(step: RestartStep, work: (signal: AbortSignal) => Promise<T>, detail = ''): Promise<T> {
    const { clock, settings, signal } = this.#context;
    const rule = stepRules[step];
    let last: BmcError | undefined;
    this.say(step, detail);
    try {
      return await withDeadline(clock, settings.limits[rule.limit], signal, async (inner) => {
        for (;;) {
          try {
            return await work(inner);
          } catch (error) {
            if (!BmcError.is(error, ...rule.again) || rule.again.length === 0) throw error;
            last = error;
            await this.pause(Math.max(settings.polls.orderMs, error.retryAfterMs ?? 0), inner);
          }
        }
      });
    } catch (error) {
      signal.throwIfAborted();
      throw nodeFailureOf(step, error, last);
    }
  }

  /** Waits without holding a place; a place is free again when it resolves. */
  async pause(durationMs: number, signal: AbortSignal): Promise<void> {
    this.release();
    await this.#context.clock.sleep(durationMs, signal);
    this.#slot = await this.#context.slots.acquire('begun', signal);
  }

  release(): void {
    this.#slot?.release();
    this.#slot = undefined;
  }

  say(step: RestartStep, detail: string): void {
    this.#context.emit({ type: 'node-step', at: timeOf(this.#context.clock), bmcIp: this.#bmcIp, step, detail });
  }
}
