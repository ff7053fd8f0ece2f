import { traitsOf } from '@omnia-buildstream/core/mapping/versions';
import type { Bridge, Job } from '../model/job.ts';
import { findCleanupRun, isCleanup, type CleanupRun } from '../tree/cleanupRun.ts';
import { findDeployRun, imageGroupOf, stageNames, type DeployRun } from '../tree/deployRun.ts';
import type { PipelineNode } from '../tree/nodes.ts';
import { findSingleRun } from '../tree/singleRun.ts';
import { typesIn } from '../tree/pipelineType.ts';
import { checkImages, lackingRoles, listedGroup, type ImageCheck } from './imageCheck.ts';
import { askListed, nameGroups, type ListedGroup, type ListedGroups } from './listedGroups.ts';
import { deployedSince, type DeployedSince } from './deployedSince.ts';
import { branchOf, type OmniaProject } from './project.ts';
import { plainGroup } from './sameGroup.ts';
import { planAt, planIdentity, planOfNewJob, planOfRun, type MappingPlan, type PlannedRun } from './serverPlan.ts';

/** The effect of running a manual job, or of rerunning jobs. */
export type Touches =
  | { readonly kind: 'chooses-image'; readonly imageGroup: string }
  | {
      readonly kind: 'restarts';
      /** Whether the deploy stage runs first, which hands over the images. */
      readonly deploys: boolean;
      /** Image group of the run. Undefined if none is visibly chosen. */
      readonly imageGroup: string | undefined;
      /** Undefined if there is no mapping file. */
      readonly plan: MappingPlan | undefined;
      /** Plan of the branch's file, if the run may use that file instead and the plan differs. */
      readonly branchPlan?: MappingPlan;
      /** Image check of a deploy. Undefined if it is not a deploy, or has no mapping file or no chosen image. */
      readonly images?: ImageCheck | undefined;
      /** Which images the nodes boot now. */
      readonly since: DeployedSince;
      /** Number of the deploying pipeline. Undefined if it does not exist yet. */
      readonly runId: number | undefined;
    }
  /** Selects what a cleanup deletes when it runs. */
  | { readonly kind: 'chooses-deletion'; readonly imageGroup: string }
  /** Deletes the images and artifacts of image groups. GitLab does not say whether nodes are running them. */
  | { readonly kind: 'deletes'; readonly imageGroups: readonly string[] }
  /** A cadence builds, deploys and restarts without asking again. */
  | { readonly kind: 'cadence'; readonly plan: MappingPlan | undefined }
  /** Recreates a child pipeline: an image is chosen in it, and no node is touched before its deploy job is run. */
  | { readonly kind: 'makes-child' }
  /** Omnia 2.1: prepares all nodes of the mapping file for the images that were just built, and restarts none. */
  | { readonly kind: 'prepares-nodes' }
  /** Touches no node, as far as Omnia's stages are concerned. */
  | { readonly kind: 'starts' };

type Restarts = Extract<Touches, { readonly kind: 'restarts' }>;

type Named = Pick<Job | Bridge, 'stage' | 'pipelineId'> & { readonly name: string };

/** What running a manual job touches. @throws GitLabError, NotUtf8Error */
export async function playTouches(project: OmniaProject, root: PipelineNode, job: Named): Promise<Touches> {
  const deploy = findDeployRun(root);
  const cleanup = findCleanupRun(root);
  const isIn = (run: DeployRun | CleanupRun | undefined) => run?.node.pipeline.id === job.pipelineId;
  if (cleanup !== undefined && isIn(cleanup)) {
    await nameGroups(project, cleanup.images);
    return cleanupTouches(cleanup, job);
  }
  if (deploy === undefined || !isIn(deploy)) return triggerTouches(project, root, job);
  if (job.stage === stageNames.selectImage) {
    await nameGroups(project, [job]);
    return { kind: 'chooses-image', imageGroup: imageGroupOf(job) };
  }
  // In Omnia's child the restart stage follows deploy automatically.
  if (job.stage === stageNames.deploy) return restarts(project, root, true);
  return job.stage === stageNames.restart ? restarts(project, root, false) : { kind: 'starts' };
}

function cleanupTouches({ images }: CleanupRun, job: Named): Touches {
  if (job.stage === stageNames.selectImage) return { kind: 'chooses-deletion', imageGroup: imageGroupOf(job) };
  if (!isCleanup(job)) return { kind: 'starts' };
  const selected = images.filter(({ status }) => status === 'success');
  return { kind: 'deletes', imageGroups: selected.map(imageGroupOf) };
}

async function triggerTouches(project: OmniaProject, root: PipelineNode, job: Named): Promise<Touches> {
  if (!typesIn(job.name).includes('cadence')) return { kind: 'starts' };
  return { kind: 'cadence', plan: await planOfNewJob(project, root.pipeline.sha || root.pipeline.ref) };
}

/** What rerunning jobs touches, including what follows them automatically. @throws GitLabError, NotUtf8Error */
export async function retryTouches(
  project: OmniaProject,
  root: PipelineNode,
  jobs: readonly Named[],
): Promise<Touches> {
  const run = findDeployRun(root);
  const cleanup = findCleanupRun(root);
  const inCleanup = jobs.find((job) => job.pipelineId === cleanup?.node.pipeline.id && isCleanup(job));
  if (cleanup !== undefined && inCleanup !== undefined) return cleanupTouches(cleanup, inCleanup);
  const single = findSingleRun(root);
  const isInSingle = jobs.some(({ stage, pipelineId }) => pipelineId === single?.pipeline.id && stage !== 'summary');
  if (single !== undefined && isInSingle) return { kind: 'prepares-nodes' };
  const inRun = jobs.filter(({ pipelineId }) => pipelineId === run?.node.pipeline.id);
  const deploys = inRun.some(({ stage }) => stage === stageNames.deploy || stagesBeforeDeploy.has(stage));
  const restarted = inRun.some(({ stage }) => stage === stageNames.restart);
  return deploys || restarted ? restarts(project, root, deploys) : { kind: 'starts' };
}

