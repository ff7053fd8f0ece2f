import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import { inspect } from 'node:util';

/** An ID and its secret. Printing or serializing it shows the ID only. */
export class OimCredential {
  readonly id: string;
  readonly #secret: string;

  constructor(id: string, secret: string) {
    this.id = id;
    this.#secret = secret;
    secretsInUse.addLogin(id, secret);
  }

  reveal(): string {
    return this.#secret;
  }

  toString(): string {
    return `OimCredential(${this.id})`;
  }

  toJSON(): unknown {
    return { id: this.id };
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
