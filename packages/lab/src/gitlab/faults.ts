/** Faults that can be caused on purpose. */
export type FaultKind =
  /** `throttle`: plain text with Retry-After; `application`: JSON without headers; `bare`: neither. */
  | {
      readonly kind: 'too-many';
      readonly style: 'throttle' | 'application' | 'bare';
      readonly retryAfterSeconds?: number;
    }
  /** A proxy's error page, before or after the server carries out the request. */
  | { readonly kind: 'bad-gateway'; readonly when: 'before' | 'after' }
  /** The connection is closed without a response, before or after the server carries out the request. */
  | { readonly kind: 'cut'; readonly when: 'before' | 'after' }
  /** The response breaks off in the middle. */
  | { readonly kind: 'half-answer' }
  | { readonly kind: 'slow'; readonly ms: number }
  /** Someone else changes this file just before the request is carried out. */
  | { readonly kind: 'stale-file'; readonly path: string; readonly content: string };

export type Fault = FaultKind & {
  /** `POST /projects/1/pipeline`: method and a part of the path. */
  readonly on: RegExp;
  /** Number of requests that it affects; 1 by default. */
  readonly times?: number;
};

/** Faults that wait for their request. */
export class FaultPlan {
  readonly #faults: { fault: Fault; left: number }[] = [];
  /** Added to every response, in milliseconds. */
  latencyMs = 0;

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#faults.length = 0;
    this.latencyMs = 0;
  }

  /** The faults for a request; each counts as used once. */
  take(request: string): Fault[] {
    const hits = this.#faults.filter(({ fault, left }) => left > 0 && fault.on.test(request));
    for (const hit of hits) hit.left -= 1;
    return hits.map(({ fault }) => fault);
  }
}
