import { phrase } from '@omnia-buildstream/core/text/phrase';
import type { ResetIntent } from '@omnia-buildstream/core/restart/journalRecord';
import { type ResetKind } from '@omnia-buildstream/core/restart/resetKind';
import { BmcError, type BmcConnection, type ResetAnswer, type SystemState } from '../ports/bmc.ts';
import { DeadlineError, withDeadline } from '../time/deadline.ts';
import type { BmcSteps } from './bmcSteps.ts';
import { timeOf, type StageContext } from './context.ts';
import { evidenceOf, type ResetEvidence } from './evidence.ts';
import { lastSeen, NodeFailure, nodeFailureOf } from './nodeFailure.ts';
import { stepRules } from './steps.ts';
import { stepTexts as texts } from './stepTexts.ts';

/**
 * What is known after the reset step: the BMC took the order, the state proves that it was carried out, or nobody can
 * tell and the node's report has to decide.
 */
export type ResetOutcome = 'accepted' | 'happened' | 'in-doubt';

/** How often a reset is sent when the state proves that the one before was not carried out. */
const maxSends = 2;

interface ResetParts {
  readonly bmcIp: string;
  readonly connection: BmcConnection;
  readonly steps: BmcSteps;
  /** @throws NodeLeft for a node that is not to be reset now */
  readonly mayReset: () => Promise<void>;
}

/**
 * Sends the reset: never again while it could have been carried out. The intent is in the journal before the request
 * leaves; after a lost answer, or a kill, the state of the system is read until it shows what happened.
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
    for (let sends = 1; ; sends++) {
      await gate.turn(signal);
      await this.#lookAgain();
      const intent = await this.#announce(kind, before);
      this.sentMs = this.#context.clock.monotonic();
      this.#steps.say('reset', sends === 1 ? kind : phrase(texts.onceMore, { kind }));
      const answer = await this.#order(kind);
      if (answer !== undefined) return this.#sent('accepted', answer.sent);
      const evidence = await this.settle(intent);
      if (evidence === 'happened') return this.#sent('happened', kind);
      if (evidence === 'unknown') return 'in-doubt';
      if (sends >= maxSends) throw new NodeFailure('reset', 'contact-lost', phrase(texts.lostOnTheWay));
    }
  }

  /**
   * Asks the system to shut down and waits until its power is off; asked once, whatever becomes of the answer. Resolves to
   * the state in which it is to be turned on again.
   */
  async shutDown(before: SystemState): Promise<SystemState> {
    const { clock, settings, signal } = this.#context;
    const { limits, polls } = settings;
    await this.#lookAgain();
    await this.#announce('GracefulShutdown', before);
    this.#steps.say('reset', 'GracefulShutdown');
    await this.#order('GracefulShutdown');
    this.wasShutDown = true;
    const endMs = clock.monotonic() + limits.shutdownMs;
    for (;;) {
      await this.#steps.pause(polls.powerMs, signal);
      const state = await this.#read();
      if (state?.power === 'Off') return state;
      if (clock.monotonic() + polls.powerMs > endMs) {
        throw new NodeFailure('reset', 'not-shut-down', lastSeen(this.#steps.lastSeen));
      }
      this.#steps.say('reset', phrase(texts.shuttingDown));
    }
  }

  /**
   * Reads until the state shows the reset, or the time in which it would show is over: the whole of it from now on, since
   * the order may have been taken a moment ago, and after a kill the clock on the wall may have been set meanwhile.
   */
  async settle(intent: ResetIntent): Promise<ResetEvidence> {
    const { clock, settings, signal } = this.#context;
    if (intent.kind === 'GracefulShutdown') this.wasShutDown = true;
    const endMs = clock.monotonic() + settings.limits.settleMs;
    for (;;) {
      const evidence = await this.#look(intent);
      const leftMs = endMs - clock.monotonic();
      if (evidence === 'happened' || leftMs <= 0) return evidence;
      this.#steps.say('reset', phrase(texts.readingAfterLoss));
      await this.#steps.pause(Math.min(settings.polls.powerMs, leftMs), signal);
    }
  }

  /** Right before each order; a system that was shut down for its restart is turned on in any case. @throws NodeLeft */
  async #lookAgain(): Promise<void> {
    if (!this.wasShutDown) await this.#mayReset();
  }

  /** In the journal before the request leaves. */
  async #announce(kind: ResetKind, before: SystemState): Promise<ResetIntent> {
    const { append, clock, emit } = this.#context;
    const { enabled, isWhereLooked } = before.override;
    const intent: ResetIntent = {
      type: 'reset',
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

  /** The answer when the BMC took the order; undefined when it is lost. @throws NodeFailure when it refused */
  async #order(kind: ResetKind): Promise<ResetAnswer | undefined> {
    const { clock, settings, signal } = this.#context;
    const { resetMs } = settings.limits;
    const endMs = clock.monotonic() + resetMs;
    for (;;) {
      try {
        return await withDeadline(clock, resetMs, signal, (inner) => this.#connection.reset(kind, inner));
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof DeadlineError || BmcError.is(error, 'answer-lost')) return undefined;
        if (!BmcError.is(error, ...stepRules.reset.again)) throw nodeFailureOf('reset', error);
        const waitMs = Math.max(settings.polls.orderMs, error.retryAfterMs ?? 0);
        if (clock.monotonic() + waitMs > endMs) throw nodeFailureOf('reset', error);
        this.#steps.say('reset', error.said);
        await this.#steps.pause(waitMs, signal);
        await this.#lookAgain();
      }
    }
  }

  async #look(intent: ResetIntent): Promise<ResetEvidence> {
    const state = await this.#read();
    return state === undefined ? 'unknown' : evidenceOf(intent, state);
  }

  /** Undefined: the BMC does not tell now. */
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
   * Nobody waits for this record: without it a resumed run looks at the state once more. A failure to write it stops the
   * stage by itself.
   */
  #sent<T extends ResetOutcome>(outcome: T, sent: string): T {
    const { append, clock } = this.#context;
    append({ type: 'sent', at: timeOf(clock), bmcIp: this.#bmcIp, sent }).catch(() => undefined);
    return outcome;
  }
}
