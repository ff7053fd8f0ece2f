import { refused } from '@omnia-buildstream/core/errors/userError';
import { matchesHost, namesHost, parseHost, parsePattern } from '@omnia-buildstream/http/hosts/hostPattern';
import {
  Credential,
  credentialsByHost,
  type CredentialSource,
} from '@omnia-buildstream/redfish/credentials/credential';
import * as vscode from 'vscode';
import { DeclinedError } from '../../errors/declinedError.ts';
import {
  credentialsKey,
  readCredentials,
  withCredential,
  writeCredentials,
  type StoredCredential,
} from './storedCredentials.ts';
import { window } from '../../platform/window.ts';

/** User and password of BMCs by host pattern. They are kept only in VS Code's secret storage. */
export class BmcCredentials {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  /**
   * Credentials for these BMCs, which the user has seen and agreed to. Asks for missing ones. Text that is not an IP
   * address is never asked about. @throws DeclinedError if the user enters none
   */
  async sourceFor(addresses: readonly string[]): Promise<CredentialSource> {
    let all = await this.#all();
    for (;;) {
      const missing = addresses.find(
        (address) => isAddress(address) && !all.some(({ hosts }) => matchesHost(hosts, address)),
      );
      if (missing === undefined) break;
      const added = await this.set(all.length === 0 ? '*' : missing);
      if (added === undefined)
        throw new DeclinedError(vscode.l10n.t('No BMC was contacted, because user and password were not entered.'));
      all = await this.#all();
    }
    return credentialsByHost(
      all.map(({ hosts, user, password }) => ({ hosts, value: new Credential(hosts, user, password) })),
      addresses,
    );
  }

  /** The BMCs among these that no stored pattern names. The user must agree before a login to them. */
  async unnamed(addresses: readonly string[]): Promise<string[]> {
    const all = await this.#all();
    return addresses.filter((address) => isAddress(address) && !all.some(({ hosts }) => namesHost(hosts, address)));
  }

  /** Asks for hosts, user and password and stores them. Resolves to the hosts, undefined if the user cancels. */
  async set(hosts = '*'): Promise<string | undefined> {
    const title = vscode.l10n.t('BMC Credentials');
    const options = { title, ignoreFocusOut: true };
    const prompt = vscode.l10n.t('Which BMCs: * for all, an address, 10.6.* or 10.6.0.0/16');
    const validateInput = (text: string): string | undefined =>
      parsePattern(text) === undefined
        ? vscode.l10n.t('Enter *, an address, a network such as 10.6.* or 10.6.0.0/16, or a full hostname.')
        : undefined;
    const chosen = (await window.showInputBox({ ...options, prompt, value: hosts, validateInput }))?.trim();
    if (chosen === undefined || chosen === '') return undefined;
    const userPrompt = vscode.l10n.t('User of the BMCs {0}', chosen);
    const user = await window.showInputBox({ ...options, prompt: userPrompt, value: 'root' });
    if (user === undefined || user === '') return undefined;
    const passwordPrompt = vscode.l10n.t(
      'Password of {0} on the BMCs {1}. It is kept in the secret storage.',
      user,
      chosen,
    );
    const password = await window.showInputBox({ ...options, prompt: passwordPrompt, password: true });
    if (password === undefined || password === '') return undefined;
    await this.#write(withCredential(await this.#all(), { hosts: chosen, user, password }));
    return chosen;
  }

  /** Asks which credential to delete. Resolves to its hosts, undefined if the user cancels. */
  async forget(): Promise<string | undefined> {
    const all = await this.#all();
    if (all.length === 0) throw refused(vscode.l10n.t('No BMC credentials are stored.'));
    const items = all.map(({ hosts, user }) => ({ label: hosts, description: user }));
    const title = vscode.l10n.t('Forget BMC Credentials');
    const chosen = await window.showQuickPick(items, { title });
    if (chosen === undefined) return undefined;
    await this.#write(all.filter(({ hosts }) => hosts !== chosen.label));
    return chosen.label;
  }

  async #all(): Promise<StoredCredential[]> {
    return readCredentials(await this.#secrets.get(credentialsKey));
  }

  async #write(all: readonly StoredCredential[]): Promise<void> {
    if (all.length === 0) await this.#secrets.delete(credentialsKey);
    else await this.#secrets.store(credentialsKey, writeCredentials(all));
  }
}

/** A hostname gets credentials only from a pattern that spells it out, so the user is not asked for any for it. */
function isAddress(text: string): boolean {
  const kind = parseHost(text)?.kind;
  return kind === 'ipv4' || kind === 'ipv6';
}
