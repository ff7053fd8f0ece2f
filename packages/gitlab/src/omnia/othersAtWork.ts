import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { CallOptions } from '../http/requester.ts';
import type { Job } from '../model/job.ts';
import { phaseOf } from '../status/statuses.ts';
import { findDeployRun, type DeployRun } from '../tree/deployRun.ts';
import { jobsOf, type PipelineNode } from '../tree/nodes.ts';
import { deployAndValidateStage, findSingleRun } from '../tree/singleRun.ts';
import { typesOf } from '../tree/pipelineType.ts';
import { loadTree } from '../api/loadTree.ts';
import type { OmniaProject } from './project.ts';

export const workTexts = {
  stage: 'Pipeline #{id} in GitLab is running the {stage} stage.',
  cadence: 'Pipeline #{id} in GitLab is running a cadence, which deploys and restarts by itself.',
} as const;

/** GitLab lists at most this many on a page. */
const looked = 100;

/**
 * Deploys and restarts in progress in the project, each as a sentence. A pipeline that waits for a person does not
 * count.
 * @param own number of the current pipeline, which does not count
 * @param cadences whether they count; every write already reports them as an obstacle
 * @throws GitLabError
 */
export async function othersInGitLab(
  { client, project }: Pick<OmniaProject, 'client' | 'project'>,
  { own, cadences }: { readonly own: number | undefined; readonly cadences: boolean },
  call: CallOptions,
): Promise<readonly Phrase[]> {
  const { pipelines } = await client.pipelines.list(project.id, { perPage: looked }, call);
  const active = pipelines.filter(({ id, status }) => id !== own && isActive(status));
  const trees = await Promise.all(
    active.map(({ id }) => loadTree(client, { projectId: project.id, pipelineId: id }, call)),
  );
  return trees.flatMap((tree) => (!cadences && isCadence(tree) ? [] : workOf(tree)));
}

function workOf(tree: PipelineNode): Phrase[] {
  const { id, status } = tree.pipeline;
  const about = { id: String(id) };
  if (isCadence(tree)) return isActive(status) ? [phrase(workTexts.cadence, about)] : [];
  const run = findDeployRun(tree);
  const single = findSingleRun(tree);
  const jobs = [
    run?.deploy,
    run?.restart,
    ...(single === undefined ? [] : jobsOf(single).filter(({ stage }) => stage === deployAndValidateStage)),
  ];
  const going = jobs.find((job) => job !== undefined && isUnderWay(job)) ?? nextOf(run);
  return going === undefined ? [] : [phrase(workTexts.stage, { ...about, stage: going.stage })];
}

function isCadence(tree: PipelineNode): boolean {
  return typesOf(tree).has('cadence');
}

/** The restart stage follows deploy automatically, but for a moment neither of them is running. */
function nextOf(run: DeployRun | undefined): Job | undefined {
  const { node, deploy, restart } = run ?? {};
  const follows = deploy?.status === 'success' && restart?.status === 'created';
  return follows && node !== undefined && isActive(node.pipeline.status) ? restart : undefined;
}

/** A job that is only created waits for those before it. */
function isUnderWay({ status }: Job): boolean {
  return isActive(status) && status !== 'created';
}

function isActive(status: string): boolean {
  return phaseOf(status) === 'active';
}
