import { isGitLabError } from '../errors/gitlabError.ts';
import type { CallOptions } from '../http/requester.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { buildTree, deepestChild, type PipelineAnswers } from '../tree/build.ts';
import type { PipelineNode, PipelinePart } from '../tree/nodes.ts';
import type { GitLabClient } from './client.ts';

type Client = Pick<GitLabClient, 'pipelines' | 'jobs'>;

/**
 * Loads a pipeline and its children, including children in other projects, with three requests for each pipeline. Parts
 * that GitLab does not show are `hidden` in the tree. @throws GitLabError if the pipeline itself is not shown
 */
export async function loadTree(
  client: Client,
  { projectId, pipelineId }: { projectId: number; pipelineId: number },
  call: CallOptions,
): Promise<PipelineNode> {
  const answers = new Map<number, PipelineAnswers>();
  const root = await client.pipelines.show(projectId, pipelineId, call);
  let level: readonly Pipeline[] = [{ ...root, projectId: root.projectId ?? projectId }];
  for (let depth = 0; depth <= deepestChild && level.length > 0; depth += 1) {
    const loaded = await Promise.all(
      level.map((known) => (depth === 0 ? partsOf(client, known, call) : childOf(client, known, call))),
    );
    for (const one of loaded) answers.set(one.pipeline.id, one);
    const children = loaded.flatMap(({ pipeline, bridges }) =>
      bridges.flatMap(({ downstream }): Pipeline[] => {
        if (downstream === undefined || answers.has(downstream.id)) return [];
        return [{ ...downstream, projectId: downstream.projectId ?? pipeline.projectId }];
      }),
    );
    level = [...new Map(children.map((child) => [child.id, child])).values()];
  }
  const tree = buildTree(pipelineId, answers);
  if (tree === undefined) throw new Error('The pipeline was just loaded.');
  return tree;
}

async function childOf(client: Client, known: Pipeline, call: CallOptions): Promise<PipelineAnswers> {
  const shown = await visible(client.pipelines.show(known.projectId ?? 0, known.id, call));
  if (shown === undefined) return { pipeline: known, jobs: [], bridges: [], hidden: ['pipeline'] };
  return partsOf(client, { ...shown, projectId: shown.projectId ?? known.projectId }, call);
}

async function partsOf(client: Client, pipeline: Pipeline, call: CallOptions): Promise<PipelineAnswers> {
  const { id, projectId = 0 } = pipeline;
  const [jobs, bridges] = await Promise.all([
    visible(client.jobs.listOfPipeline(projectId, id, call)),
    visible(client.jobs.bridges(projectId, id, call)),
  ]);
  const hidden: PipelinePart[] = [
    ...(jobs === undefined ? (['jobs'] as const) : []),
    ...(bridges === undefined ? (['trigger-jobs'] as const) : []),
  ];
  return { pipeline, jobs: jobs ?? [], bridges: bridges ?? [], hidden };
}

/** Undefined if GitLab does not show it: GitLab responds the same way whether a permission or the object is missing. */
async function visible<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isGitLabError(error, 'not-found', 'scope-missing')) return undefined;
    throw error;
  }
}
