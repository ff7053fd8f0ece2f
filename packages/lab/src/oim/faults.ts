/** What can go wrong on purpose. */
export type OimFault = {
  /** `POST /api/v1/jobs/…/stages/deploy`: method and a part of the path. */
  readonly on: RegExp;
  /** How often; 1 by default. */
  readonly times?: number;
} & (
  | { readonly kind: 'too-many'; readonly retryAfterSeconds?: number }
  /** A proxy's error page, before the server works or after it has. */
  | { readonly kind: 'bad-gateway'; readonly when: 'before' | 'after' }
  /** The connection is cut without an answer, before the server works or after it has. */
  | { readonly kind: 'cut'; readonly when: 'before' | 'after' }
  | { readonly kind: 'slow'; readonly ms: number }
  /** All tokens are expired just before the request is looked at. */
  | { readonly kind: 'expire-tokens' }
);

/** Faults that wait for their request. */
export class OimFaults {
  readonly #faults: { readonly fault: OimFault; left: number }[] = [];

  add(fault: OimFault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#faults.length = 0;
  }

  /** The faults for a request; each counts as used up once. */
  take(request: string): readonly OimFault[] {
    const hits = this.#faults.filter(({ fault, left }) => left > 0 && fault.on.test(request));
    for (const hit of hits) hit.left -= 1;
    return hits.map(({ fault }) => fault);
  }
}
