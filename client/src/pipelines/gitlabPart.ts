import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type * as vscode from 'vscode';
import type { DeployFacts } from '../stages/facts/deployFacts.ts';
import type { StoredSession } from '../auth/storedSessions.ts';
import type { ShowPage } from '../decision/planLook.ts';
import type { TokenStore } from '../auth/tokenStore.ts';
import type { PipelineElement } from './view/pipelineElements.ts';

/** What the bundle that talks to GitLab gets from the extension. */
export interface GitLabParts {
  readonly log: vscode.LogOutputChannel;
  readonly clock: Clock;
  readonly tokens: TokenStore;
  readonly view: vscode.TreeView<PipelineElement>;
  /** Remembers the project that was chosen. */
  readonly state: vscode.Memento;
  /** What only the BuildStreaM API and BMCs know. */
  readonly facts: () => Promise<DeployFacts>;
  readonly showPage: ShowPage;
  /** The tree has to be drawn anew. */
  readonly onTreeChanged: () => void;
}

/** Commands that need GitLab, in the order of package.json. */
export const gitlabCommands = [
  'buildstream.signIn',
  'buildstream.signOut',
  'buildstream.testConnection',
  'buildstream.chooseProject',
  'buildstream.refreshPipelines',
  'buildstream.filterPipelines',
  'buildstream.filterPipelinesByRef',
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
  'buildstream.saveJobLog',
] as const;

export type GitLabCommand = (typeof gitlabCommands)[number];

/** The bundle that talks to GitLab. Owned by who made it. */
export interface GitLabPart {
  /** `selected`: everything that is selected in the view, when a menu was used. */
  readonly run: (command: GitLabCommand, argument: unknown, selected: unknown) => Promise<void>;
  readonly signIn: () => Promise<StoredSession | undefined>;
  readonly getChildren: (element: PipelineElement | undefined) => Promise<PipelineElement[]>;
  readonly getTreeItem: (element: PipelineElement) => vscode.TreeItem;
  readonly dispose: () => void;
}
