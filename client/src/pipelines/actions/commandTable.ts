import { refused } from '@omnia-buildstream/core/errors/userError';
import * as vscode from 'vscode';
import type { TokenStore } from '../../auth/tokenStore.ts';
import { openProject, type ActionContext } from './actionContext.ts';
import type { JobAction } from '../view/candidates.ts';
import { chooseProject } from '../project/chooseProject.ts';
import { commitFailedNodes, commitMappingFile } from '../files/commitCommand.ts';
import { commitInputFiles } from '../files/commitInputFiles.ts';
import { dealWithEnd } from './dealWithEnd.ts';
import { deployCommand } from './deployGuide.ts';
import { pullAndShowNodes } from '../files/pullAndShowNodes.ts';
import type { WaitedFor } from '../waitedFor.ts';
import type { GitLabCommand } from '../gitlabPart.ts';
import { filterPipelines } from '../view/filterCommands.ts';
import { copyLink, openLink } from '../view/links.ts';
import type { LogDocuments } from '../logs/logDocuments.ts';
import { saveJobLog, showLogOf } from '../logs/logCommands.ts';
import { openServerReport } from '../logs/serverReport.ts';
import { markAndRetry } from './markAndRetry.ts';
import { markWish } from './markWish.ts';
import { runToRetry, type JobElement, type PipelineElement, type RunElement } from '../view/pipelineElements.ts';
import { pickJob, pickPage, pickRun } from '../view/pickElement.ts';
import { playCommand } from './playCommand.ts';
import { playWithVariables } from './playVariables.ts';
import { retryJobCommand, retryPipelineCommand } from './retryCommands.ts';
import type { ServerDocuments } from '../files/serverDocuments.ts';
import { signOut } from '../account/signIn.ts';
import { startDeployCommand } from './startDeploy.ts';
import { testConnection } from '../account/testConnection.ts';

export interface TableParts extends ActionContext {
  readonly documents: ServerDocuments;
  readonly tokens: TokenStore;
  readonly logs: LogDocuments;
  readonly waited: WaitedFor;
  /** Called after the user has dealt with the end of a pipeline. */
  readonly onTold: () => void;
  readonly signIn: () => Promise<unknown>;
  readonly makeToken: () => Promise<unknown>;
  /** Connects anew and refreshes. */
  readonly reset: () => Promise<void>;
}

/**
 * What each command does, by name. A command of a context menu receives the clicked element; one from the command
 * palette receives none and asks for it.
 */
export function commandTable(
  parts: TableParts,
): Readonly<Record<GitLabCommand, (given: unknown, selected: unknown) => Promise<unknown>>> {
  const { tokens, session, model, reset } = parts;
  const onJob = async (given: unknown, action: JobAction, act: (job: JobElement) => Promise<void>) => {
    const job = given === undefined ? await pickJob(parts, action) : jobElement(given);
    if (job !== undefined) await act(job);
  };
  const onPage = async (given: unknown, act: (page: PipelineElement, origin: string) => Promise<void>) => {
    const page = given === undefined ? await pickPage(parts) : element(given);
    if (page !== undefined) await act(page, (await openProject(parts)).origin);
  };
  return {
    'buildstream.signIn': () => parts.signIn(),
    'buildstream.makeToken': () => parts.makeToken(),
    'buildstream.signOut': () => signOut(tokens),
    'buildstream.testConnection': async () => {
      await testConnection(tokens, session);
      await reset();
    },
    'buildstream.chooseProject': async () => {
      if (await chooseProject(session)) await reset();
    },
    'buildstream.refreshPipelines': () => model.refresh(),
    'buildstream.filterPipelines': () => filterPipelines(parts),
    'buildstream.loadMorePipelines': () => model.loadMore(),
    'buildstream.openInGitLab': (given) => onPage(given, openLink),
    'buildstream.copyGitLabLink': (given) => onPage(given, copyLink),
    'buildstream.startDeployPipeline': () => startDeployCommand(parts),
    'buildstream.playJob': (given) => onJob(given, 'play', (job) => playCommand(parts, job)),
    'buildstream.retryJob': (given) => onJob(given, 'retry', (job) => retryJobCommand(parts, job)),
    'buildstream.retryPipeline': async (given) => {
      const run = given === undefined ? await pickRun(parts) : runElement(given);
      if (run !== undefined) await retryPipelineCommand(parts, runToRetry(run) ?? run);
    },
    'buildstream.deploy': () => deployCommand(parts),
    'buildstream.playJobWithVariables': (given) =>
      onJob(given, 'play-with-variables', (job) => playWithVariables(parts, job)),
    'buildstream.commitMappingFile': () => commitMappingFile(parts),
    'buildstream.commitFailedNodes': () => commitFailedNodes(parts),
    'buildstream.commitInputFiles': () => commitInputFiles(parts),
    'buildstream.markAndRetry': (given, selected) => markAndRetry(parts, markWish(given, selected)),
    'buildstream.showJobLog': (given) => onJob(given, 'log', (job) => showLogOf(parts, job.entry)),
    'buildstream.saveJobLog': (given) => saveJobLog(parts, given),
    'buildstream.openServerReport': (given) => onJob(given, 'log', (job) => openServerReport(parts, job.entry)),
    'buildstream.pullAndShowNodes': () => pullAndShowNodes(),
    'buildstream.dealWithEnd': () => dealWithEnd(parts),
  };
}

function element(given: unknown): PipelineElement {
  const kind = typeof given === 'object' && given !== null && 'kind' in given ? given.kind : undefined;
  if (kind === 'run' || kind === 'job') return given as PipelineElement;
  throw refused(vscode.l10n.t('Select a pipeline or a job in the Pipelines view.'));
}

function jobElement(given: unknown): JobElement {
  const found = element(given);
  if (found.kind === 'job') return found;
  throw refused(vscode.l10n.t('Select a job in the Pipelines view.'));
}

function runElement(given: unknown): RunElement {
  const found = element(given);
  if (found.kind === 'run') return found;
  throw refused(vscode.l10n.t('Select a pipeline in the Pipelines view.'));
}
