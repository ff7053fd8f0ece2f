import { plainText } from '@omnia-buildstream/core/text/foreignText';
import type { Output } from '../io.ts';
import type { Shown } from '../shown.ts';

const redrawMs = 100;

/** Lines for people, one after the other, and on a terminal a status that stays below them. */
export class StatusLine {
  readonly #output: Output;
  readonly #now: () => number;
  #drawnMs = 0;
  #isShown = false;
  #last: Promise<void> = Promise.resolve();

  constructor(output: Output, now: () => number) {
    this.#output = output;
    this.#now = now;
  }

  /** It may contain somebody else's text: nothing in it controls the terminal. */
  line(text: string): void {
    this.clear();
    this.#write(`${plainText(text)}\n`);
    this.#drawnMs = 0;
  }

  /** No more often than people can read it. */
  show(status: () => string): void {
    if (!this.#output.isTerminal || this.#now() - this.#drawnMs < redrawMs) return;
    this.#drawnMs = this.#now();
    this.#write({ as: 'status', text: status() });
    this.#isShown = true;
  }

  clear(): void {
    if (this.#isShown) this.#write({ as: 'status', text: '' });
    this.#isShown = false;
  }

  /** Resolves when everything is written. */
  async flush(): Promise<void> {
    await this.#last;
  }

  #write(shown: Shown): void {
    this.#last = this.#last.then(() => this.#output.write(shown)).catch(() => undefined);
  }
}
