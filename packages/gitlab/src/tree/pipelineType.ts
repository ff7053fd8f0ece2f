import { allPipelines, bridgesOf, jobsOf, type PipelineNode } from './nodes.ts';

/** What Omnia's router makes of a pipeline. Source: the variable PIPELINE_TYPE of its `.gitlab-ci.yml`. */
export const pipelineTypes = ['deploy', 'build', 'cleanup'] as const;
export type PipelineType = (typeof pipelineTypes)[number];

/** Stages that only a deploy pipeline or its child has. */
const deployStages: ReadonlySet<string> = new Set(['list_images', 'trigger_deploy', 'select_image']);

/**
 * The types of a pipeline: none when it is not Omnia's, more than one when a commit changed catalog and mapping file.
 * Jobs and trigger jobs are judged by name and stage, because the variables of a pipeline need a right of their own.
 * @param variables of the pipeline, when they could be read
 */
export function typesOf(root: PipelineNode, variables?: ReadonlyMap<string, string>): ReadonlySet<PipelineType> {
  const given = variables?.get('PIPELINE_TYPE');
  const declared = pipelineTypes.find((type) => type === given);
  if (declared !== undefined) return new Set([declared]);
  const found = new Set<PipelineType>();
  for (const node of allPipelines(root)) {
    if (node.stages.some(({ name }) => deployStages.has(name))) found.add('deploy');
  }
  const names = [
    ...bridgesOf(root)
      .filter(({ bridge }) => bridge.status !== 'manual' || bridge.downstream !== undefined)
      .map(({ bridge }) => bridge.name),
    ...jobsOf(root).map(({ stage }) => stage),
  ];
  for (const name of names) {
    const words = name.toLowerCase().split(/[_\W]+/);
    for (const type of pipelineTypes) if (words.includes(type)) found.add(type);
  }
  return found;
}
