import type * as vscode from 'vscode';
import { DeclinedError } from '../../errors/declinedError.ts';
import { window } from '../../platform/window.ts';

/** A kind of service that accepts a token: how to ask the user for it, and whether a token is worth sending. */
export interface TokenKind {
  /** Prefix of the keys in the secret storage. */
  readonly key: string;
  readonly title: () => string;
  readonly prompt: (server: URL) => string;
  /** Message for when the user enters no token. */
  readonly missing: () => string;
  /** Whether the service also works without a token. If so, empty input is accepted. */
  readonly isOptional: boolean;
  /** Whether a token is still valid, as far as its own claims show. */
  readonly isValid: (token: string) => boolean;
}

/** Tokens for one kind of service, by server, so that a new address in the settings never gets the token of another. */
export class ServerTokens {
  readonly #secrets: vscode.SecretStorage;
  readonly #kind: TokenKind;

  constructor(secrets: vscode.SecretStorage, kind: TokenKind) {
    this.#secrets = secrets;
    this.#kind = kind;
  }

  /** The stored token. Asks the user if there is none. @throws DeclinedError if the user enters none */
  async tokenFor(server: URL): Promise<string> {
    const token = (await this.stored(server)) ?? (await this.ask(server));
    if (token === undefined) throw new DeclinedError(this.#kind.missing());
    return token;
  }

  /** The stored token. Undefined if there is none or it has expired. */
  async stored(server: URL): Promise<string | undefined> {
    const token = await this.#secrets.get(this.#keyOf(server));
    return token !== undefined && this.#kind.isValid(token) ? token : undefined;
  }

  /** Asks the user for a token and stores it. Undefined if they enter none. */
  async ask(server: URL): Promise<string | undefined> {
    const { title, prompt, isOptional } = this.#kind;
    const asked = { title: title(), prompt: prompt(server), password: true, ignoreFocusOut: true };
    const token = (await window.showInputBox(asked))?.trim();
    if (token === undefined || (token === '' && !isOptional)) return undefined;
    await this.#secrets.store(this.#keyOf(server), token);
    return token;
  }

  /**
   * Deletes the stored token, so that the next run asks for one. Resolves to false if nothing was deleted.
   * @param token the token that the service rejected; a different stored token is kept
   */
  async forget(server: URL, token?: string): Promise<boolean> {
    const stored = await this.#secrets.get(this.#keyOf(server));
    if (stored === undefined || (token !== undefined && token !== stored)) return false;
    await this.#secrets.delete(this.#keyOf(server));
    return true;
  }

  #keyOf({ origin }: URL): string {
    return `${this.#kind.key}.token:${origin}`;
  }
}
