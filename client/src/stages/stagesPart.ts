import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { OtherPlace } from '@omnia-buildstream/runner/others/othersAtWork';
import type * as vscode from 'vscode';
import type { ShowPage } from '../decision/planLook.ts';
import type { LiveNodes } from '../nodes/liveNodes.ts';
import type { NodesSource } from '../nodes/nodesSource.ts';
import type { GitLabRuns } from '../pipelines/gitlabPart.ts';
import type { StageTools } from '../tools/editorTools.ts';
import type { DeployFacts } from './facts/deployFacts.ts';

/** What the extension passes to the bundle that runs stages. */
export interface StagesParts {
  /** Version of the extension. */
  readonly version: string;
  /** Folder of the extension. */
  readonly extension: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly clock: Clock;
  readonly nodes: NodesSource;
  readonly live: LiveNodes;
  /** The only store of BMC passwords, tokens, and the secret of the API client. */
  readonly secrets: vscode.SecretStorage;
  /** Stores the last image group. */
  readonly state: vscode.Memento;
  readonly showPage: ShowPage;
  /** Deploys and restarts in progress in GitLab. Never prompts the user to sign in. */
  readonly inGitLab: OtherPlace;
  /** Runs in GitLab, for the timeline. */
  readonly gitlabRuns: GitLabRuns & { readonly onDidChange: vscode.Event<unknown> };
  /** The validate stage in the Testing view. */
  readonly tests: vscode.TestController;
}

/** Commands of the BuildStreaM API. */
const apiCommandNames = [
  'buildstream.signInApi',
  'buildstream.signOutApi',
  'buildstream.testApi',
  'buildstream.showDeployment',
] as const;

/** Commands that need the stage engine, in the order of package.json. */
export const stageCommands = [
  'buildstream.runStage',
  'buildstream.runOnNodes',
  'buildstream.retryFailed',
  'buildstream.verify',
  'buildstream.stopStage',
  'buildstream.showRunHistory',
  'buildstream.showRunTimeline',
  'buildstream.checkBmcs',
  'buildstream.showPowerState',
  'buildstream.checkHardware',
  'buildstream.findBmcs',
  'buildstream.recoverBmc',
  'buildstream.setBmcCredentials',
  'buildstream.forgetBmcCredentials',
  'buildstream.setSlurmToken',
  'buildstream.forgetSlurmToken',
  ...apiCommandNames,
] as const;

export type StageCommand = (typeof stageCommands)[number];
export type ApiCommand = (typeof apiCommandNames)[number];

/** View type of the timeline panel, as in package.json. */
export const timelineType = 'buildstream.runTimeline';

/** The `type` of our tasks in tasks.json. */
export const taskType = 'buildstream';

/** The bundle that runs stages. Its creator disposes it. */
export interface StagesPart extends vscode.TaskProvider {
  /** Facts about a deploy that GitLab does not have. */
  readonly facts: DeployFacts;
  /** The language model tools for BMCs and the BuildStreaM API. */
  readonly tools: StageTools;
  /** Restores the timeline in its panel after a reload. */
  readonly restoreTimeline: (panel: vscode.WebviewPanel) => void;
  readonly run: (command: StageCommand, args: readonly unknown[]) => Promise<void>;
  /** `isAsked` if the user requested it: then an error is shown, else only logged. */
  readonly listTests: (isAsked: boolean) => Promise<void>;
  readonly runTests: (request: vscode.TestRunRequest, token: vscode.CancellationToken) => Promise<void>;
  readonly dispose: () => void;
}
