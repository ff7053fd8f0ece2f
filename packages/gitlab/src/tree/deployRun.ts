import type { Job } from '../model/job.ts';
import { isCleaning } from './cleanupRun.ts';
import { imageNames } from './imageNames.ts';
import { allPipelines, bridgesOf, jobsOf, type PipelineNode } from './nodes.ts';

/** The child pipeline that deploys, with its parts. Source: Omnia's `.gitlab-ci-deploy-child-template.yml`. */
export interface DeployRun {
  readonly node: PipelineNode;
  /** One manual job for each image group; none in a cadence, which deploys what it built. */
  readonly images: readonly Job[];
  readonly deploy: Job | undefined;
  readonly restart: Job | undefined;
  readonly validate: Job | undefined;
  /** Creates the list of images, in the parent; GitLab keeps its artifacts for two hours. */
  readonly listImages: Job | undefined;
}

export const stageNames = {
  listImages: 'list_images',
  selectImage: 'select_image',
  deploy: 'deploy',
  restart: 'restart',
  validate: 'validate',
} as const;

/** Whether this pipeline itself deploys: a child with images to select, or a cadence. Cleanups select images too. */
export function isDeploying(node: PipelineNode): boolean {
  const has = (stage: string) => node.stages.some(({ name }) => name === stage);
  if (isCleaning(node)) return false;
  return has(stageNames.selectImage) || (has(stageNames.deploy) && has(stageNames.restart));
}

/** The newest deploying child in the tree. Undefined if there is none (yet). */
export function findDeployRun(root: PipelineNode): DeployRun | undefined {
  const all = allPipelines(root);
  const node = all.filter(isDeploying).sort((a, b) => b.pipeline.id - a.pipeline.id)[0];
  if (node === undefined) return undefined;
  const jobs = jobsOf(node);
  const inStage = (stage: string) => jobs.find((job) => job.stage === stage);
  const parent = all.find((one) => bridgesOf(one).some(({ child }) => child === node));
  return {
    node,
    images: jobs.filter(({ stage }) => stage === stageNames.selectImage),
    deploy: inStage(stageNames.deploy),
    restart: inStage(stageNames.restart),
    validate: inStage(stageNames.validate),
    listImages: parent === undefined ? undefined : jobsOf(parent).find(({ stage }) => stage === stageNames.listImages),
  };
}

/** The image group that a select job stands for, by the name that people know. Not for use in API calls. */
export function imageGroupOf({ name }: Pick<Job, 'name'>): string {
  return imageNames.of(name);
}
