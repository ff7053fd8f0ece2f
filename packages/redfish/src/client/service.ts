import { phrase } from '@omnia-buildstream/core/text/phrase';
import { bmcTexts } from '../bmcTexts.ts';
import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import { BmcError, type ServiceIdentity } from '@omnia-buildstream/engine/ports/bmc';
import { withDeadline } from '@omnia-buildstream/engine/time/deadline';
import { provesRefusal } from '../answers/refusal.ts';
import { errorOf, errorOfTransport } from '../answers/classify.ts';
import type { LoginGuard } from '../credentials/loginGuard.ts';
import type { Credential, CredentialSource } from '../credentials/credential.ts';
import { isSuccess, type Answer } from '../http/answer.ts';
import { retryRead, type RetrySettings } from '../http/retry.ts';
import { Transport, type BmcRequest, type TransportSettings } from '../http/transport.ts';
import { linkAt, objectAt, textAt } from './json.ts';
import { basicOf, defaultSessionsPath, notLoggedIn, openSession, type Session } from './session.ts';
import type { Clock, Random } from '@omnia-buildstream/engine/ports/clock';

export interface ServiceSettings extends TransportSettings {
  readonly clock: Clock;
  readonly random: Random;
  readonly retry: RetrySettings;
  readonly credentials: CredentialSource;
  readonly guard: LoginGuard;
}

type Headers = Session['headers'];

/** Time limit for closing the session; it applies even if everything else is aborted. */
const closeTimeoutMs = 5_000;

/** The Redfish service of one BMC: its service root, our session, and requests that use the session. */
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

  /** Path of the Systems collection. */
  get systems(): string {
    return linkAt(this.#root, 'Systems') ?? '/redfish/v1/Systems';
  }

  /** @throws BmcError `not-redfish` if the address has no Redfish service */
  async reach(signal: AbortSignal): Promise<ServiceIdentity> {
    const { body, status } = await this.#read('/redfish/v1/', {}, signal).catch((error: unknown) => {
      throw BmcError.is(error, 'refused', 'protocol') ? new BmcError('not-redfish', error.said) : error;
    });
    if (status === 401) throw new BmcError('unauthorized', phrase(bmcTexts.rootNeedsLogin));
    if (objectAt(body) === undefined) throw new BmcError('not-redfish', phrase(bmcTexts.rootNotJson));
    this.#root = body;
    return {
      vendor: textAt(body, 'Vendor') ?? (this.isDell ? 'Dell' : ''),
      product: textAt(body, 'Product') ?? '',
      redfishVersion: textAt(body, 'RedfishVersion') ?? '',
    };
  }

  async login(signal: AbortSignal): Promise<void> {
    const credential = await this.#settings.credentials(this.address, signal);
    if (credential === undefined) throw new BmcError('no-credentials', phrase(bmcTexts.noCredentials));
    this.#credential = credential;
    await this.#logIn(credential, signal);
  }

  /** Reads a resource; failed reads are repeated. */
  async get(path: string, signal: AbortSignal): Promise<Answer> {
    return this.#authorized((headers) => this.#read(path, headers, signal), signal);
  }

  /** Sends one request that changes something; the response may be a refusal. @throws BmcError, TransportError */
  async order(request: BmcRequest, signal: AbortSignal): Promise<Answer> {
    const send = (headers: Headers): Promise<Answer> =>
      this.#transport.send({ ...request, headers: { ...headers, ...request.headers } }, signal);
    return this.#authorized(send, signal, request.once);
  }

  async close(): Promise<void> {
    const { path, headers = {} } = this.#session ?? {};
    if (path !== undefined && !this.#settings.guard.isRefused(this.address)) {
      const { limitClock } = this.#settings;
      await withDeadline(limitClock, closeTimeoutMs, new AbortController().signal, (signal) =>
        this.#transport.send({ method: 'DELETE', path, headers }, signal),
      ).catch(() => undefined);
    }
    this.#forgetSession();
    await this.#transport.close();
  }

  async #logIn(credential: Credential, signal: AbortSignal): Promise<void> {
    const probe = (headers: Headers): Promise<Answer> => this.#read(this.systems, headers, signal);
    const ways = { sessions: this.#sessions, probe };
    await this.#settings.guard.attempt(this.address, credential, signal, async () => {
      const session = await openSession(this.#transport, credential, ways, signal).catch((error: unknown) => {
        signal.throwIfAborted();
        throw errorOfTransport(error, 'login');
      });
      this.#forgetSession();
      this.#session = session;
      return session !== undefined;
    });
  }

  /**
   * A service root that names no sessions has none (redfish.md section 9); if the root was not read, the usual path is
   * assumed.
   */
  get #sessions(): string | undefined {
    if (this.#root === undefined) return defaultSessionsPath;
    const service = linkAt(this.#root, 'SessionService');
    return linkAt(this.#root, 'Links', 'Sessions') ?? (service === undefined ? undefined : defaultSessionsPath);
  }

  /**
   * Sends a request with our session. A BMC that has restarted no longer knows the session and responds with 401: the
   * session is opened once more, and Basic is used if sessions do not work. A request that is sent only once is
   * repeated only if the BMC itself refused it, because a bare 401 may come from an intermediary.
   */
  async #authorized(
    send: (headers: Headers) => Promise<Answer>,
    signal: AbortSignal,
    isSentOnce = false,
  ): Promise<Answer> {
    const credential = this.#credential;
    const isGone = (answer: Answer): boolean => answer.status === 401 && (!isSentOnce || provesRefusal(answer));
    let answer = await send(this.#sessionHeaders());
    if (!isGone(answer)) return answer;
    if (credential !== undefined && this.#hasToken()) {
      await this.#logIn(credential, signal);
      answer = await send(this.#sessionHeaders());
      if (!isGone(answer)) return answer;
      if (this.#hasToken()) {
        // The BMC has just accepted the password.
        const basic = basicOf(credential);
        answer = await send(basic.headers);
        if (!isGone(answer)) {
          this.#session = basic;
          return answer;
        }
      }
    }
    this.#settings.guard.withhold(this.address);
    const saying = errorOf(answer, phrase(bmcTexts.neitherWay)).said;
    throw new BmcError('unauthorized', saying);
  }

  /** Reads with repetitions. Resolves to a success, or to a 401, which requires other credentials. */
  #read(path: string, headers: Headers, signal: AbortSignal): Promise<Answer> {
    return retryRead(this.#settings, signal, async () => {
      let answer: Answer;
      try {
        answer = await this.#transport.send({ method: 'GET', path, headers }, signal);
      } catch (error) {
        signal.throwIfAborted();
        throw errorOfTransport(error, path);
      }
      if (answer.status === 401 || isSuccess(answer)) return answer;
      throw errorOf(answer, path);
    });
  }

  #sessionHeaders(): Headers {
    if (this.#settings.guard.isRefused(this.address)) {
      throw new BmcError('login-withheld', phrase(bmcTexts.withheldRequest));
    }
    if (this.#session === undefined) throw notLoggedIn();
    return this.#session.headers;
  }

  #hasToken(): boolean {
    return this.#session?.headers['x-auth-token'] !== undefined;
  }

  #forgetSession(): void {
    secretsInUse.forget(this.#session?.headers['x-auth-token'] ?? '');
    this.#session = undefined;
  }
}
