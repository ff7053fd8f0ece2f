/** What can go wrong on purpose. */
export type OimFault = {
  /** A regular expression, say, for `POST /api/v1/jobs/…/stages/deploy`. */
  readonly on: { test(request: string): boolean };
  /** How often; 1 by default. */
  readonly times?: number;
} &
  /** No such limit is in the API's code; something in front of it may have one. */
  (
    | { readonly kind: 'too-many'; readonly retryAfterSeconds?: number }
    /** A proxy's error page, before the server works or after it has. */
    | { readonly kind: 'bad-gateway'; readonly when: 'before' | 'after' }
    /** The connection is closed without a response, before the server works or after it has. */
    | { readonly kind: 'cut'; readonly when: 'before' | 'after' }
    /**
     * The API's own 500 INTERNAL_ERROR. After: an order of a stage is carried out, but the job shows nothing of it
     * (omnia.md section 7).
     */
    | { readonly kind: 'internal-error'; readonly when: 'before' | 'after' }
    /**
     * An order is accepted and the stage stays IN_PROGRESS forever: nothing reads the queue (`before` the work), or the
     * result is lost (`after` it).
     */
    | { readonly kind: 'hang'; readonly when: 'before' | 'after' }
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
