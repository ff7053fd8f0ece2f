import { phrase, together, type Said } from '@omnia-buildstream/core/text/phrase';
import type { ResetIntent } from '@omnia-buildstream/core/restart/journalRecord';
import { type ResetKind } from '@omnia-buildstream/core/restart/resetKind';
import { BmcError, type BmcConnection, type SystemState } from '../../ports/bmc.ts';
import { DeadlineError, withDeadline } from '../../time/deadline.ts';
import type { BmcSteps } from '../bmcSteps.ts';
import { timeOf, type StageContext } from '../context.ts';
import { showsReset } from './evidence.ts';
import { lastSeen, NodeFailure, nodeFailureOf } from '../nodeFailure.ts';
import { stepRules } from '../steps.ts';
import { stepTexts as texts } from '../stepTexts.ts';

/**
 * What is known after the reset step: the BMC accepted the order, the state shows that it was carried out, or it is
 * unknown (`doubt` says why) and the node's report has to decide.
 */
export type ResetOutcome = 'accepted' | 'happened' | { readonly doubt: Said; readonly intent: ResetIntent };

/** The outcome of an order: accepted, or `lost`, with what came instead of a response. */
type Ordered = { readonly sent: string } | { readonly lost: Said };

interface ResetParts {
  readonly bmcIp: string;
  readonly connection: BmcConnection;
  readonly steps: BmcSteps;
  /** @throws NodeLeft for a node that must not be reset now */
  readonly mayReset: () => Promise<void>;
}

/**
 * Sends the reset, once: only a BMC that says that it did not accept the order is asked again. The intent is in the
 * journal before the request is sent; after a lost response, or a kill, the state of the system is read until it shows
 * what happened, and nothing is repeated whatever it shows.
 */
export class ResetStep {
  readonly #context: StageContext;
  readonly #bmcIp: string;
  readonly #connection: BmcConnection;
  readonly #steps: BmcSteps;
  readonly #mayReset: ResetParts['mayReset'];
  /** A moment right before the last reset that boots was sent, on the monotonic clock. */
  sentMs: number | undefined;
  /** The system was asked to shut down, by an interrupted run perhaps, and the BMC did not refuse that: it may be off. */
  wasShutDown = false;

  constructor(context: StageContext, { bmcIp, connection, steps, mayReset }: ResetParts) {
    this.#context = context;
    this.#bmcIp = bmcIp;
    this.#connection = connection;
    this.#steps = steps;
    this.#mayReset = mayReset;
  }

  async send(kind: ResetKind, before: SystemState): Promise<ResetOutcome> {
    const { gate, signal } = this.#context;
    await gate.turn(signal);
    await this.#lookAgain();
    const intent = await this.#announce(kind, before);
    const ordered = await this.#order(intent);
    if ('sent' in ordered) return this.#sent('accepted', ordered.sent);
    if (await this.settle(intent)) return this.#sent('happened', kind);
    return { intent, doubt: together([ordered.lost, this.wasShutDown ? phrase(texts.off) : ''], '; ') };
  }

  /**
   * Asks the system to shut down and waits until its power is off; asked once, whatever the response. Resolves to the
   * state in which it is to be turned on again.
   */
  async shutDown(before: SystemState): Promise<SystemState> {
    await this.#lookAgain();
    await this.#order(await this.#announce('GracefulShutdown', before));
    return this.untilOff(() => false);
  }

