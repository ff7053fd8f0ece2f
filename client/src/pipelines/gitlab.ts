import { phrase } from '@omnia-buildstream/core/text/phrase';
import { othersInGitLab } from '@omnia-buildstream/gitlab/omnia/othersAtWork';
import { branchOf } from '@omnia-buildstream/gitlab/omnia/project';
import { serverMapping } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import type { Looked } from '@omnia-buildstream/runner/others/othersAtWork';
import { othersTexts } from '@omnia-buildstream/runner/others/othersTexts';
import type { FileVersion } from '@omnia-buildstream/core/nodes/compareNodes';
import * as vscode from 'vscode';
import type { StoredSession } from '../auth/storedSessions.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import { commandTable } from './actions/commandTable.ts';
import type { GitLabCommand, GitLabPart, GitLabParts, GitLabRuns } from './gitlabPart.ts';
import { isLogTerminal } from './logs/jobLog.ts';
import { LogColours } from './logs/logColours.ts';
import { LogDocuments } from './logs/logDocuments.ts';
import { registerLogLanguage } from './logs/logLanguage.ts';
import { isFiltering } from './view/pipelineFilter.ts';
import { PipelineNews } from './view/pipelineNews.ts';
import { tellNews } from './view/tellNews.ts';
import { gitlabTools } from './tools/gitlabTools.ts';
import { registerTerminalLinks } from './logs/terminalLinks.ts';
import { childrenOf, runElement, type PipelineElement } from './view/pipelineElements.ts';
import { toTreeItem } from './view/pipelineItems.ts';
import { PipelinesModel } from './view/pipelinesModel.ts';
import { PipelinesView } from './view/pipelinesView.ts';
import { presentError } from '../errors/presentError.ts';
import { hasApi } from '../oim/apiConfiguration.ts';
import { ImageNaming } from './imageNaming.ts';
import type { PipelineSummary } from './pipelineSummary.ts';
import { runSummary } from './runSummary.ts';
import { omniaProject } from './project/omniaProject.ts';
import { ProjectSession } from './project/projectSession.ts';
import { gitlabTries, tryWithNodes } from './restart/gitlabRuns.ts';
import { keepServerList } from './restart/keepServerList.ts';
import type { RestartParts } from './restart/restartWatch.ts';
import { useClock } from '../platform/clock.ts';
import { watchRepositories } from './project/remotes.ts';
import { ServerDocuments } from './files/serverDocuments.ts';
import { makeToken } from './account/makeToken.ts';
import { signIn } from './account/signIn.ts';
import { viewState } from './view/viewState.ts';

/** Entry point of the bundle with everything in the editor that talks to GitLab. */
export function openGitLab(parts: GitLabParts): GitLabPart {
  useClock(parts.clock);
  return new GitLab(parts);
}

class GitLab implements GitLabPart {
  readonly #store = new DisposableStore();
  readonly #parts: GitLabParts;
  readonly #session: ProjectSession;
  readonly #model: PipelinesModel;
  readonly #pipelinesView: PipelinesView;
  readonly #commands: ReturnType<typeof commandTable>;
  readonly tools: GitLabPart['tools'];

