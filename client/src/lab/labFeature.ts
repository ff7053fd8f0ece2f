import { readFile } from 'node:fs/promises';
import { readLabConnection, type LabConnection } from '@omnia-buildstream/core/lab/connection';
import * as vscode from 'vscode';
import { withServer } from '../auth/serverSettings.ts';
import type { TokenStore } from '../auth/tokenStore.ts';
import { serversOfUser, writeServers } from '../auth/userServers.ts';
import type { CommandHandler } from '../platform/commands.ts';
import { UserError } from '../platform/userError.ts';
import { useHands, type HandAction } from './labHands.ts';

/** Path of a lab.json; set by `npm start`, so that everything works without a question. */
const labVariable = 'BUILDSTREAM_LAB';
/** A word for `when` in package.json. */
const labContext = 'buildstream.lab';

export interface LabParts {
  readonly log: vscode.LogOutputChannel;
  readonly accounts: Pick<TokenStore, 'save'>;
  /** Makes the stages reach the BMCs of the lab. */
  readonly useBmcs: (connection: LabConnection) => Promise<void>;
}

/** Connects the editor to a lab on this machine, and has the hands in its machine room. */
export class LabFeature {
  readonly #parts: LabParts;
  #connection: LabConnection | undefined;

  constructor(parts: LabParts) {
    this.#parts = parts;
    const file = process.env[labVariable];
    if (file === undefined || file === '' || !vscode.workspace.isTrusted) return;
    this.#connect(file).catch((error: unknown) => {
      parts.log.warn(`The lab of ${labVariable} cannot be used: ${String(error)}`);
    });
  }

  get commands(): Readonly<Record<`buildstream.${string}`, CommandHandler>> {
    return {
      'buildstream.connectLab': () => this.#choose(),
      'buildstream.repairLabNode': () => this.#hands('repair'),
      'buildstream.bootLabNode': () => this.#hands('boot'),
    };
  }

  async #hands(action: HandAction): Promise<void> {
    if (this.#connection === undefined) await this.#choose();
    if (this.#connection !== undefined) await useHands(action, this.#connection);
  }

  async #choose(): Promise<void> {
    const [chosen] =
      (await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Connect to a Lab: choose its lab.json'),
        filters: { 'lab.json': ['json'] },
      })) ?? [];
    if (chosen === undefined) return;
    const { gitlab } = await this.#connect(chosen.fsPath);
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Connected to the lab. You are signed in to {0} as {1}.', gitlab.url, gitlab.username),
    );
  }

  /** @throws UserError when it is no lab of this machine */
  async #connect(file: string): Promise<LabConnection> {
    const { value, problem } = readLabConnection(await readFile(file, 'utf8'));
    if (value === undefined) {
      throw new UserError(
        'no-server',
        problem === 'not-loopback'
          ? vscode.l10n.t('{0} leads to another machine; a lab is on this one.', file)
          : vscode.l10n.t('{0} is not what a lab writes.', file),
      );
    }
    const { gitlab } = value;
    await writeServers(withServer(serversOfUser(), gitlab.url, { caFile: gitlab.caFile }));
    await this.#parts.useBmcs(value);
    const { url: origin, token, username } = gitlab;
    await this.#parts.accounts.save({ origin, token, username, scopes: ['api'] });
    this.#connection = value;
    await vscode.commands.executeCommand('setContext', labContext, true);
    return value;
  }
}