  /**
   * Waits until a system that was asked to shut down is off, or `isBack`: it was, and has come on again.
   * @throws NodeFailure when the limit is over
   */
  async untilOff(isBack: (state: SystemState) => boolean): Promise<SystemState> {
    const { clock, settings, signal } = this.#context;
    const { limits, polls } = settings;
    this.wasShutDown = true;
    const endMs = clock.monotonic() + limits.shutdownMs;
    for (;;) {
      await this.#steps.pause(polls.powerMs, signal);
      const state = await this.#read();
      if (state !== undefined && (state.power === 'Off' || isBack(state))) return state;
      if (clock.monotonic() + polls.powerMs > endMs) {
        throw new NodeFailure('reset', 'not-shut-down', lastSeen(this.#steps.lastSeen));
      }
      this.#steps.say('reset', phrase(texts.shuttingDown));
    }
  }

  /**
   * Reads until the state shows the reset, or the time in which it would show is over: counted in full from now on,
   * since the order may have been accepted a moment ago, and after a kill the system clock may have been set meanwhile.
   */
  async settle(intent: ResetIntent): Promise<boolean> {
    const { clock, settings, signal } = this.#context;
    const endMs = clock.monotonic() + settings.limits.settleMs;
    for (;;) {
      const state = await this.#read();
      if (state !== undefined && showsReset(intent, state)) return true;
      const leftMs = endMs - clock.monotonic();
      if (leftMs <= 0) return false;
      this.#steps.say('reset', phrase(texts.readingAfterLoss));
      await this.#steps.pause(Math.min(settings.polls.powerMs, leftMs), signal);
    }
  }

  /** Right before each order; a system that was shut down for its restart is turned on in any case. @throws NodeLeft */
  async #lookAgain(): Promise<void> {
    if (!this.wasShutDown) await this.#mayReset();
  }

  /** In the journal before the request is sent. */
  async #announce(kind: ResetKind, before: SystemState): Promise<ResetIntent & { readonly kind: ResetKind }> {
    const { append, clock, emit } = this.#context;
    const { enabled, isWhereLooked } = before.override;
    const intent = {
      type: 'reset' as const,
      at: timeOf(clock),
      bmcIp: this.#bmcIp,
      power: before.power,
      lastResetTime: before.lastResetTime,
      override: isWhereLooked ? enabled : '',
      kind,
    };
    await append(intent);
    emit({ type: 'node-reset', at: intent.at, bmcIp: this.#bmcIp, kind });
    return intent;
  }

  /** Asks again only after a refusal, which is in the journal before it does. @throws NodeFailure when it refused */
  async #order(intent: ResetIntent & { readonly kind: ResetKind }): Promise<Ordered> {
    const { append, clock, settings, signal } = this.#context;
    const { resetMs } = settings.limits;
    const endMs = clock.monotonic() + resetMs;
    this.#steps.say('reset', intent.kind);
    for (;;) {
      if (intent.kind !== 'GracefulShutdown') this.sentMs = clock.monotonic();
      try {
        return await withDeadline(clock, resetMs, signal, (inner) => this.#connection.reset(intent.kind, inner));
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof DeadlineError || BmcError.is(error, 'answer-lost')) return { lost: error.said };
        if (!BmcError.is(error, ...stepRules.reset.again)) throw nodeFailureOf('reset', error);
        const waitMs = Math.max(settings.polls.orderMs, error.retryAfterMs ?? 0);
        if (clock.monotonic() + waitMs > endMs) throw nodeFailureOf('reset', error);
        await append({ type: 'refused', at: timeOf(clock), bmcIp: this.#bmcIp });
        this.#steps.say('reset', error.said);
        await this.#steps.pause(waitMs, signal);
        await this.#lookAgain();
        await append(intent);
      }
    }
  }

  /** Undefined: the BMC does not report it now. */
  async #read(): Promise<SystemState | undefined> {
    const { signal } = this.#context;
    try {
      return await this.#steps.read(signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof BmcError || error instanceof DeadlineError) return undefined;
      throw error;
    }
  }

  /**
   * Nobody waits for this record: without it a resumed run reads the state once more. A failure to write it stops the
   * stage anyway.
   */
  #sent<T extends ResetOutcome>(outcome: T, sent: string): T {
    const { append, clock } = this.#context;
    append({ type: 'sent', at: timeOf(clock), bmcIp: this.#bmcIp, sent }).catch(() => undefined);
    return outcome;
  }
}
