import { allPipelines, type PipelineNode } from './nodes.ts';

/** The stage of 2.1 that assigns the images that were just built to the nodes of the mapping file. */
export const deployAndValidateStage = 'deploy-and-validate';

/**
 * The only pipeline of Omnia 2.1: it has no children, and runs from the catalog to the nodes without asking. Source:
 * its `.gitlab-ci.yml` (omnia.md section 8).
 */
export function findSingleRun(root: PipelineNode): PipelineNode | undefined {
  return allPipelines(root).find(({ stages }) => stages.some(({ name }) => name === deployAndValidateStage));
}
