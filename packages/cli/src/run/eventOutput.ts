import type { Output } from '../io.ts';

/** Lines on an output in the order in which they were told, for events that do not wait to be written. */
export class EventOutput {
  readonly #output: Output;
  #written: Promise<void> = Promise.resolve();

  constructor(output: Output) {
    this.#output = output;
  }

  line(text: string): void {
    this.#written = this.#written.then(() => this.#output.write(`${text}\n`)).catch(() => undefined);
  }

  /** One JSON object a line (ndjson). */
  event(event: object): void {
    this.line(JSON.stringify(event));
  }

  /** Resolves when everything is written. */
  async flush(): Promise<void> {
    await this.#written;
  }
}
