import type { ValidateEvent } from '@omnia-buildstream/engine/validate/events';
import type { Output } from '../../io.ts';
import { StatusLine } from '../statusLine.ts';

/**
 * What a validate stage shows people while it is running: faults and notes immediately, on a terminal with a count
 * below them.
 */
export class ValidateProgress {
  readonly #line: StatusLine;
  #total = 0;
  #done = 0;

  constructor(output: Output, now: () => number) {
    this.#line = new StatusLine(output, now);
  }

  show(event: ValidateEvent): void {
    switch (event.type) {
      case 'stage-started':
        this.#total = event.total;
        break;
      case 'stage-note':
        this.#line.line(event.text);
        break;
      case 'check-finished':
        this.#done++;
        if (event.outcome === 'failed' || event.outcome === 'error') {
          this.#line.line(`${event.outcome.toUpperCase().padEnd(6)}  ${event.id}: ${event.message}`);
        }
        break;
      case 'stage-finished':
        this.#line.clear();
        return;
    }
    this.#line.show(() => `${String(this.#done)} of ${String(Math.max(this.#total, this.#done))} tests`);
  }

  /** Resolves when everything is written. */
  async flush(): Promise<void> {
    await this.#line.flush();
  }
}