  constructor(parts: GitLabParts) {
    this.#parts = parts;
    const { tokens, state, view, onTreeChanged } = parts;
    this.#session = this.#store.add(new ProjectSession(tokens, state));
    const logs = this.#store.add(new LogDocuments());
    this.#store.add(registerLogLanguage(logs));
    this.#store.add(new LogColours(logs));
    this.#store.add(registerTerminalLinks(isLogTerminal));
    const restarts: RestartParts = {
      live: parts.live,
      nodes: () => parts.nodes.list?.nodes ?? [],
      onEnd: (open, tree) => keepServerList(open, tree, parts),
    };
    const news = new PipelineNews(
      (told) => {
        void this.#try(() =>
          tellNews(told, {
            session: this.#session,
            logs,
            waited: parts.waited,
            onTold: onTreeChanged,
            onEnd: restarts.onEnd,
          }),
        );
      },
      (open) => {
        const { project } = this.#model;
        if (project !== undefined) void parts.waited.keep(project, open);
      },
    );
    const drawAnew = () => {
      pipelinesView.update();
      onTreeChanged();
    };
    const naming = new ImageNaming({ state, hasApi, facts: parts.facts, onNamed: drawAnew });
    this.#model = this.#store.add(
      new PipelinesModel({
        session: this.#session,
        news,
        waited: parts.waited,
        restarts,
        onChange: () => {
          drawAnew();
          void naming.look(this.#model.trees.values());
        },
      }),
    );
    const pipelinesView = this.#store.add(new PipelinesView(view, this.#model));
    this.#pipelinesView = pipelinesView;
    const documents = this.#store.add(new ServerDocuments());
    const reset = () => this.#reset();
    const { facts, showPage, history } = parts;
    this.tools = gitlabTools({ session: this.#session, model: this.#model, facts, showPage, history });
    this.#commands = commandTable({
      tokens,
      logs,
      documents,
      session: this.#session,
      model: this.#model,
      facts: parts.facts,
      showPage: parts.showPage,
      history: parts.history,
      waited: parts.waited,
      onTold: onTreeChanged,
      signIn: () => this.signIn(),
      makeToken: async () => makeToken(this.#parts.tokens, await this.#suggested()),
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
        const own = ['url', 'project', 'servers'].map((name) => `buildstream.gitlab.${name}`);
        const names = [...own, 'http.proxy', 'http.noProxy'];
        if (names.some((name) => event.affectsConfiguration(name))) void reset();
      }),
    );
  }

  async run(command: GitLabCommand, argument: unknown, selected: unknown): Promise<void> {
    await this.#try(() => this.#commands[command](argument, selected));
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // Not awaited: the message stays until the user closes it.
      void presentError(error, this.#parts.log);
    }
  }

  async signIn(): Promise<StoredSession | undefined> {
    return signIn(this.#parts.tokens, await this.#suggested());
  }

  /** The server of the project, if known. */
  async #suggested(): Promise<string | undefined> {
    const { url, remotes } = await this.#session.sources();
    return url ?? remotes[0]?.server.origin;
  }

  async others(signal: AbortSignal): Promise<Looked> {
    const open = await this.#session.current();
    if (open === undefined) return { others: [], notKnown: phrase(othersTexts.notSignedIn) };
    return { others: await othersInGitLab(open, { own: undefined, cadences: true }, { signal }) };
  }

  get runs(): GitLabRuns {
    const model = this.#model;
    return {
      tries: async () => {
        if (model.project === undefined && model.error === undefined) await model.refresh();
        return gitlabTries(model.trees.values());
      },
      withNodes: async (file) => {
        if (model.project === undefined) return undefined;
        const nodes = this.#parts.nodes.list?.nodes ?? [];
        return tryWithNodes(model.project, { trees: model.trees.values(), file, nodes });
      },
    };
  }

  async mappingOnServer(): Promise<FileVersion | undefined> {
    const open = await this.#session.current();
    const found = open && (await serverMapping(omniaProject(open), branchOf(open)));
    return open && found && { name: `GitLab ${branchOf(open)}`, text: found.text };
  }

  async getChildren(element: PipelineElement | undefined): Promise<PipelineElement[]> {
    if (element === undefined) return this.#roots();
    if (element.kind === 'run' && element.rootId === element.pipeline.id) this.#model.watch(element.rootId);
    if (element.kind !== 'run' || element.node !== undefined) return childrenOf(element);
    // The view reports the failure.
    const node = await this.#model.openTree(element.pipeline.id).catch(() => undefined);
    return node === undefined ? [] : childrenOf(runElement(element.pipeline, node));
  }

  async summary(): Promise<PipelineSummary | undefined> {
    const model = this.#model;
    if (model.project === undefined && model.error === undefined) await model.refresh();
    const { project, answeredMs, isSilent, all, trees } = model;
    if (project === undefined) return undefined;
    const shown = all.map(({ id }) => trees.get(id)).find((tree) => tree !== undefined);
    return {
      project: project.project.path,
      host: new URL(project.origin).host,
      answeredMs,
      isSilent,
      run: shown && runSummary(shown, model.failedIn(shown.pipeline.id)),
    };
  }

  setStatusVisible(isVisible: boolean): void {
    this.#pipelinesView.setStatusVisible(isVisible);
  }

  setNodesVisible(areVisible: boolean): void {
    this.#model.schedule.setNodesVisible(areVisible);
  }

  async resume(): Promise<void> {
    await this.#model.refresh();
  }

  getTreeItem(element: PipelineElement): vscode.TreeItem {
    return toTreeItem(element, element.kind === 'run' ? this.#model.failedIn(element.rootId) : undefined);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #roots(): Promise<PipelineElement[]> {
    const model = this.#model;
    const isSignedIn = (await this.#parts.tokens.all()).length > 0;
    if (isSignedIn && model.pipelines === undefined && model.error === undefined) await model.refresh();
    const { pipelines, trees, error } = model;
    const isFiltered = isFiltering(model.filter);
    const state = viewState({ isSignedIn, error, shown: pipelines?.length, all: model.all.length, isFiltered });
    await vscode.commands.executeCommand('setContext', 'buildstream.gitlabState', state);
    const runs = (pipelines ?? []).map((pipeline) => runElement(pipeline, trees.get(pipeline.id)));
    return model.hasMore ? [...runs, { kind: 'more', id: 'more' }] : runs;
  }

  /** Starts over after a change of account, project, or connection to the server. */
  async #reset(): Promise<void> {
    await this.#session.reset();
    this.#model.reset();
  }
}
