import { phrase, wordsOf, type Said } from '@omnia-buildstream/core/text/phrase';
import { saidOf } from '@omnia-buildstream/core/text/saidError';
import type { TestCase } from '@omnia-buildstream/core/testReport/types';
import type { Clock } from '../ports/clock.ts';
import { Slots, type Slot } from '../concurrency/slots.ts';
import { DeadlineError, withDeadline } from '../time/deadline.ts';
import { failed, inError, skipped, type Check, type Finding } from './check.ts';
import { checkAdviceTexts as advice, findingTexts as texts } from './checkTexts.ts';
import type { Probe } from './probes/prober.ts';
import type { RunSettings } from './settings.ts';
import type { Validator, ValidatorOutput } from './validator.ts';

/** Our own checks of the nodes: a limited number at a time, and again while a service may be coming up. */
export class ProbeValidator implements Validator {
  readonly count: number;
  readonly #checks: readonly Check[];
  readonly #probe: Probe;
  readonly #clock: Clock;
  readonly #settings: RunSettings;

  constructor(checks: readonly Check[], probe: Probe, clock: Clock, settings: RunSettings) {
    this.count = checks.length;
    this.#checks = checks;
    this.#probe = probe;
    this.#clock = clock;
    this.#settings = settings;
  }

  async run({ finished }: ValidatorOutput, signal: AbortSignal): Promise<void> {
    const slots = new Slots(this.#settings.concurrency);
    const startMs = this.#clock.monotonic();
    const running = new Set<Promise<void>>();
    for (const check of this.#checks) {
      const slot = await slots.acquire('new', signal).catch(() => undefined);
      if (slot === undefined) {
        finished(testOf(check, notReached, 0), notReached.message);
        continue;
      }
      const run = this.#carryOut(check, { slots, slot, startMs, signal }).then(({ test, said }) => {
        finished(test, said);
        running.delete(run);
      });
      running.add(run);
    }
    await Promise.all(running);
  }

  /** A check that waits for its next look takes up no place among those that are carried out. */
  async #carryOut(check: Check, turn: Turn): Promise<{ readonly test: TestCase; readonly said: Said }> {
    const { slots, startMs, signal } = turn;
    const { comeUpMs, againAfterMs } = this.#settings;
    const begunMs = this.#clock.monotonic();
    let { slot } = turn;
    let finding: Finding | undefined;
    try {
      for (;;) {
        finding = await this.#look(check, signal);
        slot.release();
        const leftMs = startMs + comeUpMs - this.#clock.monotonic();
        if (!finding.mayCome || leftMs < againAfterMs) break;
        await this.#clock.sleep(againAfterMs, signal);
        slot = await slots.acquire('begun', signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      slot.release();
    }
    const end = finding ?? notReached;
    const durationMs = Math.round(this.#clock.monotonic() - begunMs);
    return { test: testOf(check, end, durationMs), said: end.message };
  }

  async #look(check: Check, signal: AbortSignal): Promise<Finding> {
    const { checkLimitMs } = this.#settings;
    try {
      return await withDeadline(this.#clock, checkLimitMs, signal, (inner) => this.#probe(check, inner));
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof DeadlineError) {
        return failed(error.said, advice.isUp, true);
      }
      return inError(saidOf(error), advice.log);
    }
  }
}

interface Turn {
  readonly slots: Slots;
  /** Held when the check begins. */
  readonly slot: Slot;
  readonly startMs: number;
  readonly signal: AbortSignal;
}

const notReached = skipped(phrase(texts.ended), advice.again);

function testOf({ id, title, hostname }: Check, finding: Finding, durationMs: number): TestCase {
  const { outcome, message, advice: help } = finding;
  return { id, title, hostname, outcome, message: wordsOf(message), advice: help, durationMs };
}
