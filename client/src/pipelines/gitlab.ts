import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import * as vscode from 'vscode';
import type { StoredSession } from '../auth/storedSessions.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import { commandTable } from './commandTable.ts';
import type { GitLabCommand, GitLabPart, GitLabParts } from './gitlabPart.ts';
import { LogDocuments } from './jobLog.ts';
import { childrenOf, runElement, type PipelineElement } from './pipelineElements.ts';
import { toTreeItem } from './pipelineItems.ts';
import { PipelinesModel } from './pipelinesModel.ts';
import { PipelinesView } from './pipelinesView.ts';
import { presentGitLabError } from './presentGitLabError.ts';
import { ProjectSession } from './projectSession.ts';
import { Refusal } from './refusal.ts';
import { watchRepositories } from './remotes.ts';
import { signIn } from './signIn.ts';
import { viewState } from './viewState.ts';

/** Loads with the bundle: everything of the editor that talks to GitLab. */
export function openGitLab(parts: GitLabParts): GitLabPart {
  return new GitLab(parts);
}

class GitLab implements GitLabPart {
  readonly #store = new DisposableStore();
  readonly #parts: GitLabParts;
  readonly #session: ProjectSession;
  readonly #model: PipelinesModel;
  readonly #commands: ReturnType<typeof commandTable>;

  constructor(parts: GitLabParts) {
    this.#parts = parts;
    const { tokens, state, view, onTreeChanged } = parts;
    this.#session = this.#store.add(new ProjectSession(tokens, state));
    this.#model = this.#store.add(
      new PipelinesModel(this.#session, () => {
        pipelinesView.update();
        onTreeChanged();
      }),
    );
    const pipelinesView = this.#store.add(new PipelinesView(view, this.#model));
    const logs = this.#store.add(new LogDocuments());
    const reset = () => this.#reset();
    this.#commands = commandTable({
      tokens,
      logs,
      session: this.#session,
      model: this.#model,
      signIn: () => this.signIn(),
      reset,
    });
    this.#store.add(tokens.onDidChange(() => void reset()));
    this.#store.add(
      watchRepositories(() => {
        if (this.#model.pipelines === undefined) void reset();
      }),
    );
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        const names = ['buildstream.gitlab', 'http.proxy', 'http.noProxy'];
        if (names.some((name) => event.affectsConfiguration(name))) void reset();
      }),
    );
  }

  async run(command: GitLabCommand, argument: unknown): Promise<void> {
    try {
      await this.#commands[command](argument);
    } catch (error) {
      if (!isGitLabError(error) && !(error instanceof Refusal)) throw error;
      // Not awaited: the message stays until the user closes it.
      void presentGitLabError(error, this.#parts.log);
    }
  }

  async signIn(): Promise<StoredSession | undefined> {
    const { url, remotes } = await this.#session.sources();
    return signIn(this.#parts.tokens, url ?? remotes[0]?.server.origin);
  }

  async getChildren(element: PipelineElement | undefined): Promise<PipelineElement[]> {
    if (element === undefined) return this.#roots();
    if (element.kind !== 'run' || element.node !== undefined) return childrenOf(element);
    // A failure is told by the view.
    const node = await this.#model.openTree(element.pipeline.id).catch(() => undefined);
    return node === undefined ? [] : childrenOf(runElement(element.pipeline, node));
  }

  getTreeItem(element: PipelineElement): vscode.TreeItem {
    return toTreeItem(element);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #roots(): Promise<PipelineElement[]> {
    const model = this.#model;
    const isSignedIn = (await this.#parts.tokens.all()).length > 0;
    if (isSignedIn && model.pipelines === undefined && model.error === undefined) await model.refresh();
    const { pipelines, trees, error } = model;
    const state = viewState({ isSignedIn, error, shown: pipelines?.length, all: model.all.length });
    await vscode.commands.executeCommand('setContext', 'buildstream.gitlabState', state);
    const runs = (pipelines ?? []).map((pipeline) => runElement(pipeline, trees.get(pipeline.id)));
    return model.hasMore ? [...runs, { kind: 'more', id: 'more' }] : runs;
  }

  /** Another account, project or way to the server. */
  async #reset(): Promise<void> {
    await this.#session.reset();
    this.#model.reset();
  }
}
