import type { ValidateEvent } from '@omnia-buildstream/engine/validate/events';
import type { Output } from '../../io.ts';

const redrawMs = 100;

/** What a validate stage says to people while it goes on: faults and notes at once, on a terminal a count below them. */
export class ValidateProgress {
  readonly #output: Output;
  readonly #now: () => number;
  #total = 0;
  #done = 0;
  #drawnMs = 0;
  #hasCount = false;
  #last: Promise<void> = Promise.resolve();

  constructor(output: Output, now: () => number) {
    this.#output = output;
    this.#now = now;
  }

  show(event: ValidateEvent): void {
    switch (event.type) {
      case 'stage-started':
        this.#total = event.total;
        break;
      case 'stage-note':
        this.#line(event.text);
        break;
      case 'check-finished':
        this.#done++;
        if (event.outcome === 'failed' || event.outcome === 'error') {
          this.#line(`${event.outcome.toUpperCase().padEnd(6)}  ${event.id}: ${event.message}`);
        }
        break;
      case 'stage-finished':
        this.#erase();
        return;
    }
    this.#draw();
  }

  /** Resolves when everything is written. */
  async flush(): Promise<void> {
    await this.#last;
  }

  #line(text: string): void {
    this.#erase();
    this.#write(`${text}\n`);
    this.#drawnMs = 0;
  }

  #draw(): void {
    if (!this.#output.isTerminal || this.#now() - this.#drawnMs < redrawMs) return;
    this.#drawnMs = this.#now();
    this.#write(`\r\u001b[K${String(this.#done)} of ${String(Math.max(this.#total, this.#done))} tests`);
    this.#hasCount = true;
  }

  #erase(): void {
    if (this.#hasCount) this.#write('\r\u001b[K');
    this.#hasCount = false;
  }

  #write(text: string): void {
    this.#last = this.#last.then(() => this.#output.write(text)).catch(() => undefined);
  }
}
