import type { CallOptions } from '../http/requester.ts';
import { buildTree, deepestChild, type PipelineAnswers } from '../tree/build.ts';
import type { PipelineNode } from '../tree/nodes.ts';
import type { GitLabClient } from './client.ts';

/** Loads a pipeline with its children, three requests for each. @throws GitLabError */
export async function loadTree(
  client: Pick<GitLabClient, 'pipelines' | 'jobs'>,
  { projectId, pipelineId }: { projectId: number; pipelineId: number },
  call: CallOptions,
): Promise<PipelineNode> {
  const answers = new Map<number, PipelineAnswers>();
  let level: readonly number[] = [pipelineId];
  for (let depth = 0; depth <= deepestChild && level.length > 0; depth += 1) {
    const loaded = await Promise.all(level.map((id) => loadOne(client, { projectId, pipelineId: id }, call)));
    for (const one of loaded) answers.set(one.pipeline.id, one);
    const children = loaded.flatMap(({ bridges }) => bridges.map(({ downstream }) => downstream?.id));
    level = [...new Set(children)].filter((id) => id !== undefined).filter((id) => !answers.has(id));
  }
  const tree = buildTree(pipelineId, answers);
  if (tree === undefined) throw new Error('The pipeline was just loaded.');
  return tree;
}

async function loadOne(
  client: Pick<GitLabClient, 'pipelines' | 'jobs'>,
  { projectId, pipelineId }: { projectId: number; pipelineId: number },
  call: CallOptions,
): Promise<PipelineAnswers> {
  const [pipeline, jobs, bridges] = await Promise.all([
    client.pipelines.show(projectId, pipelineId, call),
    client.jobs.listOfPipeline(projectId, pipelineId, call),
    client.jobs.bridges(projectId, pipelineId, call),
  ]);
  return { pipeline, jobs, bridges };
}
