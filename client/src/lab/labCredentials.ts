import type { LabConnection } from '@omnia-buildstream/core/lab/connection';
import type * as vscode from 'vscode';
import { clientsKey, readClients, writeClients } from '../oim/storedClients.ts';
import {
  credentialsKey,
  readCredentials,
  withCredential,
  writeCredentials,
  type StoredCredential,
} from '../stages/bmc/storedCredentials.ts';

/** The BMCs of every lab have loopback addresses, so a lab never interferes with real BMCs. */
export const labBmcs = '127.*';

/** The password of the lab's BMCs and the client of its API, next to all others in the secret storage. */
export class LabCredentials {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  async save({ bmc, api }: LabConnection): Promise<void> {
    const { user, password } = bmc;
    await this.#write(withCredential(await this.#all(), { hosts: labBmcs, user, password }));
    const { clientId: id, clientSecret: secret } = api;
    if (id !== undefined && secret !== undefined) await this.#changeClients(api.url, [{ api: api.url, id, secret }]);
  }

  /** @param apiUrl API address of the lab that was connected */
  async forget(apiUrl: string | undefined): Promise<void> {
    await this.#write((await this.#all()).filter(({ hosts }) => hosts !== labBmcs));
    if (apiUrl !== undefined) await this.#changeClients(apiUrl, []);
  }

  async #changeClients(apiUrl: string, now: ReturnType<typeof readClients>): Promise<void> {
    const others = readClients(await this.#secrets.get(clientsKey)).filter(({ api }) => api !== apiUrl);
    await this.#secrets.store(clientsKey, writeClients([...others, ...now]));
  }

  async #all(): Promise<StoredCredential[]> {
    return readCredentials(await this.#secrets.get(credentialsKey));
  }

  async #write(all: readonly StoredCredential[]): Promise<void> {
    await this.#secrets.store(credentialsKey, writeCredentials(all));
  }
}
