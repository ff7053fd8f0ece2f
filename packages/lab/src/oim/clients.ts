import { randomBytes } from 'node:crypto';
import type { LabClock } from '../gitlab/labClock.ts';
import { Refusal } from './refusal.ts';

/** The API allows a single client (omnia.md section 7). */
const maxClients = 1;
export const knownScopes = ['catalog:read', 'catalog:write', 'job:write'] as const;

export interface RegisteredClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
  readonly scopes: readonly string[];
  isDisabled: boolean;
}

interface Token {
  readonly clientId: string;
  readonly scopes: readonly string[];
  expiresMs: number;
}

export interface Account {
  readonly user: string;
  readonly password: string;
}

export interface ClientSettings extends Account {
  readonly clock: LabClock;
  readonly tokenLifeMs: number;
}

export interface Issued {
  readonly token: string;
  readonly expiresInSeconds: number;
  readonly scope: string;
}

/** Registered clients and the tokens that were issued to them. */
export class OimClients {
  readonly #settings: ClientSettings;
  readonly #clients = new Map<string, RegisteredClient>();
  readonly #tokens = new Map<string, Token>();
  /** Token requests so far, including refused ones. */
  tokenRequests = 0;

  constructor(settings: ClientSettings) {
    this.#settings = settings;
  }

  /** @param account of the person who registers a client @throws Refusal */
  demandAccount({ user, password }: Account): void {
    if (this.#settings.user === user && this.#settings.password === password) return;
    throw new Refusal(401, 'invalid_credentials', 'Invalid Basic Auth credentials', 'Basic');
  }

  /** @param scopes by default those that Omnia's pipeline requests @throws Refusal */
  register(account: Account, name: string, scopes: readonly string[] = knownScopes): RegisteredClient {
    this.demandAccount(account);
    const all = [...this.#clients.values()];
    if (all.filter(({ isDisabled }) => !isDisabled).length >= maxClients) {
      throw new Refusal(409, 'max_clients_reached', 'Maximum number of clients (1) already registered');
    }
    if (all.some((client) => client.name === name)) {
      throw new Refusal(409, 'client_exists', `Client with name '${name}' already exists`);
    }
    const client = {
      clientId: `bld_${randomBytes(16).toString('hex')}`,
      clientSecret: `bld_s_${randomBytes(32).toString('base64url')}`,
      name,
      scopes,
      isDisabled: false,
    };
    this.#clients.set(client.clientId, client);
    return client;
  }

  /** What an administrator does on the management server: the client gets no more tokens, and its name stays taken. */
  disable(clientId: string): void {
    const client = this.#clients.get(clientId);
    if (client !== undefined) client.isDisabled = true;
  }

  /** @param scope separated by blanks; undefined for everything that the client may do @throws Refusal */
  issue(clientId: string, clientSecret: string, scope?: string): Issued {
    this.tokenRequests++;
    const client = this.#clients.get(clientId);
    if (client?.clientSecret !== clientSecret) {
      throw new Refusal(401, 'invalid_client', 'Client authentication failed');
    }
    if (client.isDisabled) throw new Refusal(403, 'client_disabled', 'Client is disabled');
    const wanted = scope?.split(' ').filter((one) => one !== '') ?? client.scopes;
    const foreign = wanted.find((one) => !client.scopes.includes(one));
    if (foreign !== undefined) {
      throw new Refusal(400, 'invalid_scope', `Scope '${foreign}' is not allowed for this client`);
    }
    const { clock, tokenLifeMs } = this.#settings;
    const nowMs = clock.now().getTime();
    const token = tokenOf({ client_id: clientId, scopes: wanted, iat: nowMs, nbf: nowMs });
    this.#tokens.set(token, { clientId, scopes: wanted, expiresMs: nowMs + tokenLifeMs });
    return { token, expiresInSeconds: Math.round(tokenLifeMs / 1000), scope: wanted.join(' ') };
  }

  /** The client that a token belongs to. @throws Refusal */
  authenticate(bearer: string | undefined, scope: string | undefined): string {
    if (bearer === undefined) throw unauthorized('missing_token', 'Authorization header is required');
    const token = this.#tokens.get(bearer);
    if (token === undefined) throw unauthorized('invalid_token', 'Invalid access token');
    if (token.expiresMs <= this.#settings.clock.now().getTime()) {
      throw unauthorized('token_expired', 'Access token has expired');
    }
    if (scope !== undefined && !token.scopes.includes(scope)) {
      throw new Refusal(403, 'insufficient_scope', `Required scope '${scope}' is missing`);
    }
    return token.clientId;
  }

  /** Expires every token that was issued so far. */
  expireTokens(): void {
    for (const token of this.#tokens.values()) token.expiresMs = 0;
  }
}

function unauthorized(code: string, message: string): Refusal {
  return new Refusal(401, code, message, 'Bearer');
}

/** A token as long as a real one, which is a JWT; nothing reads its content. */
function tokenOf(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signature = randomBytes(256).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${signature}`;
}
