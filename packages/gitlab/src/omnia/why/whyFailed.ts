import { nodesIn } from '@omnia-buildstream/core/plan/failedList';
import type { FailedNode, FailedNodes } from '@omnia-buildstream/core/failedNodes/types';
import { readRunJobId } from '../../api/runJobId.ts';
import { isGitLabError } from '../../errors/gitlabError.ts';
import type { Job } from '../../model/job.ts';
import { findDeployRun, stageNames } from '../../tree/deployRun.ts';
import type { PipelineNode } from '../../tree/nodes.ts';
import { stripAnsi } from '../../trace/ansi.ts';
import { jobCauseIn, type JobCause } from '../../trace/jobCause.ts';
import { readLine } from '../../trace/lines.ts';
import { serverList, writtenMs } from '../projectFiles.ts';
import type { OmniaProject } from '../project.ts';

/** Why a job of a run failed, as far as anything says so. */
export interface WhyFailed {
  /** In the job's own words. */
  readonly cause: JobCause | undefined;
  /** GitLab does not show the log. */
  readonly isLogHidden?: boolean;
  /** The nodes that failed to boot; empty unless failed_nodes.json is from this very run. */
  readonly failedNodes: readonly FailedNode[];
  /** How many nodes were tried, if the list says so. */
  readonly totalNodes: number | undefined;
  /** When failed_nodes.json was written, in milliseconds since 1970; set only if that was before this job began. */
  readonly staleListMs?: number;
}

/** How much of the end of a log is read; job scripts state the cause there. */
const longestEndBytes = 262_144;
/** Tolerated difference between the clocks of runners and servers. */
const clockToleranceMs = 60_000;

/**
 * Finds out why a job failed. A restart fails if nodes did not boot, but also if an upload was refused, a request timed
 * out or the server had an error: only the list of this run shows that nodes failed. @throws GitLabError, NotUtf8Error
 */
export async function whyFailed(project: OmniaProject, root: PipelineNode, job: Job): Promise<WhyFailed> {
  const [log, found] = await Promise.all([causeOf(project, job), listOf(project, root, job)]);
  const list = found !== undefined && 'nodes' in found ? found.nodes : undefined;
  const stale = found !== undefined && 'staleMs' in found ? { staleListMs: found.staleMs } : {};
  const failedNodes = list?.entries.filter(({ status }) => status === 'failed') ?? [];
  return { ...log, failedNodes, totalNodes: list?.totalNodes, ...stale };
}

type FoundList = { readonly nodes: FailedNodes } | { readonly staleMs: number };

async function listOf(project: OmniaProject, root: PipelineNode, job: Job): Promise<FoundList | undefined> {
  const run = findDeployRun(root);
  if (job.stage !== stageNames.restart || run?.node.pipeline.id !== job.pipelineId) return undefined;
  const jobId = await readRunJobId(project.client, { projectId: project.project.id, tree: root }, project.reading());
  const list = await serverList(project, jobId);
  const nodes = nodesIn(list);
  const written = nodes === undefined ? undefined : writtenMs(nodes);
  if (nodes === undefined || written === undefined || job.startedMs === undefined) return undefined;
  return written >= job.startedMs - clockToleranceMs ? { nodes } : { staleMs: written };
}

type FoundCause = Pick<WhyFailed, 'cause' | 'isLogHidden'>;

async function causeOf({ client, project, reading }: OmniaProject, job: Job): Promise<FoundCause> {
  try {
    const { chunks } = await client.jobs.trace(job.projectId ?? project.id, job.id, reading());
    let end = Buffer.alloc(0);
    for await (const chunk of chunks) {
      end = Buffer.concat([end, chunk]);
      if (end.length > 2 * longestEndBytes) end = end.subarray(-longestEndBytes);
    }
    const lines = end.toString('utf8').split('\n');
    return { cause: jobCauseIn(lines.map((raw) => stripAnsi(readLine(raw).text))) };
  } catch (error) {
    // The log may be gone; the result of the run is reported anyway.
    if (isGitLabError(error, 'not-found', 'scope-missing')) return { cause: undefined, isLogHidden: true };
    if (isGitLabError(error)) return { cause: undefined };
    throw error;
  }
}
