import { phrase, together, wordsOf, type Said } from '@omnia-buildstream/core/text/phrase';
import { BmcError, type BmcConnection, type NetworkBoot, type SystemState } from '../ports/bmc.ts';
import { withDeadline } from '../time/deadline.ts';
import { timeOf, type StageContext } from './context.ts';
import { bootsBy, showsBoot } from './networkBoot.ts';
import { NodeFailure, nodeFailureOf, NodeLeft } from './nodeFailure.ts';
import type { Slot } from '../concurrency/slots.ts';
import type { ShownStep } from './events.ts';
import { stepRules, type RestartStep } from './steps.ts';
import { stepTexts as texts } from './stepTexts.ts';

/** Work of a step; `saw` records what the reason would be if its time were over now. */
type Work<T> = (signal: AbortSignal, saw: (last: BmcError) => void) => Promise<T>;

const takeBackMs = 60_000;

/** The steps of one node that only ask and set, up to the reset. Each has its deadline; none is harmful twice. */
export class BmcSteps {
  readonly #context: StageContext;
  readonly #bmcIp: string;
  readonly #connection: BmcConnection;
  #slot: Slot | undefined;
  /** The override was ordered, whatever the outcome. */
  #isSet = false;
  /** What the BMC showed last, for people; empty: nothing yet. */
  lastSeen: Said = '';

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

  /**
   * Resolves to the state in which the system is about to be reset. `judge` refuses a system that must not be touched:
   * before anything is set, and again based on what is shown afterwards. @throws NodeFailure
   */
  async prepare(
    boot: NetworkBoot,
    judge: (state: SystemState, step: RestartStep) => Promise<void>,
  ): Promise<SystemState> {
    const { settings } = this.#context;
    await this.run('ready', async (signal, saw) => {
      for (;;) {
        const { ready, detail, reason = 'not-ready' } = await this.#connection.readiness(signal);
        if (ready) return;
        saw(new BmcError(reason, detail));
        this.say('ready', detail);
        await this.pause(settings.polls.readyMs, signal);
      }
    });
    const found = this.#seen(await this.run('read', (signal) => this.#connection.read(signal)));
    await judge(found, 'read');
    this.#isSet = true;
    const set = (signal: AbortSignal): Promise<SystemState> => this.#connection.setPxe(boot, signal);
    const shown = this.#seen(await this.run('override', set, phrase(texts.power, { power: found.power })));
    this.say('verify', '');
    if (shown.override.enabled === 'Continuous') this.#context.everyBoot.add(this.#bmcIp);
    await judge(shown, 'verify');
    const { nicMac, protocol } = boot;
    if (showsBoot(shown.override, boot)) {
      if (nicMac !== undefined && !bootsBy(shown.override, protocol, nicMac)) {
        this.say('verify', phrase(texts.firmwareChooses, { nicMac }));
      }
      return shown;
    }
    const { enabled, target, mode } = shown.override;
    const override = [enabled, target, mode].filter((part) => part !== '').join(' ');
    const words = override === '' ? phrase(texts.showsNothing) : phrase(texts.shows, { override });
    throw new NodeFailure('verify', 'override-ignored', words);
  }

  /**
   * A node that fails or is left before its reset: what was set for it is undone, or the message says that it is still
   * there.
   */
  async takeBack<T extends NodeFailure | NodeLeft>(end: T): Promise<T>;
  async takeBack(end: NodeFailure | NodeLeft): Promise<NodeFailure | NodeLeft> {
    // The same credentials are refused for this as well.
    if (!this.#isSet || end.reason === 'credentials-refused') return end;
    const { clock, settings, signal } = this.#context;
    // Another machine than a moment ago: nothing more is sent there.
    const isTakenBack =
      end.reason !== 'wrong-machine' &&
      (await withDeadline(clock, takeBackMs, signal, (inner) => this.#connection.takeBackPxe(inner)).catch(
        () => false,
      ));
    signal.throwIfAborted();
    if (isTakenBack) this.#context.everyBoot.delete(this.#bmcIp);
    const left = settings.lasting === 'once' ? texts.maybeNextBoot : texts.maybeEveryBoot;
    const what = phrase(isTakenBack ? texts.takenBack : left);
    const said = together([end.said, what], '; ');
    return end instanceof NodeLeft ? new NodeLeft(end.reason, said) : new NodeFailure(end.step, end.reason, said);
  }

  async read(signal: AbortSignal): Promise<SystemState> {
    const { clock, settings } = this.#context;
    return this.#seen(
      await withDeadline(clock, settings.limits.readMs, signal, (inner) => this.#connection.read(inner)),
    );
  }

  /** Runs a step within its limit, and again after responses that its rule allows. @throws NodeFailure */
  async run<T>(step: RestartStep, work: Work<T>, detail: Said = ''): Promise<T> {
    const { clock, settings, signal } = this.#context;
    const rule = stepRules[step];
    let last: BmcError | undefined;
    const saw = (seen: BmcError): void => {
      last = seen;
    };
    this.say(step, detail);
    try {
      return await withDeadline(clock, settings.limits[rule.limit], signal, async (inner) => {
        for (;;) {
          try {
            return await work(inner, saw);
          } catch (error) {
            if (!BmcError.is(error, ...rule.again) || rule.again.length === 0) throw error;
            saw(error);
            await this.pause(Math.max(settings.polls.orderMs, error.retryAfterMs ?? 0), inner);
          }
        }
      });
    } catch (error) {
      signal.throwIfAborted();
      throw nodeFailureOf(step, error, { last, seen: this.lastSeen });
    }
  }

  /** Waits without holding a place; a place is free again when it resolves. */
  async pause(durationMs: number, signal: AbortSignal): Promise<void> {
    await this.aside(() => this.#context.clock.sleep(durationMs, signal), signal);
  }

  /** Does something lengthy without holding a place; a place is free again when it resolves. */
  async aside(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    this.release();
    await work();
    this.#slot = await this.#context.slots.acquire('begun', signal);
  }

  release(): void {
    this.#slot?.release();
    this.#slot = undefined;
  }

  #seen(state: SystemState): SystemState {
    this.lastSeen = together([phrase(texts.power, { power: state.power }), state.bootProgress], ', ');
    return state;
  }

  say(step: ShownStep, said: Said): void {
    const at = timeOf(this.#context.clock);
    this.#context.emit({ type: 'node-step', at, bmcIp: this.#bmcIp, step, detail: wordsOf(said), said });
  }
}
