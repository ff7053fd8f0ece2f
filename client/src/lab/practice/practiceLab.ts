import type { LabConnection } from '@omnia-buildstream/core/lab/connection';
import path from 'node:path';
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { lacking, ways } from '../../errors/lacking.ts';
import { presentError } from '../../errors/presentError.ts';
import { every } from '../../platform/clock.ts';
import type { CommandHandler } from '../../platform/commands.ts';
import { DisposableStore } from '../../platform/disposableStore.ts';
import { window } from '../../platform/window.ts';
import type { LabFeature } from '../labFeature.ts';
import { connectionFileIn, isAsked, runningLab, startLabProcess, type PracticeCluster } from './labProcess.ts';
import { checkOut, demandLabMachine, isFree, writeMarker } from './practiceProject.ts';

const stateKey = 'practice.folders';
/** Interval of requests that keep a lab running. It exits after a minute without a request. */
const askAgainMs = 10_000;

/** A folder that the user chose for a practice lab. */
interface Practice {
  readonly cluster: PracticeCluster;
  /** Whether a lab has run in the folder, so that its files belong to a lab. */
  readonly hasRun: boolean;
}

export interface PracticeParts {
  readonly context: Pick<vscode.ExtensionContext, 'globalState' | 'globalStorageUri' | 'asAbsolutePath'>;
  readonly log: vscode.LogOutputChannel;
  readonly lab: LabFeature;
}

/**
 * A practice lab in a folder that the user chose. It starts once that folder is open and trusted, keeps running across
 * a reload, and ends with the window. It needs no clone of a repository, because the extension contains command line
 * and lab.
 */
export class PracticeLab {
  readonly #store = new DisposableStore();
  readonly #parts: PracticeParts;
  #asking: { dispose(): void } | undefined;

  constructor(parts: PracticeParts) {
    this.#parts = parts;
    const resume = (): void => {
      const folder = this.#knownFolder();
      if (folder !== undefined) void this.#resume(folder);
    };
    if (vscode.workspace.isTrusted) resume();
    else this.#store.add(vscode.workspace.onDidGrantWorkspaceTrust(resume));
  }

