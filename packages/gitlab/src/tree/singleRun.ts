import { allPipelines, type PipelineNode } from './nodes.ts';

/** The stage of 2.1 in which the images that were just built are assigned to the nodes of the mapping file. */
export const deployAndValidateStage = 'deploy-and-validate';

/**
 * The one pipeline of Omnia 2.1: it has no children, and goes from the catalog to the nodes without a question. Source:
 * its `.gitlab-ci.yml` (omnia.md section 8).
 */
export function findSingleRun(root: PipelineNode): PipelineNode | undefined {
  return allPipelines(root).find(({ stages }) => stages.some(({ name }) => name === deployAndValidateStage));
}
