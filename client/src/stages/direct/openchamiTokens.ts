import { refused } from '@omnia-buildstream/core/errors/userError';
import * as vscode from 'vscode';
import { window } from '../../platform/window.ts';

/** Tokens for OpenCHAMI, by server: another address in the settings does not get the token of the one before. */
export class OpenchamiTokens {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  /** The stored token, else asks; empty when the server takes none. @throws UserError when the user gives none */
  async tokenFor(server: URL): Promise<string> {
    const stored = await this.#secrets.get(keyOf(server));
    if (stored !== undefined) return stored;
    const token = await window.showInputBox({
      title: vscode.l10n.t('Token for OpenCHAMI'),
      prompt: vscode.l10n.t('Token for {0}. Leave empty for none. It is kept in the secret storage.', server.origin),
      password: true,
      ignoreFocusOut: true,
    });
    if (token === undefined) throw refused(vscode.l10n.t('Nothing was run, because the token was not entered.'));
    await this.#secrets.store(keyOf(server), token.trim());
    return token.trim();
  }

  /** The service did not accept it, so the next run asks. */
  async forget(server: URL): Promise<void> {
    await this.#secrets.delete(keyOf(server));
  }
}

function keyOf({ origin }: URL): string {
  return `openchami.token:${origin}`;
}