  get commands(): Readonly<Record<`buildstream.${string}`, CommandHandler>> {
    return { 'buildstream.startLab': () => this.#start() };
  }

  dispose(): void {
    this.#asking?.dispose();
    this.#store.dispose();
  }

  /** Asks for the cluster, and for a folder unless the open one is empty or already used for a lab. */
  async #start(): Promise<void> {
    await demandLabMachine();
    const known = this.#knownFolder();
    if (known !== undefined && (await runningLab(this.#labFolder(known))) !== undefined) {
      tellRunning();
      return;
    }
    const open = vscode.workspace.workspaceFolders?.[0]?.uri;
    const isHere = known !== undefined || (open?.scheme === 'file' && (await isFree(open.fsPath)));
    const cluster = await askCluster(isHere && open !== undefined ? path.basename(open.fsPath) : undefined);
    if (cluster === undefined) return;
    const folder = isHere ? (known ?? open?.fsPath) : await this.#askFolder();
    if (folder === undefined) return;
    await writeMarker(folder);
    await this.#remember(folder, { cluster, hasRun: false });
    if (isHere && !vscode.workspace.isTrusted) {
      throw lacking(
        vscode.l10n.t('The practice lab starts as soon as you trust this folder, which is yours and empty.'),
        ways.trust(),
      );
    }
    if (isHere) await this.#run(folder);
    else await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(folder), { forceReuseWindow: true });
  }

  /** Undefined if the user cancels. @throws UserError for a folder that contains other files */
  async #askFolder(): Promise<string | undefined> {
    const [chosen] =
      (await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Start Practice Lab: Select an Empty Folder'),
        openLabel: vscode.l10n.t('Use This Folder'),
        canSelectFiles: false,
        canSelectFolders: true,
      })) ?? [];
    if (chosen === undefined) return undefined;
    if (this.#all()[chosen.fsPath] !== undefined || (await isFree(chosen.fsPath))) return chosen.fsPath;
    throw lacking(vscode.l10n.t('{0} is not empty. A practice lab needs an empty folder.', chosen.fsPath), {
      title: vscode.l10n.t('Select Another Folder…'),
      command: 'buildstream.startLab',
    });
  }

  async #resume(folder: string): Promise<void> {
    try {
      const practice = this.#all()[folder];
      const running = await runningLab(this.#labFolder(folder));
      if (running !== undefined) await this.#connect(folder, running);
      else if (practice?.hasRun === false) await this.#run(folder);
      else await this.#tellEnded();
    } catch (error) {
      await presentError(error, this.#parts.log);
    }
  }

  /** Starts the lab of a folder, fetches its project, and connects the editor. */
  async #run(folder: string): Promise<void> {
    const { context } = this.#parts;
    const labFolder = this.#labFolder(folder);
    const cluster = this.#all()[folder]?.cluster ?? 'healthy';
    await demandLabMachine();
    const title = vscode.l10n.t('Starting the practice lab');
    await window.withProgress({ location: vscode.ProgressLocation.Notification, title }, async () => {
      await startLabProcess(context.asAbsolutePath('dist/cli.js'), labFolder, cluster);
      const running = await runningLab(labFolder);
      if (running === undefined) throw new Error('The lab that was started does not answer.');
      await checkOut(running, folder, `${labFolder}.credentials`);
      await this.#remember(folder, { cluster, hasRun: true });
      await this.#connect(folder, running);
    });
    tellRunning();
  }

  async #connect(folder: string, running: LabConnection): Promise<void> {
    await this.#parts.lab.connect(connectionFileIn(this.#labFolder(folder)));
    this.#asking?.dispose();
    this.#asking = every(askAgainMs, () => void isAsked(running));
  }

  /** Disconnects from a lab that has ended, so that nothing waits for it, and offers to start a new one. */
  async #tellEnded(): Promise<void> {
    if (this.#parts.lab.origin !== undefined) await this.#parts.lab.disconnect();
    const again = vscode.l10n.t('Start Anew…');
    const text = vscode.l10n.t(
      'The practice lab of this folder ended with its window. A new one starts from the beginning and replaces the files of this folder.',
    );
    if ((await window.showInformationMessage(text, again)) === again) await this.#start();
  }

  #knownFolder(): string | undefined {
    const known = this.#all();
    return vscode.workspace.workspaceFolders?.map(({ uri }) => uri.fsPath).find((folder) => folder in known);
  }

  #all(): Readonly<Record<string, Practice>> {
    return this.#parts.context.globalState.get<Readonly<Record<string, Practice>>>(stateKey) ?? {};
  }

  async #remember(folder: string, practice: Practice): Promise<void> {
    await this.#parts.context.globalState.update(stateKey, { ...this.#all(), [folder]: practice });
  }

  /** Folder for the lab's own files. Its path is short, and outside of the project because it contains secrets. */
  #labFolder(folder: string): string {
    const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
    return path.join(this.#parts.context.globalStorageUri.fsPath, 'labs', name);
  }
}

async function askCluster(here: string | undefined): Promise<PracticeCluster | undefined> {
  const items = [
    {
      label: vscode.l10n.t('Healthy Cluster'),
      detail: vscode.l10n.t('20 nodes, and each of them boots: the way to a green pipeline'),
      cluster: 'healthy',
    },
    {
      label: vscode.l10n.t('Cluster with Three Broken Nodes'),
      detail: vscode.l10n.t('20 nodes, of which three fail: practice recovering them'),
      cluster: 'broken',
    },
  ] as const;
  const placeHolder =
    here === undefined
      ? vscode.l10n.t('Select a cluster; you select an empty folder for its project next')
      : vscode.l10n.t('Select a cluster; its project goes into the folder {0}', here);
  return (await window.showQuickPick(items, { title: vscode.l10n.t('Start Practice Lab'), placeHolder }))?.cluster;
}

/** Does not wait for the message, because it stays until the user closes it. */
function tellRunning(): void {
  const deploy = vscode.l10n.t('Deploy Through GitLab…');
  const tour = vscode.l10n.t('Show Tour');
  const text = vscode.l10n.t(
    'The practice lab is running on this computer until the window closes. Nothing outside it is touched.',
  );
  void window.showInformationMessage(text, deploy, tour).then(async (pressed) => {
    if (pressed === deploy) await vscode.commands.executeCommand('buildstream.deploy');
    if (pressed === tour) {
      await vscode.commands.executeCommand(
        'workbench.action.openWalkthrough',
        'omnia-buildstream.omnia-buildstream#recovery',
      );
    }
  });
}
