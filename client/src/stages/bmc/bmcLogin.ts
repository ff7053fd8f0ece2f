import type { CredentialSource } from '@omnia-buildstream/redfish/credentials/credential';
import { RedfishClient } from '@omnia-buildstream/redfish/client/redfishClient';
import { bmcAccess } from '@omnia-buildstream/runner/bmcAccess';
import * as vscode from 'vscode';
import { shortList } from '../../platform/shortList.ts';
import { window } from '../../platform/window.ts';
import { machine } from '../machine.ts';
import { bmcTls, ownEngineSettings } from '../settings/engineConfiguration.ts';
import type { BmcCredentials } from './bmcCredentials.ts';

/** The question that says what a login is for: for one BMC, and for several with their count. */
export interface LoginQuestion {
  readonly one: string;
  readonly several: (count: number) => string;
  /** If present, the question is asked regardless of stored patterns, with this explanation. */
  readonly always?: string;
}

/**
 * Creates the BMC client that all commands share. It is kept for as long as credentials and settings stay the same, so
 * that a BMC that refused the login is not tried again, because it would lock out the user.
 */
export class BmcLogins {
  readonly #credentials: BmcCredentials;
  /** BMCs that no pattern names but that the user has agreed to. The question is asked only once. */
  readonly #agreed = new Set<string>();
  #client: RedfishClient | undefined;
  /** Credentials from the last call, because earlier calls may have been for other BMCs. */
  #source: CredentialSource = () => Promise.resolve(undefined);

  constructor(credentials: BmcCredentials) {
    this.#credentials = credentials;
  }

  /** Discards the client after credentials or settings have changed, so that every BMC may be tried again. */
  reset(): void {
    this.#client = undefined;
    this.#agreed.clear();
  }

  /**
   * A client for these BMCs. Undefined if the user does not agree to log in. A cell of a mapping file alone does not
   * authorize a login: the user is asked about BMCs that no stored pattern names.
   * @throws DeclinedError if the user enters no credentials
   */
  async clientFor(addresses: readonly string[], question: LoginQuestion): Promise<RedfishClient | undefined> {
    const { bmcPort: port } = ownEngineSettings();
    const fresh = addresses.filter((address) => !this.#agreed.has(address));
    const unnamed = question.always === undefined ? await this.#credentials.unnamed(fresh) : addresses;
    if (unnamed.length > 0 && !(await confirmLogin(unnamed, port, question))) return undefined;
    for (const address of unnamed) this.#agreed.add(address);
    this.#source = await this.#credentials.sourceFor(addresses);
    const credentials: CredentialSource = (...asked) => this.#source(...asked);
    this.#client ??= await clientWith(credentials);
    return this.#client;
  }
}

/** A client that can read service roots but never logs in. */
export function clientWithoutLogin(): Promise<RedfishClient> {
  return clientWith(() => Promise.resolve(undefined));
}

async function clientWith(credentials: CredentialSource): Promise<RedfishClient> {
  const { bmcPort: port, requestTimeoutMs } = ownEngineSettings();
  return new RedfishClient(bmcAccess({ credentials, tls: await bmcTls(), port, requestTimeoutMs }, machine));
}

const mostShown = 15;

async function confirmLogin(
  addresses: readonly string[],
  port: number,
  { one, several, always }: LoginQuestion,
): Promise<boolean> {
  const question = addresses.length === 1 ? one : several(addresses.length);
  const shown = shortList(
    addresses.map((address) => `${address}:${String(port)}`),
    mostShown,
  );
  const why =
    always ??
    vscode.l10n.t(
      'User and password are sent to these addresses, which are in the mapping file but in none of your stored patterns. To stop being asked, store credentials for a network such as 10.6.0.0/16.',
    );
  const logIn = vscode.l10n.t('Log In');
  return (await window.ask(question, [shown, why], logIn)) === logIn;
}
