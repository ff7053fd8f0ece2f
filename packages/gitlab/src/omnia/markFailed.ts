import { failedListOf } from '@omnia-buildstream/core/plan/failedList';
import { markMessage, markText } from '@omnia-buildstream/core/failedNodes/markText';
import type { FailedNode } from '@omnia-buildstream/core/failedNodes/types';
import type { PlanProblem } from '@omnia-buildstream/core/plan/planProblems';
import { mergeConflictIn } from '@omnia-buildstream/core/plan/obstacles';
import { readMappingText } from '@omnia-buildstream/core/plan/targets';
import type { Obstacle } from '@omnia-buildstream/core/stage/preparedStage';
import { editFile, type EditResult, type TextFile } from '../api/editFile.ts';
import type { WriteCalls } from '../api/writes.ts';
import { branchOf, type OmniaProject } from './project.ts';
import { failedNodesPath, serverFile, serverMapping } from './projectFiles.ts';

/** The failed nodes list on the server, for marking nodes in it. */
export type Markable =
  | { readonly kind: 'missing' }
  | { readonly kind: 'broken'; readonly problems: readonly PlanProblem[] }
  | { readonly kind: 'usable'; readonly base: TextFile; readonly failed: readonly FailedNode[] };

/**
 * The nodes of a list that can be marked, which are those not marked yet. A byte order mark is dropped when the list is
 * written.
 */
export function markableIn(base: TextFile | undefined): Markable {
  const list = failedListOf(base?.text.replace(/^\ufeff/, ''), undefined);
  if (base === undefined || list.kind === 'missing') return { kind: 'missing' };
  if (list.kind === 'broken') return { kind: 'broken', problems: list.problems };
  const entries = list.kind === 'other-job' ? [] : list.nodes.entries;
  return { kind: 'usable', base, failed: entries.filter(({ status }) => status !== 'success') };
}

/** The current list on the default branch. @throws GitLabError, NotUtf8Error */
export async function readMarkable(project: OmniaProject): Promise<Markable> {
  return markableIn(await serverFile(project, failedNodesPath, branchOf(project)));
}

/**
 * What prevents marks, apart from the list itself: while the mapping file has a merge conflict, it is unknown which
 * nodes there will be. @throws GitLabError, NotUtf8Error
 */
export async function markObstacles(project: OmniaProject): Promise<Obstacle[]> {
  const mapping = await serverMapping(project, branchOf(project));
  const conflict = mapping && mergeConflictIn(readMappingText(mapping.text, mapping.version));
  return conflict === undefined ? [] : [{ kind: 'stage-ends', obstacle: conflict }];
}

/** Nodes to mark as booted, in the version of the list that the user sees. */
export interface Marks {
  readonly base: TextFile;
  readonly nodes: readonly Pick<FailedNode, 'hostname' | 'bmcIp'>[];
}

/** The project as it will be once the marks are committed: a plan made from it is the plan after the commit. */
export function withMarks(project: OmniaProject, { base, nodes }: Marks): OmniaProject {
  return { ...project, listAfterCommit: markedText(base.text, nodes) };
}

/** The text of the list with the nodes marked. */
export function markedText(text: string, nodes: Marks['nodes']): string {
  const bmcIps = nodes.map(({ bmcIp }) => bmcIp);
  return markText(text, bmcIps, 'success');
}

/**
 * Marks nodes as booted in failed_nodes.json of the default branch, only in the version that the user saw.
 * @throws GitLabError if GitLab refused; nothing was written
 */
export function markOnServer(project: OmniaProject, { base, nodes }: Marks, calls: WriteCalls): Promise<EditResult> {
  return editFile(
    project.client,
    {
      projectId: project.project.id,
      branch: branchOf(project),
      path: failedNodesPath,
      base,
      message: markMessage(nodes.map(({ hostname, bmcIp }) => (hostname === '' ? bmcIp : hostname))),
      edit: (text) => markedText(text, nodes),
    },
    calls,
  );
}
