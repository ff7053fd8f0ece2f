import { nodesIn } from '@omnia-buildstream/core/plan/failedList';
import {
  expiredArtifacts,
  isGoingOn,
  otherPipelines,
  staleFailedNodes,
  type OtherPipeline,
  type Warning,
} from '../actions/warnings.ts';
import { readRunJobId } from '../api/runJobId.ts';
import { isGitLabError } from '../errors/gitlabError.ts';
import { findDeployRun } from '../tree/deployRun.ts';
import { hiddenIn, type PipelineNode } from '../tree/nodes.ts';
import { typesOf } from '../tree/pipelineType.ts';
import { currentTree, type OmniaProject } from './project.ts';
import { serverList, writtenMs } from './projectFiles.ts';

const looked = 20;
/** Each tree is some requests. */
const mostTrees = 5;

interface Asked {
  /** Undefined before the pipeline exists. */
  readonly root: PipelineNode | undefined;
  /** Pipelines whose jobs are known already; those of some others are looked up. */
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
  const goingOn = pipelines.filter((one) => one.id !== root?.pipeline.id && isGoingOn(one));
  const others = await Promise.all(
    goingOn.map(async (pipeline, index): Promise<OtherPipeline> => {
      const tree = trees.get(pipeline.id) ?? (index < mostTrees ? await treeIfShown(project, pipeline.id) : undefined);
      return { pipeline, types: tree === undefined ? undefined : typesOf(tree) };
    }),
  );
  const expired = root === undefined ? [] : expiredArtifacts(root, nowMs);
  const stale = root === undefined || !withFailedNodes ? [] : await staleWarnings(project, root);
  return [...otherPipelines(others), ...expired, ...stale];
}

/** Of what is not shown nobody knows what it does. */
async function treeIfShown(project: OmniaProject, id: number): Promise<PipelineNode | undefined> {
  try {
    const tree = await currentTree(project, id);
    return hiddenIn(tree).length > 0 ? undefined : tree;
  } catch (error) {
    if (isGitLabError(error)) return undefined;
    throw error;
  }
}

async function staleWarnings(project: OmniaProject, root: PipelineNode): Promise<readonly Warning[]> {
  if (findDeployRun(root) === undefined) return [];
  const failed = nodesIn(await serverList(project, undefined));
  if (failed === undefined) return [];
  const place = { projectId: project.project.id, tree: root };
  const runJobId = await readRunJobId(project.client, place, project.reading());
  return staleFailedNodes(root, { jobId: failed.jobId, writtenMs: writtenMs(failed), runJobId });
}
