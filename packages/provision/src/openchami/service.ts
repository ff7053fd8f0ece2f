import { phrase, together, type Said } from '@omnia-buildstream/core/text/phrase';
import { openchamiTexts as texts } from './openchamiTexts.ts';
import { isIP } from 'node:net';
import { isJsonObject, textField } from '@omnia-buildstream/core/text/jsonFields';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { ProvisionError } from '@omnia-buildstream/engine/ports/bootProvisioner';
import type { HttpAnswer, HttpClient } from '@omnia-buildstream/http/client/httpClient';
import { TransportError } from '@omnia-buildstream/http/client/transportError';
import { CertificateError } from '@omnia-buildstream/http/tls/policy';
import type { Token } from './token.ts';

/** The outcome of a write. */
export type WriteOutcome =
  | { readonly kind: 'done' }
  /** It was understood but not carried out. */
  | { readonly kind: 'refused'; readonly detail: Said }
  /** It is unknown whether it was carried out: read before anything else is sent. */
  | { readonly kind: 'lost'; readonly detail: Said };

export interface Write {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly body: unknown;
}

export interface ServiceSettings {
  readonly http: HttpClient;
  readonly token: Token;
  readonly clock: Clock;
  readonly readAttempts?: number;
  readonly readPauseMs?: number;
}

const defaults = { readAttempts: 4, readPauseMs: 1_000 };
/** A status from an intermediary: the service itself may have carried out the request. */
const isGateway = (status: number): boolean => status === 502 || status === 503 || status === 504;

/** What exists at a path, to find out which services there are. */
export type Look =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'not-json' }
  /** Nothing exists there, according to the response. */
  | { readonly kind: 'absent'; readonly status: number }
  /**
   * It is unknown whether something exists there; HAProxy returns 503 both for a path that it does not route and for a
   * service that is down.
   */
  | { readonly kind: 'failed'; readonly status: number };

/** Also covers, as a value, that nothing responds, or that the server is not trusted or refuses the token. */
export type TriedLook = Look | { readonly kind: 'silent'; readonly why: Said };

const absentStatuses: ReadonlySet<number> = new Set([404, 405, 410, 501]);
const notRouted = 503;

/** Requests to OpenCHAMI's services: reads are repeated, writes never are. */
export class OpenchamiService {
  readonly #settings: ServiceSettings & typeof defaults;

  constructor(settings: ServiceSettings) {
    this.#settings = { ...defaults, ...settings };
  }

  /** Resolves to parsed JSON. @throws ProvisionError, or the signal's reason */
  read(path: string, signal: AbortSignal): Promise<unknown> {
    return this.#repeat(async () => jsonOf(await this.#get(path, signal), path), signal);
  }

  /** Checks whether something responds at a path. @throws ProvisionError, or the signal's reason */
  async look(path: string, signal: AbortSignal): Promise<Look> {
    const look = await this.#look(path, signal);
    if (isPassing(look)) refuseGateway(look.status, path);
    return look;
  }

  /**
   * For optional information: one failing service does not hide what the others report.
   * @throws what the signal gives as its reason
   */
  async tryLook(path: string, signal: AbortSignal): Promise<TriedLook> {
    try {
      return await this.#look(path, signal);
    } catch (error) {
      if (!(error instanceof ProvisionError)) throw error;
      return { kind: 'silent', why: error.said };
    }
  }

