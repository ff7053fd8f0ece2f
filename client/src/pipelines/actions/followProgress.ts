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
 * Shows the progress of a pipeline until something is the case. Cancelling ends the looking only: there is no cancel
 * of what runs (docs/gitlab.md).
 * @returns undefined when the user does not want to look any longer
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
    let running = '';
    const show = (): void => {
      progress.report({ message: [detail(), running].filter((text) => text !== '').join('. ') });
    };
    const watch = (tree: PipelineNode) => {
      running = runningText(tree);
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

function runningText(tree: PipelineNode): string {
  const running = allPipelines(tree)
    .flatMap(jobsOf)
    .filter(({ status }) => phaseOf(status) === 'active' && status !== 'created');
  const names = running.map(({ name }) => name).join(', ');
  return names === ''
    ? vscode.l10n.t('waiting')
    : vscode.l10n.t('{0} is running. Canceling stops the progress display only; the pipeline continues.', names);
}
