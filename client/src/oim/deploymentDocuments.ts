import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import * as vscode from 'vscode';
import { DisposableStore } from '../platform/disposableStore.ts';
import { groupNamed } from '../stages/oim/chooseGroup.ts';
import { deploymentText, type Deployment } from './deploymentText.ts';
import { deploymentWords } from './deploymentWords.ts';

const scheme = 'buildstream-deployment';

/** The calls that read a deployment. */
type DeploymentClient = Pick<OimClient, 'health' | 'images' | 'job'>;

const refreshTimeoutMs = 60_000;

/** Read-only documents about deployments, one per image group. They show the last response of the API. */
export class DeploymentDocuments implements vscode.TextDocumentContentProvider {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.#changed.event;
  readonly #now: () => number;
  /** Texts by URI. */
  readonly #texts = new Map<string, string>();
  /** Host of the API in the settings. It is part of the URI, so documents of another API are not refreshed. */
  readonly #host: () => string;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(now: () => number, host: () => string) {
    this.#now = now;
    this.#host = host;
    this.#store.add(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#texts.get(uri.toString()) ??
      vscode.l10n.t('Run "BuildStreaM: Show Deployment": what the API said is not kept.')
    );
  }

  /**
   * Asks the API and opens the document as a preview.
   * @param imageGroup undefined if the API has none
   * @throws OimError, UserError
   */
  async show(client: DeploymentClient, imageGroup: string | undefined, signal: AbortSignal): Promise<void> {
    const uri = this.#uriOf(imageGroup);
    await this.#read(client, uri, { imageGroup, signal });
    await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  }

  /** Asks the API again if the document has been shown and is still open in a tab. @throws OimError, UserError */
  async refresh(client: DeploymentClient, imageGroup: string): Promise<void> {
    const uri = this.#uriOf(imageGroup);
    if (!this.#texts.has(uri.toString()) || !isLookedAt(uri)) return;
    const signal = AbortSignal.timeout(refreshTimeoutMs);
    // One at a time, so that an older response never overwrites a newer one.
    const mine = this.#queue.then(() => this.#read(client, uri, { imageGroup, signal }));
    this.#queue = mine.catch(() => undefined);
    await mine;
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #read(
    client: DeploymentClient,
    uri: vscode.Uri,
    { imageGroup, signal }: { readonly imageGroup: string | undefined; readonly signal: AbortSignal },
  ): Promise<void> {
    const health = await client.health(signal);
    const groups = await client.images(undefined, signal);
    const deployment: Deployment = {
      api: this.#host(),
      health,
      at: this.#now(),
      groups,
      shown: imageGroup === undefined ? undefined : await shownOf(client, groupNamed(groups, imageGroup), signal),
    };
    this.#texts.set(uri.toString(), deploymentText(deployment, deploymentWords()));
    // VS Code closes documents that have no text editor, although a preview still shows them.
    await vscode.workspace.openTextDocument(uri);
    this.#changed.fire(uri);
  }

  #uriOf(imageGroup: string | undefined): vscode.Uri {
    const title = vscode.l10n.t('Deployment');
    const name = [title, ...(imageGroup === undefined ? [] : [imageGroup.replaceAll('/', '_')])].join(' ');
    return vscode.Uri.from({ scheme, authority: this.#host(), path: `/${name}.md` });
  }
}

async function shownOf(
  client: DeploymentClient,
  group: Deployment['groups'][number],
  signal: AbortSignal,
): Promise<Deployment['shown']> {
  return { group, job: group.jobId === undefined ? undefined : await client.job(group.jobId, signal) };
}

/** The tab of a preview has no URI, only a label that contains the name. */
function isLookedAt(uri: vscode.Uri): boolean {
  const name = uri.path.slice(1);
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ label }) => label.includes(name));
}
