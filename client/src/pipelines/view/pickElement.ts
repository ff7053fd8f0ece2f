import { refused } from '@omnia-buildstream/core/errors/userError';
import type { Pipeline } from '@omnia-buildstream/gitlab/model/pipeline';
import { groupStatus, jobStatus } from '@omnia-buildstream/gitlab/status/statuses';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import * as vscode from 'vscode';
import { currentTree, openProject, type ActionContext } from '../actions/actionContext.ts';
import { readCall } from '../project/omniaProject.ts';
import { jobsFor, pagesOf, runsToRetry, type JobAction } from './candidates.ts';
import { jobOf, type JobElement, type RunElement } from './pipelineElements.ts';
import { codiconOf, statusWord } from './statusLook.ts';
import { window } from '../../platform/window.ts';

const looked = 20;
/** Each tree takes several requests. */
const mostTrees = 8;

interface Looked {
  /** Newest first. */
  readonly pipelines: readonly Pipeline[];
  /** Trees of the wanted ones among them. */
  readonly trees: readonly PipelineNode[];
}

type Candidate = RunElement | JobElement;

/** Asks which job is meant if a command was called without one. @throws UserError if there is none, GitLabError */
export async function pickJob(context: ActionContext, action: JobAction): Promise<JobElement | undefined> {
  const isWanted = action === 'log' ? isAny : isUnfinished;
  return pick(await look(context, ({ trees }) => jobsFor(action, trees), isWanted), jobTitles(action));
}

/** Asks which pipeline to retry. @throws UserError if there is none, GitLabError */
export async function pickRun(context: ActionContext): Promise<RunElement | undefined> {
  const runs = await look(context, ({ trees }) => runsToRetry(trees));
  return pick(runs, {
    title: vscode.l10n.t('Select a Pipeline to Retry'),
    none: vscode.l10n.t('There are no pipelines to retry.'),
  });
}

/** Asks for a pipeline or job that has a page. @throws UserError if there is none, GitLabError */
export async function pickPage(context: ActionContext): Promise<Candidate | undefined> {
  const pages = await look(context, ({ pipelines, trees }) => pagesOf(pipelines, trees));
  return pick(pages, {
    title: vscode.l10n.t('Select a Pipeline or Job to Open'),
    none: vscode.l10n.t('The project has no pipelines yet.'),
  });
}

/** Reads the pipelines itself, because the view may be hidden, filtered, or outdated. */
async function look<T>(
  context: ActionContext,
  choose: (found: Looked) => readonly T[],
  isWanted: (pipeline: Pipeline) => boolean = isUnfinished,
): Promise<readonly T[]> {
  const open = await openProject(context);
  const options = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking for pipelines') };
  return window.withProgress(options, async () => {
    const { pipelines } = await open.client.pipelines.list(open.project.id, { perPage: looked }, readCall());
    const wanted = pipelines.filter(isWanted).slice(0, mostTrees);
    const trees = await Promise.all(wanted.map(({ id }) => currentTree(open, id)));
    return choose({ pipelines, trees });
  });
}

const isUnfinished = ({ status }: Pipeline): boolean => status !== 'success';
/** A log is worth reading whatever the result of the pipeline. */
const isAny = (): boolean => true;

/** Shows even a single candidate, so that the user confirms what is meant. */
async function pick<T extends Candidate>(
  candidates: readonly T[],
  { title, none }: { title: string; none: string },
): Promise<T | undefined> {
  if (candidates.length === 0) throw refused(none);
  const items = candidates.map((element) => ({ ...itemOf(element), element }));
  const chosen = await window.showQuickPick(items, {
    title,
    matchOnDescription: true,
    placeHolder: vscode.l10n.t('Newest first. Older ones are in the Pipelines view.'),
  });
  return chosen?.element;
}

function itemOf(element: Candidate): vscode.QuickPickItem {
  if (element.kind === 'run') {
    const { pipeline, node, rootId } = element;
    const info = groupStatus(node?.state ?? { status: pipeline.status, hasWarnings: false });
    const isChild = rootId !== pipeline.id;
    const title = isChild
      ? vscode.l10n.t('Child Pipeline #{0}', pipeline.id)
      : vscode.l10n.t('Pipeline #{0}', pipeline.id);
    return {
      label: `$(${codiconOf(info)}) ${title}: ${statusWord(info)}`,
      description: [isChild ? vscode.l10n.t('Pipeline #{0}', rootId) : '', pipeline.ref].filter(Boolean).join(' · '),
    };
  }
  const job = jobOf(element.entry);
  const info = jobStatus(job);
  return {
    label: `$(${codiconOf(info)}) ${job.name}: ${statusWord(info)}`,
    description: [job.stage, vscode.l10n.t('Pipeline #{0}', element.rootId)].join(' · '),
  };
}

function jobTitles(action: JobAction): { title: string; none: string } {
  switch (action) {
    case 'play':
      return {
        title: vscode.l10n.t('Select a Manual Job to Run'),
        none: vscode.l10n.t('There are no manual jobs to run.'),
      };
    case 'play-with-variables':
      return {
        title: vscode.l10n.t('Select a Manual Job to Run with Variables'),
        none: vscode.l10n.t('There are no manual jobs to run with variables.'),
      };
    case 'retry':
      return { title: vscode.l10n.t('Select a Job to Retry'), none: vscode.l10n.t('There are no jobs to retry.') };
    case 'log':
      return {
        title: vscode.l10n.t('Select a Job to Show Its Log'),
        none: vscode.l10n.t('There are no job logs to show. The newest pipelines are listed here.'),
      };
  }
}
