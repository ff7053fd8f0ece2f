import { nextAction, type NextAction } from '../actions/nextAction.ts';
import type { Job } from '../model/job.ts';
import { phaseOf } from '../status/statuses.ts';
import { allPipelines, jobsOf, type PipelineNode } from '../tree/nodes.ts';

/** What to tell a user who is waiting for a pipeline. */
export type News =
  /** `failed` is the job to look at. */
  | { readonly kind: 'ended'; readonly tree: PipelineNode; readonly failed: Job | undefined }
  | { readonly kind: 'waits'; readonly tree: PipelineNode; readonly action: NextAction };

/** What is known about a watched pipeline, so that everything is reported only once. */
export interface Memory {
  /** The last end that was seen. When a retry ends, that is a new end. */
  readonly end: string | undefined;
  /** The clicks that the pipeline has waited for so far. */
  readonly clicks: ReadonlySet<string>;
}

/** For a pipeline that the user has just started, of which nothing has been seen yet. */
export const nothingSeen: Memory = { end: undefined, clicks: new Set() };

/**
 * What to report about a watched pipeline. What already applies when watching begins is not news.
 * @param memory undefined when watching begins
 */
export function newsOf(
  memory: Memory | undefined,
  tree: PipelineNode,
): { readonly memory: Memory; readonly news: News | undefined } {
  const action = nextAction(tree);
  const clicks = clicksOf(action);
  const end = clicks.length === 0 && phaseOf(tree.state.status) === 'over' ? endOf(tree) : undefined;
  const known = memory ?? nothingSeen;
  const now: Memory = { end: end ?? known.end, clicks: new Set([...known.clicks, ...clicks]) };
  if (memory === undefined) return { memory: now, news: undefined };
  if (clicks.some((click) => !memory.clicks.has(click))) return { memory: now, news: { kind: 'waits', tree, action } };
  if (end === undefined || end === memory.end) return { memory: now, news: undefined };
  return { memory: now, news: { kind: 'ended', tree, failed: failedJob(tree) } };
}

/** Uses only jobs, because the status of child pipelines and trigger jobs may lag behind. */
function endOf(tree: PipelineNode): string {
  const jobs = allPipelines(tree).flatMap(jobsOf);
  return [tree.state.status, ...jobs.map(({ id, status }) => `${String(id)}:${status}`)].join();
}

/** Identifies clicks by job ID: a retry creates new jobs, so a step that comes again counts as new. */
function clicksOf(action: NextAction): string[] {
  const key = ({ id }: { readonly id: number }) => `${action.kind} ${String(id)}`;
  switch (action.kind) {
    case 'choose-image':
    case 'retry-image':
      return action.images.map(key);
    case 'play-deploy':
      return [key(action.job)];
    case 'play':
      return action.jobs.map(key);
    default:
      return [];
  }
}

/** The failed job in the deepest pipeline; those above failed because of it. */
function failedJob(root: PipelineNode): Job | undefined {
  return allPipelines(root)
    .reverse()
    .flatMap(jobsOf)
    .find(({ status, allowFailure }) => status === 'failed' && !allowFailure);
}

export type Loudness = 'all' | 'failures' | 'none';

/** Whether the user wants to be told. */
export function isWanted(news: News, loudness: Loudness): boolean {
  if (loudness !== 'failures') return loudness === 'all';
  return news.kind === 'ended' && news.tree.state.status === 'failed';
}
