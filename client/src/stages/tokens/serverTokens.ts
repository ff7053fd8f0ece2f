import type * as vscode from 'vscode';
import { DeclinedError } from '../../errors/declinedError.ts';
import { window } from '../../platform/window.ts';

/** A kind of service that takes a token: how the user is asked for it, and which one is not worth sending. */
export interface TokenKind {
  /** Of the entries in the secret storage. */
  readonly key: string;
  readonly title: () => string;
  readonly prompt: (server: URL) => string;
  /** What is told when the user gives none. */
  readonly missing: () => string;
  /** Whether the service can be asked without one: then nothing entered is an answer. */
  readonly isOptional: boolean;
  /** Whether a token, as far as it tells, is still accepted. */
  readonly isValid: (token: string) => boolean;
}

/** Tokens of one kind of service, by server: another address in the settings does not get the token of the one before. */
export class ServerTokens {
  readonly #secrets: vscode.SecretStorage;
  readonly #kind: TokenKind;

  constructor(secrets: vscode.SecretStorage, kind: TokenKind) {
    this.#secrets = secrets;
    this.#kind = kind;
  }

  /** The stored token, else asks. @throws DeclinedError when the user gives none */
  async tokenFor(server: URL): Promise<string> {
    const token = (await this.stored(server)) ?? (await this.ask(server));
    if (token === undefined) throw new DeclinedError(this.#kind.missing());
    return token;
  }

  /** Undefined: none, or one whose time is over. */
  async stored(server: URL): Promise<string | undefined> {
    const token = await this.#secrets.get(this.#keyOf(server));
    return token !== undefined && this.#kind.isValid(token) ? token : undefined;
  }

  /** Asks for it and keeps it; undefined when the user gives none. */
  async ask(server: URL): Promise<string | undefined> {
    const { title, prompt, isOptional } = this.#kind;
    const asked = { title: title(), prompt: prompt(server), password: true, ignoreFocusOut: true };
    const token = (await window.showInputBox(asked))?.trim();
    if (token === undefined || (token === '' && !isOptional)) return undefined;
    await this.#secrets.store(this.#keyOf(server), token);
    return token;
  }

  /**
   * The next run asks. False: there was nothing to forget.
   * @param token that the service did not accept; another one, given since, stays
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
