import { plainText } from '@omnia-buildstream/core/text/foreignText';
import type { Output } from '../io.ts';

/** Lines on an output in the order in which they were told, for events that do not wait to be written. */
export class EventOutput {
  readonly #output: Output;
  #written: Promise<void> = Promise.resolve();

  constructor(output: Output) {
    this.#output = output;
  }

  /** For people; may be somebody else's text. */
  line(text: string): void {
    this.#write(plainText(text));
  }

  /** One JSON object a line (ndjson). */
  event(event: object): void {
    this.#write(JSON.stringify(event));
  }

  /** Resolves when everything is written. */
  async flush(): Promise<void> {
    await this.#written;
  }

  #write(line: string): void {
    this.#written = this.#written.then(() => this.#output.write(`${line}\n`)).catch(() => undefined);
  }
}
