import * as vscode from 'vscode';
import type { TokenStore } from '../auth/tokenStore.ts';
import { openProject, type ActionContext } from './actionContext.ts';
import { chooseProject } from './chooseProject.ts';
import { commitFailedNodes, commitMappingFile } from './commitCommand.ts';
import { deployCommand } from './deployGuide.ts';
import type { GitLabCommand } from './gitlabPart.ts';
import { filterByRef, filterByType } from './filterCommands.ts';
import { copyLink, openLink } from './links.ts';
import type { LogDocuments } from './logDocuments.ts';
import { saveJobLog, showLogOf } from './logCommands.ts';
import { markAndRetry } from './markAndRetry.ts';
import { markWish } from './markWish.ts';
import type { JobElement, PipelineElement, RunElement } from './pipelineElements.ts';
import { playCommand } from './playCommand.ts';
import { playWithVariables } from './playVariables.ts';
import { Refusal } from './refusal.ts';
import { retryJobCommand, retryPipelineCommand } from './retryCommands.ts';
import type { ServerDocuments } from './serverDocuments.ts';
import { signOut } from './signIn.ts';
import { startDeploy } from './startDeploy.ts';
import { testConnection } from './testConnection.ts';

export interface TableParts extends ActionContext {
  readonly documents: ServerDocuments;
  readonly tokens: TokenStore;
  readonly logs: LogDocuments;
  readonly signIn: () => Promise<unknown>;
  /** Connects anew and looks. */
  readonly reset: () => Promise<void>;
}

/** What the commands do, by name. Those of the context menus get the element that was clicked. */
export function commandTable(
  parts: TableParts,
): Readonly<Record<GitLabCommand, (given: unknown, selected: unknown) => Promise<unknown>>> {
  const { tokens, session, model, reset } = parts;
  return {
    'buildstream.signIn': () => parts.signIn(),
    'buildstream.signOut': () => signOut(tokens),
    'buildstream.testConnection': async () => {
      await testConnection(tokens, session);
      await reset();
    },
    'buildstream.chooseProject': async () => {
      if (await chooseProject(session)) await reset();
    },
    'buildstream.refreshPipelines': () => model.refresh(),
    'buildstream.filterPipelines': () => filterByType(parts),
    'buildstream.filterPipelinesByRef': () => filterByRef(parts),
    'buildstream.loadMorePipelines': () => model.loadMore(),
    'buildstream.openInGitLab': async (given) => openLink(element(given), (await openProject(parts)).origin),
    'buildstream.copyGitLabLink': async (given) => copyLink(element(given), (await openProject(parts)).origin),
    'buildstream.startDeployPipeline': () => startDeploy(parts),
    'buildstream.playJob': (given) => playCommand(parts, jobElement(given)),
    'buildstream.retryJob': (given) => retryJobCommand(parts, jobElement(given)),
    'buildstream.retryPipeline': (given) => retryPipelineCommand(parts, runElement(given)),
    'buildstream.deploy': () => deployCommand(parts),
    'buildstream.playJobWithVariables': (given) => playWithVariables(parts, jobElement(given)),
    'buildstream.commitMappingFile': () => commitMappingFile(parts),
    'buildstream.commitFailedNodes': () => commitFailedNodes(parts),
    'buildstream.markAndRetry': (given, selected) => markAndRetry(parts, markWish(given, selected)),
    'buildstream.showJobLog': (given) => showLogOf(parts, jobElement(given).entry),
    'buildstream.saveJobLog': (given) => saveJobLog(parts, given),
  };
}

function element(given: unknown): PipelineElement {
  const kind = typeof given === 'object' && given !== null && 'kind' in given ? given.kind : undefined;
  if (kind === 'run' || kind === 'job' || kind === 'stage') return given as PipelineElement;
  throw new Refusal(vscode.l10n.t('Choose a pipeline or a job in the view Pipelines.'));
}

function jobElement(given: unknown): JobElement {
  const found = element(given);
  if (found.kind === 'job') return found;
  throw new Refusal(vscode.l10n.t('Choose a job in the view Pipelines.'));
}

function runElement(given: unknown): RunElement {
  const found = element(given);
  if (found.kind === 'run') return found;
  throw new Refusal(vscode.l10n.t('Choose a pipeline in the view Pipelines.'));
}
