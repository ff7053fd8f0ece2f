import { followPipeline } from '@omnia-buildstream/gitlab/poll/followPipeline';
import { phaseOf } from '@omnia-buildstream/gitlab/status/statuses';
import { allPipelines, jobsOf, type PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import * as vscode from 'vscode';
import type { OpenProject } from '../project/projectSession.ts';
import { window } from '../../platform/window.ts';
import { clock, every } from '../../platform/clock.ts';

/** What is read from a log changes even while the pipeline stays the same. */
const updateMs = 3_000;

interface Followed {
  readonly pipelineId: number;
  readonly until: (tree: PipelineNode) => boolean;
  /** What else is known about the running jobs, in the user's language; may be empty. */
  readonly detail: () => string;
}

/**
 * Shows the progress of a pipeline until a condition holds. Canceling only stops the display; what runs cannot be
 * canceled here (docs/gitlab.md).
 * @returns undefined if the user stopped following
 * @throws GitLabError
 */
export async function followWithProgress(
  { client, project }: OpenProject,
  { pipelineId, until, detail }: Followed,
): Promise<PipelineNode | undefined> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Pipeline #{0}', pipelineId),
    cancellable: true,
  };
  return window.withProgress(options, async (progress, cancelled) => {
    const stop = new AbortController();
    cancelled.onCancellationRequested(() => {
      stop.abort();
    });
    let running: readonly string[] = [];
    const show = (): void => {
      progress.report({ message: progressText(pipelineId, detail(), running) });
    };
    const watch = (tree: PipelineNode) => {
      running = runningJobs(tree);
      show();
      return until(tree);
    };
    const target = { projectId: project.id, pipelineId, until: watch };
    const updates = every(updateMs, show);
    try {
      return await followPipeline(client, target, { clock, random: Math.random, signal: stop.signal });
    } finally {
      updates.dispose();
    }
  });
}

function runningJobs(tree: PipelineNode): string[] {
  return allPipelines(tree)
    .flatMap(jobsOf)
    .filter(({ status }) => phaseOf(status) === 'active' && status !== 'created')
    .map(({ name }) => name);
}

/**
 * Text below the title, which names the pipeline: facts about the nodes, otherwise the running jobs; then what
 * canceling does.
 */
export function progressText(pipelineId: number, detail: string, running: readonly string[]): string {
  const ofNodes = detail.replace(`#${String(pipelineId)} `, '').replace(/\.$/, '');
  if (ofNodes === '' && running.length === 0) return vscode.l10n.t('waiting');
  const ofJobs = running.length === 0 ? '' : vscode.l10n.t('running: {0}', running.join(', '));
  const cancel = vscode.l10n.t('Canceling stops the progress display only; the pipeline continues.');
  return `${ofNodes === '' ? ofJobs : ofNodes}. ${cancel}`;
}
