/** A personal access token of the lab. */
export interface LabToken {
  readonly value: string;
  readonly id: number;
  readonly name: string;
  readonly username: string;
  readonly scopes: readonly string[];
  /** Undefined if it never expires. */
  expires: Date | undefined;
  isRevoked: boolean;
}

export type TokenState = 'good' | 'expired' | 'revoked' | 'unknown';

/** The tokens that the server knows. */
export class TokenStore {
  readonly #tokens = new Map<string, LabToken>();

  add(given: Pick<LabToken, 'value'> & Partial<Pick<LabToken, 'name' | 'username' | 'scopes' | 'expires'>>): LabToken {
    const token: LabToken = {
      value: given.value,
      id: this.#tokens.size + 1,
      name: given.name ?? 'lab token',
      username: given.username ?? 'root',
      scopes: given.scopes ?? ['api'],
      expires: given.expires,
      isRevoked: false,
    };
    this.#tokens.set(token.value, token);
    return token;
  }

  find(value: string): LabToken | undefined {
    return this.#tokens.get(value);
  }

  stateOf(token: LabToken | undefined, now: Date): TokenState {
    if (token === undefined) return 'unknown';
    if (token.isRevoked) return 'revoked';
    return token.expires !== undefined && token.expires <= now ? 'expired' : 'good';
  }
}
