import { guideStep, type GuideStep } from '@omnia-buildstream/gitlab/actions/guideStep';
import { phaseOf } from '@omnia-buildstream/gitlab/status/statuses';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { typesOf } from '@omnia-buildstream/gitlab/tree/pipelineType';
import { currentTree } from './actionContext.ts';
import { readCall } from '../project/omniaProject.ts';
import type { OpenProject } from '../project/projectSession.ts';

const looked = 20;
/** Each tree takes several requests. */
const mostTrees = 5;

export interface FoundRun {
  readonly tree: PipelineNode;
  readonly step: GuideStep;
}

/** Deploy pipelines that run or wait, and the newest pipeline of the project if it can be retried; newest first. */
export async function openRuns(open: OpenProject): Promise<FoundRun[]> {
  const runs = await findRuns(
    open,
    (status, index) => phaseOf(status) !== 'over' || (index === 0 && status === 'failed'),
  );
  return runs.filter(({ step }) => step.kind !== 'done');
}

/** Deploy pipelines whose failed part can be retried, newest first. */
export async function retryableRuns(open: OpenProject): Promise<FoundRun[]> {
  const runs = await findRuns(open, (status) => status === 'failed' || phaseOf(status) !== 'over');
  return runs.filter(({ step }) => step.kind === 'retry');
}

async function findRuns(open: OpenProject, isWanted: (status: string, index: number) => boolean): Promise<FoundRun[]> {
  const { pipelines } = await open.client.pipelines.list(open.project.id, { perPage: looked }, readCall());
  const wanted = pipelines.filter(({ status }, index) => isWanted(status, index)).slice(0, mostTrees);
  const trees = await Promise.all(wanted.map(({ id }) => currentTree(open, id)));
  return trees.filter((tree) => typesOf(tree).has('deploy')).map((tree) => ({ tree, step: guideStep(tree) }));
}
