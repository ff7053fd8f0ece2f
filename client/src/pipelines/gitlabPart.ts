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

/** What the extension passes to the bundle that talks to GitLab. */
export interface GitLabParts {
  readonly log: vscode.LogOutputChannel;
  readonly clock: Clock;
  readonly tokens: TokenStore;
  readonly view: vscode.TreeView<PipelineElement>;
  /** Remembers the selected project. */
  readonly state: vscode.Memento;
  readonly waited: WaitedFor;
  readonly nodes: NodesSource;
  readonly live: LiveNodes;
  /** What only the BuildStreaM API and BMCs know. */
  readonly facts: () => Promise<DeployFacts>;
  readonly showPage: ShowPage;
  readonly history: HistoryParts;
  /** Called when the tree must be redrawn. */
  readonly onTreeChanged: () => void;
}

/** Who writes the history of what is sent to GitLab, and where. */
export interface HistoryParts {
  /** Version of the extension. */
  readonly version: string;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  /** Absolute path of the project folder that the history belongs to. Undefined if none is open. */
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
  /** Includes what the run's log says about nodes. Undefined if the run is unknown. */
  readonly withNodes: (file: string) => Promise<StageTry | undefined>;
}

/** The bundle that talks to GitLab. Owned by its creator. */
export interface GitLabPart {
  /** `selected`: everything that is selected in the view, if called from a menu. */
  readonly run: (command: GitLabCommand, argument: unknown, selected: unknown) => Promise<void>;
  readonly signIn: () => Promise<StoredSession | undefined>;
  /** What language models may know and do in GitLab. */
  readonly tools: GitLabTools;
  /** Deploys and restarts in progress in the project. @throws GitLabError */
  readonly others: (signal: AbortSignal) => Promise<Looked>;
  /** Known runs of stages in GitLab, and one of them with its nodes. Empty without a project. @throws GitLabError */
  readonly runs: GitLabRuns;
  /** The mapping file of the branch that is deployed. Undefined if there is none. @throws GitLabError */
  readonly mappingOnServer: () => Promise<FileVersion | undefined>;
  readonly getChildren: (element: PipelineElement | undefined) => Promise<PipelineElement[]>;
  readonly getTreeItem: (element: PipelineElement) => vscode.TreeItem;
  /** Refreshes first if nothing has been read yet. Undefined without a project. */
  readonly summary: () => Promise<PipelineSummary | undefined>;
  /** Whether the Status view is visible, which also shows pipelines. */
  readonly setStatusVisible: (isVisible: boolean) => void;
  /** Whether the Nodes view or the fleet map is visible, which show what a restart does. */
  readonly setNodesVisible: (areVisible: boolean) => void;
  /** Continues to wait for the pipelines that an earlier window waited for. */
  readonly resume: () => Promise<void>;
  readonly dispose: () => void;
}
