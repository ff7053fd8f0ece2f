import { failedListOf } from '@omnia-buildstream/core/plan/failedList';
import { noticePhrase } from '@omnia-buildstream/core/plan/planNotices';
import type { Obstacle, PreparedStage } from '@omnia-buildstream/core/stage/preparedStage';
import { commitAndReadBack, type CommitResult } from '../../api/committed.ts';
import type { FileUpdate } from '../../api/files.ts';
import type { WriteCalls } from '../../api/writes.ts';
import { bootedBy } from '../actionPlan.ts';
import { commitTouches, planAfter, type CommitTouches } from '../commitInputs.ts';
import type { LocalInput, OnServer } from './localInput.ts';
import { notBesideCadence } from '../otherRuns.ts';
import { branchOf, type OmniaProject } from '../project.ts';
import { failedNodesPath } from '../projectFiles.ts';
import type { RowTouches } from './rowTouches.ts';
import { planIdentity, type MappingPlan } from '../serverPlan.ts';
import type { Moved } from '../writes.ts';

export interface CommitRequest {
  readonly changes: readonly (LocalInput & OnServer)[];
  readonly message: string;
}

export type CommitEnd = CommitResult | { readonly kind: 'refused'; readonly reason: Moved };

/** A commit of files to the default branch. `nodes` are those that it boots without asking again. */
export interface PreparedCommit extends PreparedStage<WriteCalls, CommitEnd> {
  readonly touches: CommitTouches;
}

/** @throws GitLabError, NotUtf8Error */
export async function prepareCommit(
  project: OmniaProject,
  { changes, message }: CommitRequest,
): Promise<PreparedCommit> {
  const touches = await commitTouches(project, changes);
  const { plan, starts, rows, remarks } = touches;
  const planned = planIdentity(plan);
  const decided = plan?.decision;
  const texts = changes.flatMap(({ path, text, server }) => [path, server?.text ?? '', text]);
  return notBesideCadence<CommitEnd, PreparedCommit>(project, undefined, {
    stage: undefined,
    backend: 'gitlab',
    imageGroup: '',
    jobId: undefined,
    restart: decided?.plan === undefined ? undefined : decided,
    nodes: starts === 'cadence' ? bootedBy(plan) : [],
    files: changes.map(({ path, text }) => ({ name: nameOf(path), content: bytesOf(text) })),
    notes: [...(rows?.changes ?? []).map(noticePhrase), ...remarks],
    obstacles: changes.flatMap(listObstacles),
    identity: JSON.stringify(['commit', branchOf(project), message, ...texts, planned]),
    touches: { ...touches, plan: withoutChanges(plan, rows) },
    isNothing: changes.length === 0,
    asks: true,
    run: async (calls) => {
      // Each file is written only if unchanged. The plan may still have changed, because the failed nodes list did.
      const now = planIdentity(await planAfter(project, changes));
      return now === planned ? send(project, { changes, message }, calls) : { kind: 'refused', reason: 'plan-changed' };
    },
    close: () => Promise.resolve(),
  });
}

/** The restart stage would fail on a broken failed nodes list. */
function listObstacles({ path, text }: LocalInput): Obstacle[] {
  const list = path === failedNodesPath ? failedListOf(text, undefined) : undefined;
  return list?.kind === 'broken' ? [{ kind: 'failed-nodes', file: path, problems: list.problems }] : [];
}

/**
 * Commits exactly these files, each only if it is still the compared version, and reads them back. @throws GitLabError
 */
function send(project: OmniaProject, { changes, message }: CommitRequest, calls: WriteCalls): Promise<CommitResult> {
  const files = changes.map(({ path, text, server }): FileUpdate => ({
    path,
    content: bytesOf(text),
    lastCommitId: server?.file.lastCommitId,
  }));
  const commit = { branch: branchOf(project), message, files };
  return commitAndReadBack(project.client, { projectId: project.project.id, commit }, calls);
}

/** Removes the notices about rows from the plan, so that they are not repeated. */
function withoutChanges(plan: MappingPlan | undefined, rows: RowTouches | undefined): MappingPlan | undefined {
  if (plan?.decision.plan === undefined || rows === undefined) return plan;
  const told = new Set(rows.changes.map((notice) => JSON.stringify(notice)));
  const notices = plan.decision.plan.notices.filter((notice) => !told.has(JSON.stringify(notice)));
  return { ...plan, decision: { ...plan.decision, plan: { ...plan.decision.plan, notices } } };
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
