import { OimCredential } from '@omnia-buildstream/oim/api/credential';
import type * as vscode from 'vscode';
import { clientsKey, readClients, writeClients, type StoredClient } from './storedClients.ts';

/** Client IDs and secrets, one pair per API. They are kept in VS Code's secret storage and sent only to their API. */
export class ApiClients {
  readonly #secrets: vscode.SecretStorage;
  /** Serializes writes. */
  #queue: Promise<void> = Promise.resolve();

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  /** Undefined if signed out. */
  async of(api: string): Promise<OimCredential | undefined> {
    const found = (await this.#all()).find((client) => client.api === api);
    return found === undefined ? undefined : new OimCredential(found.id, found.secret);
  }

  async save(api: string, credential: OimCredential): Promise<void> {
    const added = { api, id: credential.id, secret: credential.reveal() };
    await this.#change((all) => [...all.filter((client) => client.api !== api), added]);
  }

  async remove(api: string): Promise<void> {
    await this.#change((all) => all.filter((client) => client.api !== api));
  }

  async #all(): Promise<StoredClient[]> {
    return readClients(await this.#secrets.get(clientsKey));
  }

  async #change(edit: (all: readonly StoredClient[]) => readonly StoredClient[]): Promise<void> {
    const mine = this.#queue.then(async () => {
      const clients = edit(await this.#all());
      if (clients.length === 0) await this.#secrets.delete(clientsKey);
      else await this.#secrets.store(clientsKey, writeClients(clients));
    });
    this.#queue = mine.catch(() => undefined);
    await mine;
  }
}
