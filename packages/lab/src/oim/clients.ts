import { randomBytes, randomUUID } from 'node:crypto';
import type { LabClock } from '../gitlab/labClock.ts';
import { Refusal } from './refusal.ts';

/** The API takes a single client (omnia.md section 7). */
const maxClients = 1;
const scopes = ['catalog:read', 'catalog:write', 'job:write'];

export interface RegisteredClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

interface Token {
  readonly clientId: string;
  readonly scopes: readonly string[];
  expiresMs: number;
}

export interface ClientSettings {
  readonly clock: LabClock;
  /** Who may register a client. */
  readonly user: string;
  readonly password: string;
  readonly tokenLifeMs: number;
}

/** Registered clients and the tokens that were given to them. */
export class OimClients {
  readonly #settings: ClientSettings;
  readonly #clients = new Map<string, RegisteredClient>();
  readonly #tokens = new Map<string, Token>();
  /** Token requests so far, refused ones included. */
  tokenRequests = 0;

  constructor(settings: ClientSettings) {
    this.#settings = settings;
  }

  register(basic: { readonly user: string; readonly password: string } | undefined, name: string): RegisteredClient {
    const { user, password } = this.#settings;
    if (basic?.user !== user || basic.password !== password) {
      throw new Refusal(401, 'invalid_credentials', 'Invalid username or password');
    }
    if (this.#clients.size >= maxClients) {
      throw new Refusal(409, 'max_clients_reached', 'Maximum number of clients (1) already registered');
    }
    const client = {
      clientId: `bld_${randomBytes(16).toString('hex')}`,
      clientSecret: `bld_s_${randomBytes(24).toString('base64url')}`,
      name,
      scopes,
    };
    this.#clients.set(client.clientId, client);
    return client;
  }

  issue(clientId: string, clientSecret: string): { readonly token: string; readonly expiresInSeconds: number } {
    this.tokenRequests++;
    const client = this.#clients.get(clientId);
    if (client?.clientSecret !== clientSecret) {
      throw new Refusal(401, 'invalid_client', 'Client authentication failed');
    }
    const token = randomUUID();
    const { clock, tokenLifeMs } = this.#settings;
    const expiresMs = clock.now().getTime() + tokenLifeMs;
    this.#tokens.set(token, { clientId, scopes: client.scopes, expiresMs });
    return { token, expiresInSeconds: Math.round(tokenLifeMs / 1000) };
  }

  /** The client that a token stands for. @throws Refusal */
  authenticate(bearer: string | undefined, scope: string | undefined): string {
    if (bearer === undefined) throw new Refusal(401, 'missing_token', 'Authorization header is missing');
    const token = this.#tokens.get(bearer);
    if (token === undefined) throw new Refusal(401, 'invalid_token', 'The token is not valid');
    if (token.expiresMs <= this.#settings.clock.now().getTime()) {
      throw new Refusal(401, 'token_expired', 'The token has expired');
    }
    if (scope !== undefined && !token.scopes.includes(scope)) {
      throw new Refusal(403, 'insufficient_scope', `Scope ${scope} is required`);
    }
    return token.clientId;
  }

  /** Every token given so far is expired from now on. */
  expireTokens(): void {
    for (const token of this.#tokens.values()) token.expiresMs = 0;
  }
}
