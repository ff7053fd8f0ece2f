import { followPipeline } from '@omnia-buildstream/gitlab/poll/followPipeline';
import { phaseOf } from '@omnia-buildstream/gitlab/status/statuses';
import { allPipelines, jobsOf, type PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import * as vscode from 'vscode';
import type { OpenProject } from '../project/projectSession.ts';
import { window } from '../../platform/window.ts';
import { clock, every } from '../../platform/clock.ts';

/** What is read of a log changes while the pipeline stays the same. */
const updateMs = 3_000;

interface Followed {
  readonly pipelineId: number;
  readonly until: (tree: PipelineNode) => boolean;
  /** What is known besides of what runs, in the user's language; may be empty. */
  readonly detail: () => string;
}

/**
 * Shows the progress of a pipeline until something is the case. Canceling stops the display only: there is no cancel
 * of what runs (docs/gitlab.md).
 * @returns undefined when the user stopped following
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

/** Below the title, which names the pipeline: what is known of the nodes, else which jobs run; then what canceling does. */
export function progressText(pipelineId: number, detail: string, running: readonly string[]): string {
  const ofNodes = detail.replace(`#${String(pipelineId)} `, '').replace(/\.$/, '');
  if (ofNodes === '' && running.length === 0) return vscode.l10n.t('waiting');
  const ofJobs = running.length === 0 ? '' : vscode.l10n.t('running: {0}', running.join(', '));
  const cancel = vscode.l10n.t('Canceling stops the progress display only; the pipeline continues.');
  return `${ofNodes === '' ? ofJobs : ofNodes}. ${cancel}`;
}
