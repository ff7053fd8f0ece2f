import { nextAction, type NextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import type { Job } from '@omnia-buildstream/gitlab/model/job';
import { groupStatus, jobStatus } from '@omnia-buildstream/gitlab/status/statuses';
import { findDeployRun, imageGroupOf, type DeployRun } from '@omnia-buildstream/gitlab/tree/deployRun';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import * as vscode from 'vscode';
import type { FailedCount, NextStep, RunSummary, StageState } from './pipelineSummary.ts';
import { nextText } from './view/nextText.ts';
import { statusSign, statusWord } from './view/statusLook.ts';

/** The newest deploy in a few words: its image, its four stages, the result on its nodes, and the next step. */
export function runSummary(tree: PipelineNode, failed: FailedCount | undefined): RunSummary {
  const run = findDeployRun(tree);
  const image = run?.images.find(({ status }) => status === 'success');
  return {
    pipelineId: tree.pipeline.id,
    state: statusWord(groupStatus(tree.state)),
    image: image && imageGroupOf(image),
    stages: run === undefined ? [] : stagesOf(run, image),
    failed: run?.restart?.status === 'success' ? { failed: 0, tried: undefined } : failed,
    next: nextStep(tree, run),
  };
}

function stagesOf({ images, deploy, restart, validate }: DeployRun, image: Job | undefined): StageState[] {
  const selecting = image ?? images.find(({ status }) => status !== 'manual') ?? images[0];
  const stages: readonly (readonly [title: string, job: Job | undefined])[] = [
    [vscode.l10n.t('image'), selecting],
    [vscode.l10n.t('deploy'), deploy],
    [vscode.l10n.t('restart'), restart],
    [vscode.l10n.t('validate'), validate],
  ];
  return stages.flatMap(([title, job]) => {
    if (job === undefined) return [];
    const info = jobStatus(job);
    return [{ title, state: statusWord(info), sign: statusSign(info) }];
  });
}

function nextStep(tree: PipelineNode, run: DeployRun | undefined): NextStep | undefined {
  const action = nextAction(tree);
  const rootId = tree.pipeline.id;
  const target = { kind: 'root', rootId } as const;
  switch (action.kind) {
    case 'choose-image':
    case 'play-deploy':
      return { text: vscode.l10n.t('select an image, PXE-boot nodes'), command: 'buildstream.deploy', args: [] };
    case 'retry-downstream':
      return isRestart(action, run)
        ? {
            text: vscode.l10n.t('repair, then mark and retry'),
            command: 'buildstream.markAndRetry',
            args: [target],
          }
        : { text: nextText(action), command: 'buildstream.retryPipeline', args: [] };
    case 'retry-pipeline':
      return { text: nextText(action), command: 'buildstream.retryPipeline', args: [] };
    case 'retry-image':
      return { text: nextText(action), command: 'buildstream.retryJob', args: [] };
    case 'play':
      return { text: nextText(action), command: 'buildstream.playJob', args: [] };
    case 'wait': {
      const jobs = action.on.map(({ name }) => name).join(', ');
      const text = jobs === '' ? vscode.l10n.t('Wait') : vscode.l10n.t('Wait for {0}', jobs);
      return { text, command: 'buildstream.pipelines.focus', args: [] };
    }
    case 'hidden':
      return { text: nextText(action), command: 'buildstream.pipelines.focus', args: [] };
    case 'done':
      return run !== undefined && action.status === 'success'
        ? { text: vscode.l10n.t('Verify the nodes'), command: 'buildstream.verify', args: [] }
        : { text: vscode.l10n.t('Deploy an image'), command: 'buildstream.deploy', args: [] };
  }
}

function isRestart({ jobs }: Extract<NextAction, { kind: 'retry-downstream' }>, run: DeployRun | undefined): boolean {
  return jobs.some(({ id }) => id === run?.restart?.id);
}
