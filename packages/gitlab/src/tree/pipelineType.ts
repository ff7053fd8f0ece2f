import { isCleaning } from './cleanupRun.ts';
import { isDeploying } from './deployRun.ts';
import { allPipelines, bridgesOf, jobsOf, type PipelineNode } from './nodes.ts';

/** What Omnia's router treats a pipeline as. Source: the variable PIPELINE_TYPE of its `.gitlab-ci.yml`. */
export const pipelineTypes = ['deploy', 'build', 'cleanup', 'cadence'] as const;
export type PipelineType = (typeof pipelineTypes)[number];

/** Stages that only a deploy pipeline or its parent has; `select_image` is in the child of a cleanup too. */
const deployStages: ReadonlySet<string> = new Set(['list_images', 'trigger_deploy']);

/**
 * The types of a pipeline: none if it is not Omnia's, more than one if a commit changed catalog and mapping file. Jobs
 * and trigger jobs are judged by name and stage, because reading a pipeline's variables needs a separate permission.
 * @param variables of the pipeline, if they could be read
 */
export function typesOf(root: PipelineNode, variables?: ReadonlyMap<string, string>): ReadonlySet<PipelineType> {
  const given = variables?.get('PIPELINE_TYPE');
  const declared = pipelineTypes.find((type) => type === given);
  if (declared !== undefined) return new Set([declared]);
  const found = new Set<PipelineType>();
  for (const node of allPipelines(root)) {
    const tells = node.stages.flatMap(({ name }) => typesIn(name));
    // A cleanup lists images, too.
    const lists = node.stages.some(({ name }) => deployStages.has(name)) && !tells.includes('cleanup');
    if (lists || isDeploying(node)) found.add('deploy');
    if (isCleaning(node)) found.add('cleanup');
  }
  const names = [
    ...bridgesOf(root)
      .filter(({ bridge }) => bridge.status !== 'manual' || bridge.downstream !== undefined)
      .map(({ bridge }) => bridge.name),
    ...jobsOf(root).map(({ stage }) => stage),
  ];
  for (const name of names) {
    for (const type of typesIn(name)) found.add(type);
  }
  // A cadence also builds and deploys, so its parts do not determine its type.
  return found.has('cadence') ? new Set(['cadence']) : found;
}

/** The types that the name of a job or stage indicates: `deploy_pipeline`, `cadence`. */
export function typesIn(name: string): PipelineType[] {
  const words = name.toLowerCase().split(/[_\W]+/);
  return pipelineTypes.filter((type) => words.includes(type));
}
