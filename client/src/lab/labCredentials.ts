import type { LabConnection } from '@omnia-buildstream/core/lab/connection';
import type * as vscode from 'vscode';
import {
  credentialsKey,
  readCredentials,
  withCredential,
  writeCredentials,
  type StoredCredential,
} from '../stages/storedCredentials.ts';

/** The BMCs of every lab have loopback addresses, so a lab never gets in the way of others. */
export const labBmcs = '127.*';

/** The password of the lab's BMCs, beside those of others in the secret storage. */
export class LabCredentials {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  async save({ user, password }: LabConnection['bmc']): Promise<void> {
    await this.#write(withCredential(await this.#all(), { hosts: labBmcs, user, password }));
  }

  async forget(): Promise<void> {
    await this.#write((await this.#all()).filter(({ hosts }) => hosts !== labBmcs));
  }

  async #all(): Promise<StoredCredential[]> {
    return readCredentials(await this.#secrets.get(credentialsKey));
  }

  async #write(all: readonly StoredCredential[]): Promise<void> {
    await this.#secrets.store(credentialsKey, writeCredentials(all));
  }
}
