import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { StageTry } from '@omnia-buildstream/core/history/timeline';
import type { Looked } from '@omnia-buildstream/runner/others/othersAtWork';
import type { FileVersion } from '@omnia-buildstream/core/nodes/compareNodes';
import type * as vscode from 'vscode';
import type { LiveNodes } from '../nodes/liveNodes.ts';
import type { NodesSource } from '../nodes/nodesSource.ts';
import type { GitLabTools } from '../tools/editorTools.ts';
import type { DeployFacts } from '../stages/facts/deployFacts.ts';
import type { StoredSession } from '../auth/storedSessions.ts';
import type { ShowPage } from '../decision/planLook.ts';
import type { TokenStore } from '../auth/tokenStore.ts';
import type { PipelineSummary } from './pipelineSummary.ts';
import type { WaitedFor } from './waitedFor.ts';
import type { PipelineElement } from './view/pipelineElements.ts';

/** What the bundle that talks to GitLab gets from the extension. */
export interface GitLabParts {
  readonly log: vscode.LogOutputChannel;
  readonly clock: Clock;
  readonly tokens: TokenStore;
  readonly view: vscode.TreeView<PipelineElement>;
  /** Remembers the project that was chosen. */
  readonly state: vscode.Memento;
  readonly waited: WaitedFor;
  readonly nodes: NodesSource;
  readonly live: LiveNodes;
  /** What only the BuildStreaM API and BMCs know. */
  readonly facts: () => Promise<DeployFacts>;
  readonly showPage: ShowPage;
  readonly history: HistoryParts;
  /** The tree has to be drawn anew. */
  readonly onTreeChanged: () => void;
}

/** Who writes the history of what is sent to GitLab, and where. */
export interface HistoryParts {
  /** Of the extension. */
  readonly version: string;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  /** Folder of the project whose history it is, absolute; undefined: none is open. */
  readonly project: () => Promise<string | undefined>;
}

/** Commands that need GitLab, in the order of package.json. */
export const gitlabCommands = [
  'buildstream.signIn',
  'buildstream.makeToken',
  'buildstream.signOut',
  'buildstream.testConnection',
  'buildstream.chooseProject',
  'buildstream.refreshPipelines',
  'buildstream.filterPipelines',
  'buildstream.loadMorePipelines',
  'buildstream.openInGitLab',
  'buildstream.copyGitLabLink',
  'buildstream.startDeployPipeline',
  'buildstream.playJob',
  'buildstream.retryJob',
  'buildstream.retryPipeline',
  'buildstream.deploy',
  'buildstream.playJobWithVariables',
  'buildstream.commitMappingFile',
  'buildstream.commitFailedNodes',
  'buildstream.commitInputFiles',
  'buildstream.markAndRetry',
  'buildstream.showJobLog',
  'buildstream.openServerReport',
  'buildstream.saveJobLog',
  'buildstream.pullAndShowNodes',
  'buildstream.dealWithEnd',
] as const;

export type GitLabCommand = (typeof gitlabCommands)[number];

/** Runs of stages in GitLab, for the timeline. */
export interface GitLabRuns {
  readonly tries: () => Promise<readonly StageTry[]>;
  /** With what its log tells of nodes; undefined: it is not known. */
  readonly withNodes: (file: string) => Promise<StageTry | undefined>;
}

/** The bundle that talks to GitLab. Owned by who made it. */
export interface GitLabPart {
  /** `selected`: everything that is selected in the view, when a menu was used. */
  readonly run: (command: GitLabCommand, argument: unknown, selected: unknown) => Promise<void>;
  readonly signIn: () => Promise<StoredSession | undefined>;
  /** What language models may know and do there. */
  readonly tools: GitLabTools;
  /** Deploys and restarts that are under way in the project. @throws GitLabError */
  readonly others: (signal: AbortSignal) => Promise<Looked>;
  /** Runs of stages in GitLab that are known, and one of them with its nodes. Empty without a project. @throws GitLabError */
  readonly runs: GitLabRuns;
  /** The mapping file of the branch that is deployed; undefined without one. @throws GitLabError */
  readonly mappingOnServer: () => Promise<FileVersion | undefined>;
  readonly getChildren: (element: PipelineElement | undefined) => Promise<PipelineElement[]>;
  readonly getTreeItem: (element: PipelineElement) => vscode.TreeItem;
  /** Looks first when nobody has looked yet. Undefined without a project. */
  readonly summary: () => Promise<PipelineSummary | undefined>;
  /** The Status view shows pipelines too. */
  readonly setStatusVisible: (isVisible: boolean) => void;
  /** The Nodes view or the fleet map shows what a restart does. */
  readonly setNodesVisible: (areVisible: boolean) => void;
  /** Goes on waiting for what a window before this one waited for. */
  readonly resume: () => Promise<void>;
  readonly dispose: () => void;
}
