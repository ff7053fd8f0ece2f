import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import { inspect } from 'node:util';

/** A bearer token for OpenCHAMI. Printing or serializing it does not reveal it. */
export class Token {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    secretsInUse.add(text);
  }

  /** Only for the request that carries it. */
  header(): Readonly<Record<string, string>> {
    return this.#text === '' ? {} : { authorization: `Bearer ${this.#text}` };
  }

  toJSON(): string {
    return '[token]';
  }

  [inspect.custom](): string {
    return this.toJSON();
  }
}
