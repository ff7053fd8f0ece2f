import type { PlannedWrite, WriteName } from './plannedWrite.ts';

/** Time for a person to read a plan and decide. After that the plan expires, because the facts may have changed. */
export const planLifetimeMs = 10 * 60_000;
/** If a client requests more plans than anyone decides on, the oldest is dropped. */
const mostPlans = 50;

/** The plan behind a token. */
export interface HeldPlan {
  readonly name: WriteName;
  /** The arguments, as JSON. */
  readonly given: string;
  readonly planned: PlannedWrite;
  readonly expiresMs: number;
  /** Identifies the question that the person was asked. Undefined if no one was asked. */
  asked: string | undefined;
}

export type Found = HeldPlan | 'unknown' | 'expired' | 'other';

/**
 * Plans that were shown but not carried out. Each has a token that is valid once, for the same tool with the same
 * arguments.
 */
export class Plans {
  readonly #now: () => number;
  readonly #newToken: () => string;
  readonly #plans = new Map<string, HeldPlan>();

  /** @param now in ms, from a monotonic clock @param newToken random, at least 128 bits */
  constructor(now: () => number, newToken: () => string) {
    this.#now = now;
    this.#newToken = newToken;
  }

  keep(name: WriteName, given: unknown, planned: PlannedWrite): string {
    const token = this.#newToken();
    const expiresMs = this.#now() + planLifetimeMs;
    this.#plans.set(token, { name, given: JSON.stringify(given), planned, expiresMs, asked: undefined });
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > mostPlans && oldest !== undefined) this.#plans.delete(oldest);
    return token;
  }

  find(token: string, name: WriteName, given: unknown): Found {
    const held = this.#plans.get(token);
    if (held === undefined) return 'unknown';
    if (this.#now() >= held.expiresMs) {
      this.#plans.delete(token);
      return 'expired';
    }
    return held.name === name && held.given === JSON.stringify(given) ? held : 'other';
  }

  drop(token: string): void {
    this.#plans.delete(token);
  }
}
