import { nodesIn } from '@omnia-buildstream/core/plan/failedList';
import { anotherDeploy, expiredArtifacts, staleFailedNodes, type Warning } from '../actions/warnings.ts';
import { readRunJobId } from '../api/runJobId.ts';
import { findDeployRun } from '../tree/deployRun.ts';
import type { PipelineNode } from '../tree/nodes.ts';
import { typesOf } from '../tree/pipelineType.ts';
import type { OmniaProject } from './project.ts';
import { serverList, writtenMs } from './projectFiles.ts';

const looked = 20;

interface Asked {
  /** Undefined before the pipeline exists. */
  readonly root: PipelineNode | undefined;
  /** Pipelines whose jobs are known; without its jobs nobody knows what one does, and it is warned of. */
  readonly trees?: ReadonlyMap<number, PipelineNode>;
  /** The restart stage is going to read failed_nodes.json. */
  readonly withFailedNodes: boolean;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/**
 * What Omnia does not tell about a run: others that go on, artifacts that are gone, and a failed_nodes.json that is not
 * of this run. @throws GitLabError, NotUtf8Error
 */
export async function warningsFor(
  project: OmniaProject,
  { root, trees = new Map(), withFailedNodes, nowMs }: Asked,
): Promise<readonly Warning[]> {
  const { client, reading } = project;
  const { pipelines } = await client.pipelines.list(project.project.id, { perPage: looked }, reading());
  const others = pipelines
    .filter(({ id }) => id !== root?.pipeline.id)
    .map((pipeline) => {
      const tree = trees.get(pipeline.id);
      const types = tree === undefined ? undefined : typesOf(tree);
      return { pipeline, isDeploy: types === undefined || types.has('deploy') || types.has('cadence') };
    });
  const self = root ?? { pipeline: { id: 0 } as PipelineNode['pipeline'] };
  const expired = root === undefined ? [] : expiredArtifacts(root, nowMs);
  const stale = root === undefined || !withFailedNodes ? [] : await staleWarnings(project, root);
  return [...anotherDeploy(self, others), ...expired, ...stale];
}

async function staleWarnings(project: OmniaProject, root: PipelineNode): Promise<readonly Warning[]> {
  if (findDeployRun(root) === undefined) return [];
  const failed = nodesIn(await serverList(project, undefined));
  if (failed === undefined) return [];
  const place = { projectId: project.project.id, tree: root };
  const runJobId = await readRunJobId(project.client, place, project.reading());
  return staleFailedNodes(root, { jobId: failed.jobId, writtenMs: writtenMs(failed), runJobId });
}
