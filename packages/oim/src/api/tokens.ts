import { onAbort } from '@omnia-buildstream/engine/time/onAbort';
import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import { countField } from '@omnia-buildstream/core/text/jsonFields';
import { demandText, objectIn } from '../model/read.ts';
import { OimError } from '../oimError.ts';
import { repeat } from './backOff.ts';
import type { OimCredential } from './credential.ts';
import { demandClient } from './ids.ts';
import type { Sender } from './sender.ts';

/** A token is renewed when this fraction of its lifetime is left, or this time, whichever is less. */
const renewBeforePart = 0.1;
const renewBeforeMs = 60_000;
const assumedLifeSeconds = 3600;

interface Token {
  readonly text: string;
  /** By the monotonic clock. */
  readonly renewAtMs: number;
}

/** Bearer tokens for one client: fetched on demand, cached, and renewed before they expire. */
export class Tokens {
  readonly #sender: Sender;
  readonly #credential: OimCredential;
  readonly #signal: AbortSignal;
  #current: Token | undefined;
  #pending: Promise<Token> | undefined;
  /** A refusal is remembered: trying a wrong secret again does not make it right. */
  #refusal: OimError | undefined;

  /** `signal` ends the client. If a single caller gives up, the others still get the token. */
  constructor(sender: Sender, credential: OimCredential, signal: AbortSignal) {
    this.#sender = sender;
    this.#credential = credential;
    this.#signal = signal;
  }

  /** @throws OimError */
  async get(signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    if (this.#refusal !== undefined) throw this.#refusal;
    const { clock } = this.#sender.waiting;
    if (this.#current !== undefined && clock.monotonic() < this.#current.renewAtMs) return this.#current.text;
    this.#pending ??= this.#fetch().finally(() => (this.#pending = undefined));
    return (await orAbort(this.#pending, signal)).text;
  }

  /** The server no longer accepts this token. A newer one is kept. */
  drop(text: string): void {
    if (this.#current?.text === text) this.#current = undefined;
  }

  async #fetch(): Promise<Token> {
    try {
      // Requesting a token changes nothing, so the request may be repeated.
      this.#current = await repeat(this.#sender.waiting, this.#signal, {
        work: () => this.#ask(),
        mayRepeat: (error) => OimError.is(error, 'not-reachable', 'server'),
      });
      return this.#current;
    } catch (error) {
      if (!(error instanceof OimError)) throw error;
      const told = error.unsent();
      if (OimError.is(error, 'signed-out', 'forbidden', 'refused')) this.#refusal = told;
      throw told;
    }
  }

  async #ask(): Promise<Token> {
    demandClient(this.#credential);
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: this.#credential.id,
      client_secret: this.#credential.reveal(),
    });
    const { clock } = this.#sender.waiting;
    const askedAtMs = clock.monotonic();
    const { text } = await this.#sender.send(
      {
        method: 'POST',
        path: '/api/v1/auth/token',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
      },
      this.#signal,
    );
    const object = objectIn(text, 'POST /auth/token');
    const lifeMs = (countField(object, 'expires_in') ?? assumedLifeSeconds) * 1000;
    const renewAtMs = askedAtMs + lifeMs - Math.min(renewBeforeMs, lifeMs * renewBeforePart);
    const token = demandText(object, 'access_token', 'POST /auth/token');
    secretsInUse.add(token);
    return { text: token, renewAtMs };
  }
}

function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const unlisten = onAbort(signal, () => {
      reject(signal.reason as Error);
    });
    void work.then(resolve, reject).finally(unlisten);
  });
}
