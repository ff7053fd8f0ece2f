import { nodesIn } from '@omnia-buildstream/core/plan/failedList';
import { expiredArtifacts, otherPipelines, staleFailedNodes, type Warning } from '../actions/warnings.ts';
import { readRunJobId } from '../api/runJobId.ts';
import { findDeployRun } from '../tree/deployRun.ts';
import type { PipelineNode } from '../tree/nodes.ts';
import { otherRuns } from './otherRuns.ts';
import type { OmniaProject } from './project.ts';
import { serverList, writtenMs } from './projectFiles.ts';

interface Asked {
  /** Undefined before the pipeline exists. */
  readonly root: PipelineNode | undefined;
  /** Pipelines whose jobs are already known; some of the others are looked up. */
  readonly trees?: ReadonlyMap<number, PipelineNode>;
  /** Whether the restart stage will read failed_nodes.json. */
  readonly withFailedNodes: boolean;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/**
 * Warnings about a run that Omnia does not give: other running pipelines, expired artifacts, and a failed_nodes.json of
 * another run. @throws GitLabError, NotUtf8Error
 */
export async function warningsFor(
  project: OmniaProject,
  { root, trees = new Map(), withFailedNodes, nowMs }: Asked,
): Promise<readonly Warning[]> {
  const others = await otherRuns(project, root?.pipeline.id, trees);
  const expired = root === undefined ? [] : expiredArtifacts(root, nowMs);
  const stale = root === undefined || !withFailedNodes ? [] : await staleWarnings(project, root);
  return [...otherPipelines(others), ...expired, ...stale];
}

async function staleWarnings(project: OmniaProject, root: PipelineNode): Promise<readonly Warning[]> {
  if (findDeployRun(root) === undefined) return [];
  const failed = nodesIn(await serverList(project, undefined));
  if (failed === undefined) return [];
  const place = { projectId: project.project.id, tree: root };
  const runJobId = await readRunJobId(project.client, place, project.reading());
  return staleFailedNodes(root, { jobId: failed.jobId, writtenMs: writtenMs(failed), runJobId });
}
