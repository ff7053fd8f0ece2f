import * as vscode from 'vscode';
import { DisposableStore } from '../platform/disposableStore.ts';
import { readSessions, writeSessions, type StoredSession } from './storedSessions.ts';

const secretKey = 'gitlab.sessions';

export interface SessionsChange {
  readonly added: readonly StoredSession[];
  readonly removed: readonly StoredSession[];
}

/** The tokens, one per server. They are stored in VS Code's secret storage and nowhere else. */
export class TokenStore {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<SessionsChange>());
  readonly onDidChange = this.#changed.event;
  readonly #secrets: vscode.SecretStorage;
  #known: readonly StoredSession[] = [];
  /** Writes happen one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
    this.#store.add(
      secrets.onDidChange(({ key }) => {
        // Another window signed in or out.
        if (key === secretKey) void this.all();
      }),
    );
  }

  async all(): Promise<readonly StoredSession[]> {
    this.#tell(readSessions(await this.#secrets.get(secretKey)));
    return this.#known;
  }

  async of(origin: string): Promise<StoredSession | undefined> {
    return (await this.all()).find((session) => session.origin === origin);
  }

  async save(session: StoredSession): Promise<void> {
    await this.#change((all) => [...all.filter(({ origin }) => origin !== session.origin), session]);
  }

  async remove(origin: string): Promise<void> {
    await this.#change((all) => all.filter((session) => session.origin !== origin));
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #change(edit: (all: readonly StoredSession[]) => readonly StoredSession[]): Promise<void> {
    const mine = this.#queue.then(async () => {
      const sessions = edit(readSessions(await this.#secrets.get(secretKey)));
      await this.#secrets.store(secretKey, writeSessions(sessions));
      this.#tell(sessions);
    });
    this.#queue = mine.catch(() => undefined);
    await mine;
  }

  #tell(now: readonly StoredSession[]): void {
    const before = this.#known;
    this.#known = now;
    const isIn = (list: readonly StoredSession[], session: StoredSession) =>
      list.some(({ origin, token }) => origin === session.origin && token === session.token);
    const added = now.filter((session) => !isIn(before, session));
    const removed = before.filter((session) => !isIn(now, session));
    if (added.length + removed.length > 0) this.#changed.fire({ added, removed });
  }
}
