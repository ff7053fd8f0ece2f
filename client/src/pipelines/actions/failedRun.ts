import { refused } from '@omnia-buildstream/core/errors/userError';
import { judgeRetryPipeline } from '@omnia-buildstream/gitlab/actions/judgeRetry';
import type { RetryWish } from '@omnia-buildstream/gitlab/omnia/prepare/prepareMark';
import { findDeployRun } from '@omnia-buildstream/gitlab/tree/deployRun';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import * as vscode from 'vscode';
import { currentTree } from './actionContext.ts';
import { retryableRuns } from './findRuns.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { doesRestart, retryRefusal } from './retryCommands.ts';

/** A deploying child pipeline with failed jobs that can be retried. */
export type FailedRun = RetryWish;

/**
 * The pipeline that was clicked, otherwise the newest one whose failed restart can be retried.
 * @throws UserError, GitLabError
 */
export async function findFailedRun(open: OpenProject, rootId: number | undefined): Promise<FailedRun> {
  if (rootId !== undefined) return failedRunOf(await currentTree(open, rootId));
  const runs = await retryableRuns(open);
  const found = runs.find(({ step }) => step.kind === 'retry' && doesRestart(step.jobs));
  if (found === undefined) {
    throw refused(vscode.l10n.t('No deploy pipeline has a failed restart stage.'));
  }
  return failedRunOf(found.tree);
}

/** @throws UserError with the reason if it cannot be retried */
function failedRunOf(tree: PipelineNode): FailedRun {
  const run = findDeployRun(tree);
  if (run === undefined) {
    throw refused(vscode.l10n.t('Pipeline #{0} has no child pipeline that deploys.', tree.pipeline.id));
  }
  const { node } = run;
  const judgement = judgeRetryPipeline(node);
  if (judgement.allowed) return { tree, node, jobs: judgement.jobs };
  throw refused(retryRefusal(vscode.l10n.t('Pipeline #{0}', node.pipeline.id), judgement.reason));
}
