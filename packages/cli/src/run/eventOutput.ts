import { plainText } from '@omnia-buildstream/core/text/foreignText';
import type { Output } from '../io.ts';

/**
 * An event as one line of JSON. Texts that the editor shows in other languages are left out: they are included in
 * English.
 */
export function eventJson(event: object): string {
  return JSON.stringify(event, (key, value: unknown) => (key === 'said' ? undefined : value));
}

/** Lines on an output in the order in which they were reported, for events that do not wait for them to be written. */
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
    this.#write(eventJson(event));
  }

  /** Resolves when everything is written. */
  async flush(): Promise<void> {
    await this.#written;
  }

  #write(line: string): void {
    this.#written = this.#written.then(() => this.#output.write(`${line}\n`)).catch(() => undefined);
  }
}
