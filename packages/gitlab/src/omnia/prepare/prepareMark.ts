import type { PreparedStage } from '@omnia-buildstream/core/stage/preparedStage';
import type { RetryRefusal } from '../../actions/judgeRetry.ts';
import type { EditResult } from '../../api/editFile.ts';
import type { WriteCalls } from '../../api/writes.ts';
import type { Bridge, Job } from '../../model/job.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { PipelineNode } from '../../tree/nodes.ts';
import { planOf } from '../actionPlan.ts';
import {
  markableIn,
  markedText,
  markObstacles,
  markOnServer,
  withMarks,
  type Markable,
  type Marks,
} from '../markFailed.ts';
import { notBesideCadence } from '../otherRuns.ts';
import type { OmniaProject } from '../project.ts';
import { failedNodesPath, NotUtf8Error } from '../projectFiles.ts';
import { newChildTouches, retryTouches, type Touches } from '../touches.ts';
import {
  newChildRefusedNow,
  newChildShown,
  retryPipelineShown,
  retryRefusedNow,
  type Moved,
  type Written,
} from '../writes.ts';

/** What is retried once the marks are in place. */
export interface RetryWish {
  readonly tree: PipelineNode;
  /** The child: the retry goes there, never to its trigger job. */
  readonly node: PipelineNode;
  readonly jobs: readonly Job[];
  /** The trigger job of its parent that recreates the child. Undefined if its failed jobs run again. */
  readonly anew?: Bridge;
}

/** The outcome of marks and of the retry after them. */
export type MarkEnd =
  /** Nothing was written, because the retry would no longer be what the user saw. */
  | { readonly kind: 'refused'; readonly reason: RetryRefusal | Moved }
  /** Nothing was written, because someone else has changed the list since. `theirs` is the base of the next try. */
  | { readonly kind: 'conflict'; readonly theirs: Markable }
  | { readonly kind: 'sent'; readonly commit: MarkCommit; readonly retry: RetryEnd };

export type MarkCommit = Exclude<EditResult, { kind: 'conflict' }>;

export type RetryEnd =
  | Written<Pipeline | Bridge, RetryRefusal | Moved>
  /** No retry was requested, or it is uncertain whether the list is as intended. */
  | { readonly kind: 'none' }
  /** GitLab could not be reached or refused: nothing was retried, and the marks stay. */
  | { readonly kind: 'failed'; readonly error: unknown };

/** Marks in failed_nodes.json, alone or with a retry that is planned from the marked list. */
export interface PreparedMark extends PreparedStage<WriteCalls, MarkEnd> {
  /** Effect of the retry; marks alone touch no node. */
  readonly touches: Touches;
}

/** @throws GitLabError, NotUtf8Error */
export async function prepareMark(
  project: OmniaProject,
  marks: Marks,
  retry: RetryWish | undefined,
): Promise<PreparedMark> {
  const marked = withMarks(project, marks);
  const touches: Touches = retry === undefined ? { kind: 'starts' } : await touchesOf(marked, retry);
  const way = retry?.anew === undefined ? again : anew;
  const sends = ['mark', marks.base.text, ...marks.nodes.map(({ bmcIp }) => bmcIp), ...retrySends(retry)];
  const content = new TextEncoder().encode(markedText(marks.base.text, marks.nodes));
  const plan = planOf(touches, sends);
  return notBesideCadence<MarkEnd, PreparedMark>(project, retry?.tree.pipeline.id, {
    ...plan,
    obstacles: marks.nodes.length === 0 ? plan.obstacles : [...(await markObstacles(project)), ...plan.obstacles],
    files: marks.nodes.length === 0 ? [] : [{ name: 'failed_nodes.json', content }],
    touches,
    isNothing: marks.nodes.length === 0 && retry === undefined,
    asks: true,
    run: async (calls) => {
      const shown = retry && { rootId: retry.tree.pipeline.id, of: retry.node.pipeline.id, touches };
      // Checked before anything is written: someone may have retried it while the question was open.
      const reason = shown === undefined ? undefined : await way.refusedNow(marked, shown);
      if (reason !== undefined) return { kind: 'refused', reason };
      const commit = await markOnServer(project, marks, calls);
      if (commit.kind === 'conflict') return { kind: 'conflict', theirs: readAgain(commit.theirs) };
      if (shown === undefined || !isThere(commit)) return { kind: 'sent', commit, retry: { kind: 'none' } };
      return { kind: 'sent', commit, retry: await retried(() => way.send(project, shown, calls)) };
    },
    close: () => Promise.resolve(),
  });
}

function retrySends(retry: RetryWish | undefined): string[] {
  if (retry === undefined) return [];
  const id = String(retry.node.pipeline.id);
  return retry.anew === undefined
    ? ['retry', id, ...retry.jobs.map(({ name }) => name)]
    : ['new-child', id, retry.anew.name];
}

function touchesOf(marked: OmniaProject, { tree, jobs, anew: bridge }: RetryWish): Promise<Touches> {
  return bridge === undefined ? retryTouches(marked, tree, jobs) : newChildTouches(marked, tree, bridge);
}

/** How the child is retried: what is checked before the marks are written, and what is sent after them. */
const again = { refusedNow: retryRefusedNow, send: retryPipelineShown };
const anew = { refusedNow: newChildRefusedNow, send: newChildShown };

/** Whether the branch certainly has the marks, so that the retry starts from what it was planned from. */
function isThere(commit: MarkCommit): boolean {
  if (commit.kind === 'unchanged') return true;
  return (commit.kind === 'done' || commit.kind === 'found') && commit.value.check.kind === 'same';
}

/** The marks are already written, so no later error may hide them. */
async function retried(send: () => Promise<RetryEnd>): Promise<RetryEnd> {
  try {
    return await send();
  } catch (error) {
    return { kind: 'failed', error };
  }
}

/** @throws NotUtf8Error */
function readAgain(theirs: Extract<EditResult, { kind: 'conflict' }>['theirs']): Markable {
  if (theirs.kind === 'not-utf8') throw new NotUtf8Error(failedNodesPath);
  return markableIn(theirs.kind === 'read' ? theirs.value : undefined);
}
