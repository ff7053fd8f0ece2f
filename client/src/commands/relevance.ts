import * as vscode from 'vscode';
import { connectionFacts, type ConnectionParts } from '../connections/connectionFacts.ts';
import { isMappingFile } from '../language/mappingFiles.ts';
import { LatestOnly } from '../nodes/latestOnly.ts';
import type { NodesSource } from '../nodes/nodesSource.ts';
import { hasOldSettings } from '../settings/migrateSettings.ts';
import { DisposableStore } from '../platform/disposableStore.ts';

/** Files that make a folder one of ours; `activationEvents` in package.json lists the same. */
const ourFiles = '**/{*pxe_mapping*.csv,failed_nodes.json,buildstream.yml}';

export interface RelevanceParts extends ConnectionParts {
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  readonly nodes: NodesSource;
}

/**
 * Decides which commands are relevant in this window, as context keys for `when` in package.json. Only this class sets
 * them. Until it has looked, none of them is set, as in a window without any of our files.
 * `test/contract/editor/palette.test.ts` has the table of what is offered when.
 */
export class Relevance {
  readonly #store = new DisposableStore();
  readonly #parts: RelevanceParts;
  readonly #told = new Map<string, boolean>();
  readonly #looking = new LatestOnly(() => this.#look());

  constructor(parts: RelevanceParts) {
    this.#parts = parts;
    const look = (): void => {
      void this.#looking.run();
    };
    const watcher = this.#store.add(vscode.workspace.createFileSystemWatcher(ourFiles, false, true, false));
    this.#store.add(watcher.onDidCreate(look));
    this.#store.add(watcher.onDidDelete(look));
    this.#store.add(vscode.workspace.onDidChangeWorkspaceFolders(look));
    const lookFor = (document: vscode.TextDocument): void => {
      if (isMappingFile(document)) look();
    };
    this.#store.add(vscode.workspace.onDidOpenTextDocument(lookFor));
    this.#store.add(vscode.workspace.onDidCloseTextDocument(lookFor));
    this.#store.add(parts.nodes.onDidChange(look));
    this.#store.add(parts.accounts.onDidChange(look));
    this.#store.add(parts.secrets.onDidChange(look));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('buildstream')) look();
      }),
    );
    look();
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #look(): Promise<void> {
    try {
      const { gitlab, api, bmcs, slurm, lab } = await connectionFacts(this.#parts);
      const words: Readonly<Record<string, boolean>> = {
        'buildstream.inProject': await this.#isProject(),
        'buildstream.hasFailedNodes': typeof this.#parts.nodes.list?.failedUri === 'string',
        'buildstream.hasOldSettings': hasOldSettings(),
        'buildstream.signedIn': gitlab.length > 0,
        'buildstream.bmcsSignedIn': bmcs.length > 0,
        'buildstream.apiSignedIn': api?.isSignedIn === true,
        'buildstream.slurmRest': slurm !== undefined,
        'buildstream.labConnected': lab !== undefined,
      };
      for (const [word, value] of Object.entries(words)) {
        if (this.#told.get(word) === value) continue;
        this.#told.set(word, value);
        await vscode.commands.executeCommand('setContext', word, value);
      }
    } catch (error) {
      this.#parts.log.warn(`Which commands are relevant could not be decided: ${String(error)}`);
    }
  }

  async #isProject(): Promise<boolean> {
    const { list } = this.#parts.nodes;
    if (list !== undefined && list !== null) return true;
    if (vscode.workspace.textDocuments.some(isMappingFile)) return true;
    return (await vscode.workspace.findFiles(ourFiles, undefined, 1)).length > 0;
  }
}
