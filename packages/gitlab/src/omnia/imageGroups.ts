import { isGitLabError } from '../errors/gitlabError.ts';
import type { Job } from '../model/job.ts';
import { findCleanupRun } from '../tree/cleanupRun.ts';
import { findDeployRun, imageGroupOf } from '../tree/deployRun.ts';
import { allPipelines, bridgesOf, jobsOf, type PipelineNode } from '../tree/nodes.ts';
import { stripAnsi } from '../trace/ansi.ts';
import { readLine } from '../trace/lines.ts';
import { currentTree, type OmniaProject } from './project.ts';

/** States of an image group, as the BuildStreaM API names them (omnia.md section 5). */
const states = [
  'BUILT',
  'DEPLOYING',
  'DEPLOYED',
  'RESTARTING',
  'RESTARTED',
  'VALIDATING',
  'PASSED',
  'FAILED',
  'CLEANING',
  'CLEANUP_FAILED',
  'CLEANED',
] as const;

/** With so many image groups that are not CLEANED a build is refused (RETENTION_LIMIT_EXCEEDED). */
export const mostImageGroups = 50;

const longestLogBytes = 1_048_576;
const mostTrees = 5;
const looked = 20;

/** 2.2 writes `-`, `/` and blanks of a group as `_` in the name of its job. */
export function isSameGroup(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(group: string): string {
  return group.replaceAll(/[-/ ]/g, '_').toLowerCase();
}

export interface CleanupFacts {
  /** All groups that the cleanup offers: those that are not CLEANED. */
  readonly listed: readonly string[];
  /** State by group, as far as the job that listed them printed it. */
  readonly stateOf: (group: string) => string | undefined;
}

/** What is known of the image groups that a cleanup offers; undefined without a cleanup. @throws GitLabError */
export async function cleanupFacts(project: OmniaProject, root: PipelineNode): Promise<CleanupFacts | undefined> {
  const run = findCleanupRun(root);
  if (run === undefined) return undefined;
  const listed = run.images.map(imageGroupOf);
  const parent = allPipelines(root).find((one) => bridgesOf(one).some(({ child }) => child === run.node));
  const listing =
    parent === undefined ? undefined : jobsOf(parent).findLast(({ startedMs }) => startedMs !== undefined);
  const lines = listing === undefined ? [] : await logLines(project, listing);
  const found = statesIn(lines, listed);
  return { listed, stateOf: (group) => found.get(plain(group)) };
}

/** Lines that name a group and exactly one state: of a table, of an answer of the API, or `NAME (BUILT)`. */
export function statesIn(lines: readonly string[], groups: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const names = groups.map(plain);
  let named: string | undefined;
  for (const line of lines) {
    const words = line.split(/[^\w./-]+/).filter((word) => word !== '');
    const here = names.find((name) => words.some((word) => plain(word) === name));
    if (here !== undefined) named = here;
    const told = states.filter((state) => words.includes(state));
    const [state] = told;
    // In JSON the state stands in a line of its own, below the id.
    if (named === undefined || state === undefined || told.length > 1 || found.has(named)) continue;
    found.set(named, state);
    if (here === undefined) named = undefined;
  }
  return found;
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
    // It is said that the state is not known.
    if (isGitLabError(error)) return [];
    throw error;
  }
}

/** The image groups that the newest deploy and cleanup pipelines offer: GitLab tells of no others. @throws GitLabError */
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
