/** A fault that can be caused on purpose. */
export type OimFault = {
  /** Tests a request such as `POST /api/v1/jobs/…/stages/deploy`; for example a regular expression. */
  readonly on: { test(request: string): boolean };
  /** Number of requests that it affects; 1 by default. */
  readonly times?: number;
} &
  /** The API's code has no such limit, but something in front of it may have one. */
  (
    | { readonly kind: 'too-many'; readonly retryAfterSeconds?: number }
    /** A proxy's error page, before or after the server carries out the request. */
    | { readonly kind: 'bad-gateway'; readonly when: 'before' | 'after' }
    /** The connection is closed without a response, before or after the server carries out the request. */
    | { readonly kind: 'cut'; readonly when: 'before' | 'after' }
    /** The API's own 500 INTERNAL_ERROR. `after`: a stage starts, but the job does not show it (omnia.md section 7). */
    | { readonly kind: 'internal-error'; readonly when: 'before' | 'after' }
    /**
     * The request to start a stage is accepted, and the stage stays IN_PROGRESS forever: nothing reads the queue
     * (`before` the work), or the result is lost (`after` it).
     */
    | { readonly kind: 'hang'; readonly when: 'before' | 'after' }
    | { readonly kind: 'slow'; readonly ms: number }
    /** All tokens expire just before the request is handled. */
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

  /** The faults for a request; each counts as used once. */
  take(request: string): readonly OimFault[] {
    const hits = this.#faults.filter(({ fault, left }) => left > 0 && fault.on.test(request));
    for (const hit of hits) hit.left -= 1;
    return hits.map(({ fault }) => fault);
  }
}
