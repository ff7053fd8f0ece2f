import * as vscode from 'vscode';
import { DisposableStore } from '../platform/disposableStore.ts';
import type { StoredSession } from './storedSessions.ts';
import type { TokenStore } from './tokenStore.ts';

export const authProviderId = 'buildstream-gitlab';

/** The GitLab accounts in VS Code's Accounts menu. */
export class AuthProvider implements vscode.AuthenticationProvider {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(
    new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>(),
  );
  readonly onDidChangeSessions = this.#changed.event;
  readonly #tokens: TokenStore;
  readonly #signIn: () => Promise<StoredSession | undefined>;

  /** @param signIn asks for server and token, and checks both */
  constructor(tokens: TokenStore, signIn: () => Promise<StoredSession | undefined>) {
    this.#tokens = tokens;
    this.#signIn = signIn;
    this.#store.add(
      tokens.onDidChange(({ added, removed }) => {
        this.#changed.fire({ added: added.map(toSession), removed: removed.map(toSession), changed: [] });
      }),
    );
    const label = vscode.l10n.t('GitLab of Omnia');
    this.#store.add(
      vscode.authentication.registerAuthenticationProvider(authProviderId, label, this, {
        supportsMultipleAccounts: true,
      }),
    );
  }

  async getSessions(): Promise<vscode.AuthenticationSession[]> {
    return (await this.#tokens.all()).map(toSession);
  }

  async createSession(): Promise<vscode.AuthenticationSession> {
    const session = await this.#signIn();
    if (session === undefined) throw new vscode.CancellationError();
    return toSession(session);
  }

  async removeSession(id: string): Promise<void> {
    await this.#tokens.remove(id);
  }

  dispose(): void {
    this.#store.dispose();
  }
}

function toSession({ origin, token, username, scopes }: StoredSession): vscode.AuthenticationSession {
  const { host } = new URL(origin);
  return {
    id: origin,
    accessToken: token,
    account: { id: `${username}@${host}`, label: `${username} (${host})` },
    scopes: [...scopes],
  };
}
