import { defaultOmniaVersion, traitsOf, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { phaseOf } from '../status/statuses.ts';
import type { RetryRefusal } from '../actions/judgeRetry.ts';
import type { Bridge } from '../model/job.ts';
import { findDeployRun } from '../tree/deployRun.ts';
import { allPipelines, bridgesOf, jobsOf, type PipelineNode } from '../tree/nodes.ts';
import { inputChanges, type InputChanges } from './inputChanges.ts';
import type { OmniaProject } from './project.ts';
import { serverMapping } from './projectFiles.ts';

/**
 * How a failed child is retried: by running its failed jobs again, or by recreating the whole child from its parent.
 * Source: Omnia's guides on retries, for 2.2 and for 2.3.
 */
export type RetryWay = 'jobs' | 'new-child';

/** Where a run takes its input files from. */
export type InputSource =
  /** The pipeline's own commit, whatever was committed since. */
  | 'own-commit'
  /** The branch if the CI/CD variable GITLAB_API_TOKEN is set; otherwise, silently, the pipeline's own commit. */
  | 'branch-with-token';

/** What to know before a deploying child is retried. */
export interface RetryFacts {
  readonly version: OmniaVersion;
  /** The way that the guide of this version describes. */
  readonly wanted: RetryWay;
  readonly source: InputSource;
  readonly ref: string;
  /** Input files that were changed on the branch since the commit of the run. */
  readonly edited: InputChanges;
  /** False for a cadence, which has no image to choose. */
  readonly choosesImage: boolean;
}

/** From 2.3 on, deploy first fetches the input files of the branch. */
export function inputSourceOf(version: OmniaVersion): InputSource {
  return traitsOf(version).refreshesInputs ? 'branch-with-token' : 'own-commit';
}

/** Undefined if this is not the child that deploys. @throws GitLabError, NotUtf8Error */
export async function retryFacts(
  project: OmniaProject,
  root: PipelineNode,
  childId: number,
): Promise<RetryFacts | undefined> {
  const run = findDeployRun(root);
  if (run === undefined || run.node.pipeline.id !== childId || run.node.depth === 0) return undefined;
  const { sha, ref } = run.node.pipeline;
  const from = sha || ref;
  const version = project.version ?? (await serverMapping(project, from))?.version ?? defaultOmniaVersion;
  const source = inputSourceOf(version);
  const edited = await inputChanges(project, { from, to: ref });
  return {
    version,
    wanted: source === 'own-commit' ? 'jobs' : 'new-child',
    source,
    ref,
    edited,
    choosesImage: run.images.length > 0,
  };
}

export type NewChildJudgement =
  | { readonly allowed: true; readonly bridge: Bridge }
  | { readonly allowed: false; readonly reason: RetryRefusal };

/** Whether a child can be recreated: it is over or waits for a person, and its trigger job can be run again. */
export function judgeNewChild(root: PipelineNode, childId: number): NewChildJudgement {
  const found = allPipelines(root)
    .flatMap(bridgesOf)
    .find(({ child }) => child?.pipeline.id === childId);
  if (found?.child === undefined) return { allowed: false, reason: 'nothing-failed' };
  const isActive = jobsOf(found.child).some(({ status }) => phaseOf(status) === 'active' && status !== 'created');
  if (isActive) return { allowed: false, reason: 'still-active' };
  const isOver = ['success', 'failed', 'canceled'].includes(found.bridge.status);
  return isOver ? { allowed: true, bridge: found.bridge } : { allowed: false, reason: 'still-active' };
}