/** Stages of a cadence: if one of them is run again, deploy and restart follow automatically. */
const stagesBeforeDeploy: ReadonlySet<string> = new Set([
  'initialization',
  'parse-catalog',
  'configure-local-repository',
  'build-images',
]);

/**
 * What recreating a child touches: a cadence runs to completion, any other child waits for an image.
 * @throws GitLabError, NotUtf8Error
 */
export async function newChildTouches(project: OmniaProject, root: PipelineNode, bridge: Named): Promise<Touches> {
  const touches = await triggerTouches(project, root, bridge);
  return touches.kind === 'cadence' ? touches : { kind: 'makes-child' };
}

/** The effect of deploy after selecting an image that is not selected yet. @throws GitLabError, NotUtf8Error */
export async function deployTouches(project: OmniaProject, root: PipelineNode, image: Job): Promise<Restarts> {
  const listed = await askListed(project);
  const jobId = listedGroup(listed, image)?.jobId ?? '';
  const run = { imageGroup: imageGroupOf(image), jobId, restart: findDeployRun(root)?.restart };
  return restarts(project, root, true, { image, run });
}

/**
 * The effect of a new deploy pipeline on the default branch with an image group that the BuildStreaM API lists.
 * @throws GitLabError, NotUtf8Error
 */
export async function newDeployTouches(project: OmniaProject, group: ListedGroup): Promise<Restarts> {
  const run = { imageGroup: group.id, jobId: group.jobId ?? '' };
  const plan = await planAt(project, branchOf(project), run);
  const listed: ListedGroups = { kind: 'listed', groups: [group] };
  const images = plan === undefined ? undefined : checkImages(listed, { name: group.id }, plan);
  const since = { kind: 'not-known' } as const;
  return { kind: 'restarts', deploys: true, imageGroup: group.id, plan, since, runId: undefined, images };
}

interface Ahead {
  readonly image: Job;
  readonly run: PlannedRun;
}

async function restarts(project: OmniaProject, root: PipelineNode, deploys: boolean, ahead?: Ahead): Promise<Restarts> {
  const run = findDeployRun(root);
  const image = ahead?.image ?? run?.images.find(({ status }) => status === 'success');
  const listed = await askListed(project);
  const since: DeployedSince = run === undefined ? { kind: 'not-known' } : await deployedSince(project, run);
  const imageGroup = image && imageGroupOf(image);
  const plan = await planOfRun(project, root, 'commit', ahead?.run);
  const mayRefresh = plan !== undefined && traitsOf(plan.version).refreshesInputs;
  const ofBranch = mayRefresh ? await planOfRun(project, root, 'branch', ahead?.run) : undefined;
  const isOther = ofBranch !== undefined && planIdentity(ofBranch) !== planIdentity(plan);
  const branch = isOther && { branchPlan: ofBranch };
  const runId = (run?.node ?? root).pipeline.id;
  const touches = { kind: 'restarts', deploys, imageGroup, plan, since, runId, ...branch } as const;
  if (!deploys || image === undefined || plan === undefined) return touches;
  // Checks both files, because either may be used.
  const checks = [plan, ...(isOther ? [ofBranch] : [])].map((one) => checkImages(listed, image, one));
  return { ...touches, images: checks.find((check) => lackingRoles(check).length > 0) ?? checks[0] };
}

const harmless: ReadonlySet<Touches['kind']> = new Set(['chooses-image', 'chooses-deletion', 'makes-child', 'starts']);

/** Whether it interferes with a deploy or restart in progress elsewhere. */
export function comesInTheWay({ kind }: Touches): boolean {
  return !harmless.has(kind);
}

/** Whether two effects are the same. */
export function isSameTouch(one: Touches, other: Touches): boolean {
  return touchIdentity(one) === touchIdentity(other);
}

/**
 * The identity of an effect: the same text for the same effect on nodes and images. Group names are in their plain
 * form, because without the API the name of a group has another form.
 */
export function touchIdentity(touches: Touches): string {
  switch (touches.kind) {
    case 'restarts':
      return `${String(touches.deploys)} ${plainGroup(touches.imageGroup ?? '')} ${planIdentity(touches.plan)} ${planIdentity(touches.branchPlan)} ${lackingText(touches)} ${sinceText(touches)}`;
    case 'cadence':
      return `cadence ${planIdentity(touches.plan)}`;
    default:
      return plainGroup(JSON.stringify(touches));
  }
}

/** The text does not change if the same group is deployed again. */
function sinceText({ since }: Extract<Touches, { kind: 'restarts' }>): string {
  return since.kind === 'other' ? `other ${plainGroup(since.imageGroup ?? String(since.pipelineId))}` : since.kind;
}

/** Only lacking roles count, so the text does not change if the API does not respond a second time. */
function lackingText({ images }: Extract<Touches, { kind: 'restarts' }>): string {
  return JSON.stringify(lackingRoles(images));
}
