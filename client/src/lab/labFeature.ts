import { refused } from '@omnia-buildstream/core/errors/userError';
import { readRegularFile } from '@omnia-buildstream/engine/files/readRegularFile';
import { readLabConnection, type LabConnection } from '@omnia-buildstream/core/lab/connection';
import * as vscode from 'vscode';
import { lacking } from '../errors/lacking.ts';
import type { TokenStore } from '../auth/tokenStore.ts';
import type { CommandHandler } from '../platform/commands.ts';
import { useHands, type HandAction } from './labHands.ts';
import { labBmcs, LabCredentials } from './labCredentials.ts';
import { LabSettings, settingsFor, trustIn } from './labSettings.ts';
import { window } from '../platform/window.ts';

/** Holds the path of a lab.json. `npm start` sets it, so that everything works without asking the user. */
const labVariable = 'BUILDSTREAM_LAB';
const originKey = 'lab.origin';
const apiKey = 'lab.api';

export interface LabParts {
  readonly context: Pick<vscode.ExtensionContext, 'globalState' | 'secrets'>;
  readonly log: vscode.LogOutputChannel;
  readonly accounts: Pick<TokenStore, 'save' | 'remove'>;
}

/** Connects the editor to a lab on this machine, and repairs or boots its nodes as hands in a machine room would. */
export class LabFeature {
  readonly #parts: LabParts;
  readonly #settings: LabSettings;
  readonly #credentials: LabCredentials;
  #connection: LabConnection | undefined;

  constructor(parts: LabParts) {
    this.#parts = parts;
    this.#settings = new LabSettings(parts.context.globalState);
    this.#credentials = new LabCredentials(parts.context.secrets);
    const file = process.env[labVariable];
    if (file === undefined || file === '' || !vscode.workspace.isTrusted) return;
    this.connect(file).catch((error: unknown) => {
      parts.log.warn(`The lab of ${labVariable} cannot be used: ${String(error)}`);
    });
  }

  get commands(): Readonly<Record<`buildstream.${string}`, CommandHandler>> {
    return {
      'buildstream.connectLab': () => this.#choose(),
      'buildstream.disconnectLab': () => this.#disconnectAndTell(),
      'buildstream.repairLabNode': () => this.#hands('repair'),
      'buildstream.bootLabNode': () => this.#hands('boot'),
    };
  }

  /** Address of the lab's GitLab. Undefined if the editor is not connected to a lab. */
  get origin(): string | undefined {
    return this.#parts.context.globalState.get<string>(originKey);
  }

  async #hands(action: HandAction): Promise<void> {
    if (this.#connection === undefined) await this.#choose();
    if (this.#connection !== undefined) await useHands(action, this.#connection);
  }

  async #choose(): Promise<void> {
    const title = vscode.l10n.t('Connect to a Lab: Select Its lab.json');
    const [chosen] = (await vscode.window.showOpenDialog({ title, filters: { 'lab.json': ['json'] } })) ?? [];
    if (chosen === undefined) return;
    const { gitlab } = await this.connect(chosen.fsPath);
    void window.showInformationMessage(
      vscode.l10n.t('Connected to the lab. You are signed in to {0} as {1}.', gitlab.url, gitlab.username),
    );
  }

  /** Connects the editor to the lab of a lab.json. @throws UserError if it is not a lab on this machine */
  async connect(file: string): Promise<LabConnection> {
    const { value, problem } = readLabConnection(await readRegularFile(file, 'utf8'));
    if (value === undefined) {
      throw refused(
        problem === 'not-loopback'
          ? vscode.l10n.t('{0} is on another machine. A lab runs on this one.', file)
          : vscode.l10n.t('{0} was not written by a lab.', file),
      );
    }
    const { gitlab, api } = value;
    await this.#settings.trust(trustIn(value));
    tellKept(await this.#settings.apply(settingsFor(value)));
    await this.#credentials.save(value);
    const { url: origin, token, username } = gitlab;
    await this.#parts.accounts.save({ origin, token, username, scopes: ['api'] });
    const { globalState } = this.#parts.context;
    await globalState.update(originKey, origin);
    await globalState.update(apiKey, api.url);
    this.#connection = value;
    return value;
  }

  /** Reverts what the lab has set. @throws UserError if the editor is not connected to a lab */
  async disconnect(): Promise<void> {
    const { globalState } = this.#parts.context;
    const origin = globalState.get<string>(originKey);
    if (origin === undefined)
      throw lacking(vscode.l10n.t('The editor is not connected to a lab.'), {
        title: vscode.l10n.t('Connect to Lab…'),
        command: 'buildstream.connectLab',
      });
    await this.#settings.restore();
    await this.#credentials.forget(globalState.get<string>(apiKey));
    await this.#parts.accounts.remove(origin);
    await globalState.update(originKey, undefined);
    await globalState.update(apiKey, undefined);
    this.#connection = undefined;
  }

  async #disconnectAndTell(): Promise<void> {
    await this.disconnect();
    void window.showInformationMessage(
      vscode.l10n.t('Disconnected from the lab. Its settings, token and passwords were removed.'),
    );
  }
}

function tellKept(names: readonly string[]): void {
  if (names.length === 0) return;
  void window.showWarningMessage(
    vscode.l10n.t(
      'These settings keep your values, so stages may not reach the BMCs {0} of the lab: {1}',
      labBmcs,
      names.join(', '),
    ),
  );
}
