import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { OtherPlace } from '@omnia-buildstream/runner/others/othersAtWork';
import type * as vscode from 'vscode';
import type { ShowPage } from '../decision/planLook.ts';
import type { LiveNodes } from '../nodes/liveNodes.ts';
import type { NodesSource } from '../nodes/nodesSource.ts';
import type { GitLabRuns } from '../pipelines/gitlabPart.ts';
import type { StageTools } from '../tools/editorTools.ts';
import type { DeployFacts } from './facts/deployFacts.ts';

/** What the bundle that runs stages gets from the extension. */
export interface StagesParts {
  /** Of the extension. */
  readonly version: string;
  /** Where the extension is. */
  readonly extension: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly clock: Clock;
  readonly nodes: NodesSource;
  readonly live: LiveNodes;
  /** Passwords of BMCs, tokens, and the secret of the API's client lie here and nowhere else. */
  readonly secrets: vscode.SecretStorage;
  /** Remembers the image group. */
  readonly state: vscode.Memento;
  readonly showPage: ShowPage;
  /** Deploys and restarts under way in GitLab; nobody is asked to sign in for that. */
  readonly inGitLab: OtherPlace;
  /** What GitLab ran, for the timeline. */
  readonly gitlabRuns: GitLabRuns & { readonly onDidChange: vscode.Event<unknown> };
  /** The stage validate in the view Testing. */
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

/** Of the panel, as in package.json. */
export const timelineType = 'buildstream.runTimeline';

/** `type` of our tasks in tasks.json. */
export const taskType = 'buildstream';

/** The bundle that runs stages. Owned by who made it. */
export interface StagesPart extends vscode.TaskProvider {
  /** What GitLab does not know before a deploy. */
  readonly facts: DeployFacts;
  /** What language models may know and do there. */
  readonly tools: StageTools;
  /** Fills the panel with the timeline again after a reload. */
  readonly restoreTimeline: (panel: vscode.WebviewPanel) => void;
  readonly run: (command: StageCommand, args: readonly unknown[]) => Promise<void>;
  /** `isAsked`: the user wants it now, and hears why it cannot be. */
  readonly listTests: (isAsked: boolean) => Promise<void>;
  readonly runTests: (request: vscode.TestRunRequest, token: vscode.CancellationToken) => Promise<void>;
  readonly dispose: () => void;
}
