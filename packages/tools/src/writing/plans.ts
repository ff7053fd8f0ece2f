import type { PlannedWrite, WriteName } from './plannedWrite.ts';

/** A person reads a plan and decides; after this long, what was true is checked again. */
export const planLifetimeMs = 10 * 60_000;
/** A client that requests more plans than anybody decides on loses the oldest. */
const mostPlans = 50;

/** What a token stands for. */
export interface HeldPlan {
  readonly name: WriteName;
  /** The arguments, as JSON. */
  readonly given: string;
  readonly planned: PlannedWrite;
  readonly expiresMs: number;
  /** What the person was asked under; undefined: nobody was asked. */
  asked: string | undefined;
}

export type Found = HeldPlan | 'unknown' | 'expired' | 'other';

/**
 * Plans that were shown and not carried out, each under a token that is valid once, for this tool with these arguments.
 */
export class Plans {
  readonly #now: () => number;
  readonly #newToken: () => string;
  readonly #plans = new Map<string, HeldPlan>();

  /** @param now in ms, of a clock that nobody sets @param newToken random, of at least 128 bits */
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
