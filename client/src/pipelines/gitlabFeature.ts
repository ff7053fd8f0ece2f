import { phrase } from '@omnia-buildstream/core/text/phrase';
import type { OtherPlace } from '@omnia-buildstream/runner/others/othersAtWork';
import { othersTexts } from '@omnia-buildstream/runner/others/othersTexts';
import * as vscode from 'vscode';
import { lacking, ways } from '../errors/lacking.ts';
import { AuthProvider } from '../auth/authProvider.ts';
import { TokenStore } from '../auth/tokenStore.ts';
import type { CommandHandler } from '../platform/commands.ts';
import { clock } from '../platform/clock.ts';
import type { ServerVersion } from '../plan/serverVersion.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import { gitlabCommands, type GitLabPart, type GitLabParts, type GitLabRuns } from './gitlabPart.ts';
import type { PipelineSummary } from './pipelineSummary.ts';
import { WaitedFor } from './waitedFor.ts';
import type { PipelineElement } from './view/pipelineElements.ts';

type GivenParts = Pick<GitLabParts, 'nodes' | 'live' | 'facts' | 'showPage' | 'history'>;

/** Context key for `when` in package.json: why the view is empty. */
const stateContext = 'buildstream.gitlabState';

/**
 * The part of GitLab that the editor needs at startup: accounts, the empty view, and the names of the commands. The
 * code that talks to GitLab is a bundle of its own, loaded when it is needed and the workspace is trusted.
 */
export class GitLabFeature implements vscode.TreeDataProvider<PipelineElement> {
  readonly #store = new DisposableStore();
  readonly #treeChanged = this.#store.add(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.#treeChanged.event;
  readonly #tokens: TokenStore;
  readonly #view: vscode.TreeView<PipelineElement>;
  readonly #state: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  readonly #given: GivenParts;
  readonly #waited: WaitedFor;
  #isStatusVisible = false;
  #areNodesVisible = false;
  #part: GitLabPart | undefined;
  #loading: Promise<GitLabPart> | undefined;

  constructor({ secrets, workspaceState }: vscode.ExtensionContext, log: vscode.LogOutputChannel, given: GivenParts) {
    this.#log = log;
    this.#given = given;
    this.#waited = new WaitedFor(workspaceState);
    this.#state = workspaceState;
    this.#tokens = this.#store.add(new TokenStore(secrets));
    this.#store.add(new AuthProvider(this.#tokens, async () => (await this.#load()).signIn()));
    this.#view = this.#store.add(
      vscode.window.createTreeView('buildstream.pipelines', { treeDataProvider: this, showCollapseAll: true }),
    );
    this.#store.add(
      this.#tokens.onDidChange(() => {
        if (this.#part !== undefined) return;
        this.#treeChanged.fire(undefined);
        void this.#resume();
      }),
    );
    void this.#resume();
    this.#store.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.#treeChanged.fire(undefined);
        void this.#resume();
      }),
    );
  }

  /** The tokens, for callers that sign in without asking the user. */
  get accounts(): TokenStore {
    return this.#tokens;
  }

  /** Deploys and restarts in progress in GitLab. Never asks the user to sign in. */
  get others(): OtherPlace {
    return {
      name: phrase(othersTexts.gitlab),
      look: async (_, signal) => {
        const isSignedIn = vscode.workspace.isTrusted && (await this.#tokens.all()).length > 0;
        if (isSignedIn) return (await this.#load()).others(signal);
        return { others: [], notKnown: phrase(othersTexts.notSignedIn) };
      },
    };
  }

  /** Runs of stages in GitLab. Never asks the user to sign in. */
  get runs(): GitLabRuns & { readonly onDidChange: vscode.Event<unknown> } {
    const isKnown = async (): Promise<boolean> => vscode.workspace.isTrusted && (await this.#tokens.all()).length > 0;
    return {
      onDidChange: this.onDidChangeTreeData,
      tries: async () => ((await isKnown()) ? (await this.#load()).runs.tries() : []),
      withNodes: async (file) => ((await isKnown()) ? (await this.#load()).runs.withNodes(file) : undefined),
    };
  }

  /** The mapping file of the branch that is deployed. */
  get onServer(): ServerVersion {
    return {
      isKnown: async () => vscode.workspace.isTrusted && (await this.#tokens.all()).length > 0,
      read: async () => (await this.#load()).mappingOnServer(),
    };
  }

  /** Handlers of all commands that need GitLab. */
  get commands(): Readonly<Record<`buildstream.${string}`, CommandHandler>> {
    return Object.fromEntries(
      gitlabCommands.map((name) => [
        name,
        async (argument: unknown, selected: unknown) => (await this.#load()).run(name, argument, selected),
      ]),
    );
  }

  /**
   * What the Status view shows about GitLab; loads the GitLab bundle. Undefined without a project or in an untrusted
   * workspace.
   */
  async summary(): Promise<PipelineSummary | undefined> {
    return vscode.workspace.isTrusted ? (await this.#load()).summary() : undefined;
  }

  /** What language models may know and do in GitLab; loads the GitLab bundle. */
  async tools(): Promise<GitLabPart['tools']> {
    return (await this.#load()).tools;
  }

  /** What was reported about a pipeline that failed, until the user has dealt with it. */
  get ended(): string | undefined {
    return this.#waited.ended?.text;
  }

  setStatusVisible(isVisible: boolean): void {
    this.#isStatusVisible = isVisible;
    this.#part?.setStatusVisible(isVisible);
  }

  /** Whether nodes are visible, in their view or on the fleet map. Loads nothing. */
  setNodesVisible(areVisible: boolean): void {
    this.#areNodesVisible = areVisible;
    this.#part?.setNodesVisible(areVisible);
  }

  getTreeItem(element: PipelineElement): vscode.TreeItem {
    return this.#part?.getTreeItem(element) ?? new vscode.TreeItem('');
  }

  async getChildren(element?: PipelineElement): Promise<PipelineElement[]> {
    if (this.#part === undefined) {
      const isSignedIn = vscode.workspace.isTrusted && (await this.#tokens.all()).length > 0;
      if (!isSignedIn) {
        await vscode.commands.executeCommand('setContext', stateContext, 'signed-out');
        return [];
      }
    }
    return (await this.#load()).getChildren(element);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #load(): Promise<GitLabPart> {
    if (!vscode.workspace.isTrusted) {
      throw lacking(vscode.l10n.t('GitLab is contacted in a trusted workspace only.'), ways.trust());
    }
    this.#loading ??= this.#open();
    return this.#loading;
  }

  /** Pipelines that ended while no window was open are reported at startup, or once there are trust and a token. */
  async #resume(): Promise<void> {
    if (!this.#waited.isAny || !vscode.workspace.isTrusted) return;
    if ((await this.#tokens.all()).length > 0) await (await this.#load()).resume();
  }

  async #open(): Promise<GitLabPart> {
    const { openGitLab } = await import('./gitlab.ts');
    const onTreeChanged = () => {
      this.#treeChanged.fire(undefined);
    };
    const part = openGitLab({
      log: this.#log,
      clock,
      tokens: this.#tokens,
      view: this.#view,
      state: this.#state,
      waited: this.#waited,
      ...this.#given,
      onTreeChanged,
    });
    // If the extension has already ended, this disposes of the part at once.
    this.#part = this.#store.add(part);
    part.setStatusVisible(this.#isStatusVisible);
    part.setNodesVisible(this.#areNodesVisible);
    return part;
  }
}
