import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import type { Obstacle, PreparedStage } from '@omnia-buildstream/core/stage/preparedStage';
import type { OtherPipeline } from '../actions/warnings.ts';
import type { WriteCalls } from '../api/writes.ts';
import { isGitLabError } from '../errors/gitlabError.ts';
import { phaseOf } from '../status/statuses.ts';
import { hiddenIn, type PipelineNode } from '../tree/nodes.ts';
import { typesOf } from '../tree/pipelineType.ts';
import { currentTree, type OmniaProject } from './project.ts';

/** GitLab lists at most this many on a page. */
const looked = 100;
/** Waiting pipelines pile up: only the newest ones are reported, and only for a few of them what they do. */
const waitingLooked = 20;
const waitingTrees = 5;

/**
 * Other pipelines of the project that are running or waiting, with what they do as far as GitLab shows it.
 * @param rootId ID of this pipeline; undefined before it exists
 * @param trees pipelines whose jobs are already known; some of the others are looked up
 * @throws GitLabError
 */
export async function otherRuns(
  project: OmniaProject,
  rootId: number | undefined,
  trees: ReadonlyMap<number, PipelineNode> = new Map(),
): Promise<OtherPipeline[]> {
  const { client, reading } = project;
  const { pipelines } = await client.pipelines.list(project.project.id, { perPage: looked }, reading());
  const others = pipelines.filter(({ id }) => id !== rootId);
  const waiting = others.slice(0, waitingLooked).filter(({ status }) => phaseOf(status) === 'waiting');
  const known = new Set(waiting.slice(0, waitingTrees));
  // All running ones, because one of them may be a cadence.
  const goingOn = others.filter((one) => phaseOf(one.status) === 'active' || waiting.includes(one));
  return Promise.all(
    goingOn.map(async (pipeline): Promise<OtherPipeline> => {
      const isLooked = phaseOf(pipeline.status) === 'active' || known.has(pipeline);
      const tree = trees.get(pipeline.id) ?? (isLooked ? await treeIfShown(project, pipeline.id) : undefined);
      return { pipeline, types: typesShown(tree) };
    }),
  );
}

/** Undefined if the pipeline is not completely shown, unless the visible part shows a cadence. */
function typesShown(tree: PipelineNode | undefined): OtherPipeline['types'] {
  const types = tree === undefined ? undefined : typesOf(tree);
  if (tree === undefined || types?.has('cadence') === true) return types;
  return hiddenIn(tree).length > 0 ? undefined : types;
}

async function treeIfShown(project: OmniaProject, id: number): Promise<PipelineNode | undefined> {
  try {
    return await currentTree(project, id);
  } catch (error) {
    if (isGitLabError(error)) return undefined;
    throw error;
  }
}

/**
 * The prepared stage, refused while a cadence is running in another pipeline, because a cadence builds, deploys and
 * restarts nodes without asking. Checked when planning, and again before anything is sent. Every write to GitLab goes
 * through here.
 * @throws GitLabError
 */
export async function notBesideCadence<End, Prepared extends PreparedStage<WriteCalls, End>>(
  project: OmniaProject,
  rootId: number | undefined,
  prepared: Prepared,
): Promise<Prepared> {
  const obstacles = [...prepared.obstacles, ...(await cadences(project, rootId))];
  const run = async (calls: WriteCalls): Promise<End> => {
    refuseObstacles({ obstacles });
    refuseObstacles({ obstacles: await cadences(project, rootId) });
    return prepared.run(calls);
  };
  return { ...prepared, obstacles, run };
}

async function cadences(project: OmniaProject, rootId: number | undefined): Promise<Obstacle[]> {
  return (await otherRuns(project, rootId)).flatMap(({ pipeline, types }): Obstacle[] =>
    types?.has('cadence') === true ? [{ kind: 'cadence-runs', pipeline: pipeline.id }] : [],
  );
}
