import { isGitLabError } from '../errors/gitlabError.ts';
import type { Job } from '../model/job.ts';
import { findCleanupRun } from '../tree/cleanupRun.ts';
import { findDeployRun, imageGroupOf, stageNames } from '../tree/deployRun.ts';
import { allPipelines, bridgesOf, jobsOf, type PipelineNode } from '../tree/nodes.ts';
import { stripAnsi } from '../trace/ansi.ts';
import { readLine } from '../trace/lines.ts';
import { statesIn } from './imageStates.ts';
import { currentTree, type OmniaProject } from './project.ts';

/** A build is refused (RETENTION_LIMIT_EXCEEDED) if this many image groups are not CLEANED. */
export const mostImageGroups = 50;

const longestLogBytes = 1_048_576;
const mostTrees = 5;
const looked = 20;

export interface CleanupFacts {
  /** All groups that the cleanup offers: those that are not CLEANED. */
  readonly listed: readonly string[];
  /**
   * State of a group when the cleanup listed it. Undefined if GitLab does not show the log of that job, or it does not
   * have Omnia's form.
   */
  readonly stateOf: (group: string) => string | undefined;
  /** When the groups were listed, in milliseconds since 1970. */
  readonly listedMs: number | undefined;
}

/** What is known about the image groups that a cleanup offers. Undefined without a cleanup. @throws GitLabError */
export async function cleanupFacts(project: OmniaProject, root: PipelineNode): Promise<CleanupFacts | undefined> {
  const run = findCleanupRun(root);
  if (run === undefined) return undefined;
  const listed = run.images.map(imageGroupOf);
  const parent = allPipelines(root).find((one) => bridgesOf(one).some(({ child }) => child === run.node));
  const listing = parent && jobsOf(parent).find(({ stage }) => stage === stageNames.listImages);
  const lines = listing?.startedMs === undefined ? [] : await logLines(project, listing);
  return { listed, stateOf: statesIn(lines), listedMs: listing?.startedMs };
}

async function logLines({ client, project, reading }: OmniaProject, job: Job): Promise<string[]> {
  try {
    const { chunks } = await client.jobs.trace(job.projectId ?? project.id, job.id, reading());
    let log = Buffer.alloc(0);
    for await (const chunk of chunks) {
      log = Buffer.concat([log, chunk]);
      if (log.length > longestLogBytes) break;
    }
    return log
      .toString('utf8')
      .split('\n')
      .map((raw) => stripAnsi(readLine(raw).text));
  } catch (error) {
    // The remark says that the state is unknown.
    if (isGitLabError(error)) return [];
    throw error;
  }
}

/** The image groups that the newest deploy and cleanup pipelines offer: GitLab knows no others. @throws GitLabError */
export async function offeredGroups(project: OmniaProject): Promise<readonly string[]> {
  const { client, reading } = project;
  const { pipelines } = await client.pipelines.list(project.project.id, { perPage: looked }, reading());
  const groups = new Set<string>();
  let trees = 0;
  for (const { id } of pipelines) {
    if (trees >= mostTrees) break;
    const tree = await currentTree(project, id);
    const images = [...(findDeployRun(tree)?.images ?? []), ...(findCleanupRun(tree)?.images ?? [])];
    if (images.length > 0) trees += 1;
    for (const image of images) groups.add(imageGroupOf(image));
  }
  return [...groups];
}