  #look(path: string, signal: AbortSignal): Promise<Look> {
    const once = async (): Promise<Look> => {
      const { status, text } = await this.#get(path, signal);
      if (absentStatuses.has(status)) return { kind: 'absent', status };
      if (status !== 200) return { kind: 'failed', status };
      try {
        return { kind: 'json', value: JSON.parse(text) as unknown };
      } catch {
        return { kind: 'not-json' };
      }
    };
    return this.#repeat(once, signal, isPassing);
  }

  async #repeat<T>(
    once: () => Promise<T>,
    signal: AbortSignal,
    isAgain: (result: T) => boolean = () => false,
  ): Promise<T> {
    const { clock, readAttempts, readPauseMs } = this.#settings;
    for (let attempt = 1; ; attempt++) {
      const isLast = attempt >= readAttempts;
      try {
        const result = await once();
        if (isLast || !isAgain(result)) return result;
      } catch (error) {
        const isTransient = error instanceof ProvisionError && error.reason === 'unreachable';
        if (!isTransient || isLast) throw error;
      }
      await clock.sleep(readPauseMs * 2 ** (attempt - 1), signal);
    }
  }

  /** Sends the write once. @throws ProvisionError if no other request would succeed either, or the signal's reason */
  async write({ method, path, body }: Write, signal: AbortSignal): Promise<WriteOutcome> {
    const headers = { 'content-type': 'application/json', ...this.#settings.token.header() };
    let answer: HttpAnswer;
    try {
      answer = await this.#settings.http.send({ method, path, headers, body: JSON.stringify(body) }, signal);
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (error.reason === 'tls') throw new ProvisionError('tls', error.said, error);
      return { kind: 'lost', detail: error.said };
    }
    refuseUnauthorized(answer);
    const { status } = answer;
    if (status >= 200 && status < 300) return { kind: 'done' };
    const detail = `HTTP ${String(status)}${problemOf(answer.text)}`;
    return isGateway(status) ? { kind: 'lost', detail } : { kind: 'refused', detail };
  }

  /** Resolves to any response except a refused token. @throws ProvisionError, or the signal's reason */
  async #get(path: string, signal: AbortSignal): Promise<HttpAnswer> {
    const { http, token } = this.#settings;
    let answer: HttpAnswer;
    try {
      answer = await http.send({ method: 'GET', path, headers: token.header() }, signal);
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      const reason = error.reason === 'tls' ? 'tls' : error.reason === 'bad-answer' ? 'protocol' : 'unreachable';
      const hints = [nameHint(error, http.server), expiryHint(error)];
      throw new ProvisionError(reason, together([error.said, ...hints], '. '), error);
    }
    refuseUnauthorized(answer);
    return answer;
  }
}

/** A gateway error that may pass soon; 503 is excluded because HAProxy also returns it if nothing exists. */
function isPassing(look: Look): look is Extract<Look, { readonly kind: 'failed' }> {
  return look.kind === 'failed' && look.status !== notRouted && isGateway(look.status);
}

/** Whether possibly nothing exists there, including a path that HAProxy may not route. */
export function mayBeAbsent(look: TriedLook): boolean {
  return look.kind === 'absent' || (look.kind === 'failed' && look.status === notRouted);
}

function jsonOf({ status, text }: HttpAnswer, path: string): unknown {
  refuseGateway(status, path);
  if (status !== 200) throw new ProvisionError('protocol', `GET ${path}: HTTP ${String(status)}${problemOf(text)}`);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ProvisionError('protocol', phrase(texts.notJson, { path }), error);
  }
}

function refuseGateway(status: number, path: string): void {
  if (isGateway(status)) throw new ProvisionError('unreachable', `GET ${path}: HTTP ${String(status)}`);
}

/**
 * Omnia's OpenCHAMI presents a certificate only to clients that use its hostname (openchami.md section 4): if they use
 * its address, the handshake fails, or the connection breaks right after it.
 */
function nameHint({ reason, cause }: TransportError, { hostname }: URL): Said {
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  const isJudged = cause instanceof CertificateError;
  if (!isAddress || isJudged || (reason !== 'tls' && reason !== 'broken')) return '';
  return phrase(texts.byAddress, { hostname });
}

/** The documented remedy for an expired certificate of OpenCHAMI (omnia.md section 8.1). */
function expiryHint({ cause, message }: TransportError): Said {
  return cause instanceof CertificateError && message.includes('CERT_HAS_EXPIRED') ? phrase(texts.expired) : '';
}

function refuseUnauthorized({ status, text }: HttpAnswer): void {
  if (status !== 401 && status !== 403) return;
  const why = `HTTP ${String(status)}${problemOf(text)}`;
  throw new ProvisionError('unauthorized', phrase(texts.tokenRefused, { why }));
}

const maxDetailLength = 300;

/**
 * The detail in an error response: SMD and BSS send a problem report (RFC 7807), newer services use `error`
 * (openchami.md section 3).
 */
function problemOf(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value)) return '';
    const detail = textField(value, 'detail') ?? textField(value, 'title') ?? textField(value, 'error');
    return detail === undefined ? '' : ` ${detail.slice(0, maxDetailLength).trim()}`;
  } catch {
    return '';
  }
}
