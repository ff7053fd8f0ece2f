import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import { BmcError, type ServiceIdentity } from '@omnia-buildstream/engine/ports/bmc';
import { withDeadline } from '@omnia-buildstream/engine/time/deadline';
import { provesRefusal } from '../answers/refusal.ts';
import { errorOf, errorOfTransport } from '../answers/classify.ts';
import { refusedError, type LoginGuard } from '../credentials/loginGuard.ts';
import type { Credential, CredentialSource } from '../credentials/credential.ts';
import { isSuccess, type Answer } from '../http/answer.ts';
import { retryRead, type RetrySettings } from '../http/retry.ts';
import { Transport, type BmcRequest, type TransportSettings } from '../http/transport.ts';
import { linkAt, objectAt, textAt } from './json.ts';
import { defaultSessionsPath, notLoggedIn, openSession, type Session } from './session.ts';
import type { Random } from '@omnia-buildstream/engine/ports/clock';

export interface ServiceSettings extends TransportSettings {
  readonly random: Random;
  readonly retry: RetrySettings;
  readonly credentials: CredentialSource;
  readonly guard: LoginGuard;
}

/** Time for the session to be closed, even when everything else is aborted. */
const closeTimeoutMs = 5_000;

/** The Redfish service of one BMC: its root, our session on it, and requests that carry the session. */
export class RedfishService {
  readonly address: string;
  readonly #settings: ServiceSettings;
  readonly #transport: Transport;
  #root: unknown;
  #session: Session | undefined;
  #credential: Credential | undefined;

  constructor(address: string, settings: ServiceSettings) {
    this.address = address;
    this.#settings = settings;
    this.#transport = new Transport(address, settings);
  }

  get isDell(): boolean {
    return objectAt(this.#root, 'Oem', 'Dell') !== undefined || /^dell/i.test(textAt(this.#root, 'Vendor') ?? '');
  }

  /** Path of the collection of systems. */
  get systems(): string {
    return linkAt(this.#root, 'Systems') ?? '/redfish/v1/Systems';
  }

  get managers(): string {
    return linkAt(this.#root, 'Managers') ?? '/redfish/v1/Managers';
  }

  async reach(signal: AbortSignal): Promise<ServiceIdentity> {
    const { body } = await this.#read('/redfish/v1/', {}, signal);
    if (objectAt(body) === undefined) throw new BmcError('protocol', 'the service root is not JSON');
    this.#root = body;
    return {
      vendor: textAt(body, 'Vendor') ?? (this.isDell ? 'Dell' : ''),
      product: textAt(body, 'Product') ?? '',
      redfishVersion: textAt(body, 'RedfishVersion') ?? '',
    };
  }

  async login(signal: AbortSignal): Promise<void> {
    const { credentials, guard } = this.#settings;
    const credential = await credentials(this.address, signal);
    if (credential === undefined) throw new BmcError('no-credentials', 'there are no credentials for this BMC');
    this.#credential = credential;
    const paths = { sessions: linkAt(this.#root, 'Links', 'Sessions') ?? defaultSessionsPath, probe: this.systems };
    await guard.attempt(this.address, credential, signal, async () => {
      this.#session = await openSession(this.#transport, credential, paths, signal).catch((error: unknown) => {
        signal.throwIfAborted();
        throw errorOfTransport(error, 'login');
      });
      return this.#session !== undefined;
    });
  }

  /** Reads a resource, again when it fails. */
  async get(path: string, signal: AbortSignal): Promise<Answer> {
    return this.#read(path, this.#sessionHeaders(), signal);
  }

  /** Sends one request that changes something; the answer may be a refusal. Rejects with BmcError or TransportError. */
  async order(request: BmcRequest, signal: AbortSignal): Promise<Answer> {
    const headers = { ...this.#sessionHeaders(), ...request.headers };
    const answer = await this.#transport.send({ ...request, headers }, signal);
    // What is sent once is in doubt unless the BMC itself says no: a bare 401 may come from something in between.
    if (answer.status === 401 && (request.once !== true || provesRefusal(answer))) this.#refused();
    return answer;
  }

  async close(): Promise<void> {
    const path = this.#session?.path;
    if (path !== undefined && !this.#settings.guard.isRefused(this.address)) {
      const headers = this.#session?.headers ?? {};
      const { clock } = this.#settings;
      await withDeadline(clock, closeTimeoutMs, new AbortController().signal, (signal) =>
        this.#transport.send({ method: 'DELETE', path, headers }, signal),
      ).catch(() => undefined);
    }
    secretsInUse.forget(this.#session?.headers['x-auth-token'] ?? '');
    this.#session = undefined;
    await this.#transport.close();
  }

  async #read(path: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Answer> {
    return retryRead(this.#settings, signal, async () => {
      let answer: Answer;
      try {
        answer = await this.#transport.send({ method: 'GET', path, headers }, signal);
      } catch (error) {
        signal.throwIfAborted();
        throw errorOfTransport(error, path);
      }
      if (answer.status === 401) this.#refused();
      if (!isSuccess(answer)) throw errorOf(answer, path);
      return answer;
    });
  }

  #sessionHeaders(): Readonly<Record<string, string>> {
    if (this.#settings.guard.isRefused(this.address)) {
      throw new BmcError('login-withheld', 'no further request: this BMC refused the credentials before');
    }
    if (this.#session === undefined) throw notLoggedIn();
    return this.#session.headers;
  }

  #refused(): never {
    if (this.#credential === undefined) throw new BmcError('unauthorized', 'the BMC wants credentials for its root');
    this.#settings.guard.refuse(this.address, this.#credential);
    throw refusedError(this.#credential);
  }
}
