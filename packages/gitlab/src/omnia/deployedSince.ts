import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { isGitLabError } from '../errors/gitlabError.ts';
import type { Job } from '../model/job.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { imageGroupOf, stageNames, type DeployRun } from '../tree/deployRun.ts';
import { dateText } from './dateText.ts';
import { isSameGroup } from './sameGroup.ts';
import type { OmniaProject } from './project.ts';

/**
 * How other pipelines have changed the boot configuration, which all of them share (omnia.md section 7), since the
 * deploy of a run.
 */
export type DeployedSince =
  /** No pipeline that GitLab shows gave the nodes another image group. */
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'other';
      /** The last pipeline that did so. */
      readonly pipelineId: number;
      /** Undefined if it deployed what it built itself, as a cadence does. */
      readonly imageGroup: string | undefined;
      /** When its deploy began, in milliseconds since 1970 by GitLab's clock. */
      readonly atMs: number;
    }
  /**
   * The run has no successful deploy, GitLab does not show all pipelines, more pipelines have changed than are checked,
   * or a deploy failed or is running.
   */
  | { readonly kind: 'not-known' };

/** Each costs a request. */
const mostPipelines = 20;

/**
 * Checks the pipelines that changed since the deploy began. An older pipeline counts too if its deploy was run again,
 * and children change without their parents. @throws GitLabError unless it only means that something is not shown
 */
export async function deployedSince(project: OmniaProject, run: DeployRun): Promise<DeployedSince> {
  const { deploy } = run;
  const begunMs = deploy?.startedMs;
  if (deploy === undefined || begunMs === undefined) return { kind: 'not-known' };
  try {
    const changed = await changedSince(project, run, begunMs);
    if (changed === undefined) return { kind: 'not-known' };
    const tries = await Promise.all(changed.map((pipeline) => triesIn(project, pipeline)));
    const image = run.images.find(({ status }) => status === 'success');
    const own = { begunMs, isDone: isDone(deploy), imageGroup: image && imageGroupOf(image) };
    return judgeTries(tries.flat(), own);
  } catch (error) {
    if (isGitLabError(error, 'not-found', 'scope-missing')) return { kind: 'not-known' };
    throw error;
  }
}

/** Undefined if there are more pipelines than are checked. */
async function changedSince(
  { client, project, reading }: OmniaProject,
  { node: { pipeline: own } }: DeployRun,
  ours: number,
): Promise<readonly Pipeline[] | undefined> {
  const filter = { updatedAfter: new Date(ours), perPage: 100 };
  const pages = await Promise.all(
    [filter, { ...filter, source: 'parent_pipeline' }].map((one) =>
      client.pipelines.list(own.projectId ?? project.id, one, reading()),
    ),
  );
  const found = pages
    .flatMap(({ pipelines }) => pipelines)
    .filter(({ id, updatedMs }) => id !== own.id && (updatedMs === undefined || updatedMs > ours));
  const isWhole = pages.every(({ nextPage }) => nextPage === undefined) && found.length <= mostPipelines;
  return isWhole ? found : undefined;
}

/** A deploy that has begun. */
export interface DeployTry extends Omit<Extract<DeployedSince, { kind: 'other' }>, 'kind'> {
  /** Undefined while it is running. */
  readonly endedMs: number | undefined;
  /** Whether it succeeded; otherwise it is unknown how far it got. */
  readonly isDone: boolean;
}

/** The deploy of the run itself. */
interface OwnDeploy extends Pick<DeployTry, 'isDone' | 'imageGroup'> {
  readonly begunMs: number;
}

/**
 * What the nodes boot after all these tries. A later try that did not succeed leaves this open unless it was of the
 * same group.
 */
export function judgeTries(tries: readonly DeployTry[], own: OwnDeploy): DeployedSince {
  const [last] = tries
    .filter((one) => one.isDone && one.atMs > own.begunMs)
    .toSorted((one, other) => other.atMs - one.atMs);
  const { atMs, imageGroup } = last ?? { atMs: own.begunMs, imageGroup: own.imageGroup };
  const isOpen = tries.some(
    (one) => !one.isDone && (one.endedMs ?? Infinity) > atMs && !isSameOf(one.imageGroup, imageGroup),
  );
  if (isOpen || (last === undefined && !own.isDone)) return { kind: 'not-known' };
  if (last === undefined || isSameOf(imageGroup, own.imageGroup)) return { kind: 'nothing' };
  return { kind: 'other', pipelineId: last.pipelineId, imageGroup, atMs };
}

/** All tries of the deploy: a newer one that is still waiting says nothing about those before it. */
async function triesIn({ client, project, reading }: OmniaProject, { id, projectId }: Pipeline): Promise<DeployTry[]> {
  const jobs = await client.jobs.listOfPipeline(projectId ?? project.id, id, reading());
  const image = jobs.find(({ stage, status }) => stage === stageNames.selectImage && status === 'success');
  return jobs.flatMap((job): DeployTry[] => {
    const { stage, startedMs: atMs, finishedMs: endedMs } = job;
    if (stage !== stageNames.deploy || atMs === undefined) return [];
    return [{ pipelineId: id, imageGroup: image && imageGroupOf(image), atMs, endedMs, isDone: isDone(job) }];
  });
}

function isDone({ status }: Job): boolean {
  return status === 'success';
}

/** A cadence has no name for what it built, so it never equals another group. */
function isSameOf(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && isSameGroup(one, other);
}

export const sinceTexts = {
  built: 'the images that pipeline #{pipeline} built',
  other:
    'Pipeline #{pipeline} deployed {group} after this one ({date}): nodes boot {group} until this pipeline’s images are deployed again, which are {own}.',
  otherBefore:
    'Pipeline #{pipeline} deployed {group} after this one ({date}). This deploys {own} again; nodes that are not booted keep running what they booted last.',
  nothing:
    'Nodes boot {own}: no other pipeline has deployed another image group since. GitLab does not show deploys that the BuildStreaM API received without a pipeline.',
  notKnown:
    'It is unknown which images nodes boot: they boot those that were deployed last, and GitLab does not show whether another image group was deployed after {own}.',
} as const;

interface OfRun {
  readonly deploys: boolean;
  readonly imageGroup: string | undefined;
  readonly since: DeployedSince;
  readonly runId: number | undefined;
}

/** Which images the nodes boot when a run restarts them. A deploy already names the ones that it deploys. */
export function sinceNotes({ deploys, imageGroup, since, runId }: OfRun): Phrase[] {
  const own = named(imageGroup, runId);
  if (since.kind === 'other') {
    const { pipelineId: pipeline, atMs } = since;
    const params = { pipeline, group: named(since.imageGroup, pipeline), date: dateText(atMs), own };
    return [deploys ? phrase(sinceTexts.otherBefore, params) : phrase(sinceTexts.other, params)];
  }
  if (deploys) return [];
  return [since.kind === 'nothing' ? phrase(sinceTexts.nothing, { own }) : phrase(sinceTexts.notKnown, { own })];
}

function named(imageGroup: string | undefined, pipeline: number | undefined): string | Phrase {
  return imageGroup ?? phrase(sinceTexts.built, { pipeline: pipeline ?? '' });
}
