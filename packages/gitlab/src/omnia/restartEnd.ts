import type { FailedNode } from '@omnia-buildstream/core/failedNodes/types';
import { nodesIn } from '@omnia-buildstream/core/plan/failedList';
import { stampOf } from '@omnia-buildstream/core/plan/listStamp';
import { omniaTargetsOf } from '@omnia-buildstream/core/plan/targets';
import { strip } from '@omnia-buildstream/core/text/pythonText';
import { readRunJobId } from '../api/runJobId.ts';
import type { Job } from '../model/job.ts';
import { phaseOf } from '../status/statuses.ts';
import { findDeployRun } from '../tree/deployRun.ts';
import type { PipelineNode } from '../tree/nodes.ts';
import { writtenMs, serverMapping } from './projectFiles.ts';
import type { OmniaProject } from './project.ts';
import { isWithin, planFacts } from './serverPlan.ts';

/** The result of a finished restart, according to failed_nodes.json on the server. */
export interface RestartEnd {
  readonly restart: Job;
  /** BuildStreaM's job ID. Undefined if unknown. */
  readonly jobId: string | undefined;
  /** Distinguishes this version of the list from others. */
  readonly stamp: string | undefined;
  /** BMC_IPs of the rows that the run used. */
  readonly known: ReadonlySet<string>;
  readonly failed: readonly FailedNode[];
}

/**
 * Undefined if the restart is not over, or the list belongs to another one.
 * @throws GitLabError, NotUtf8Error
 */
export async function restartEnd(project: OmniaProject, root: PipelineNode): Promise<RestartEnd | undefined> {
  const run = findDeployRun(root);
  const restart = run?.restart;
  if (run === undefined || restart === undefined || phaseOf(restart.status) !== 'over') return undefined;
  const { sha, ref } = run.node.pipeline;
  const mapping = await serverMapping(project, sha || ref);
  if (mapping === undefined) return undefined;
  const jobId = await readRunJobId(project.client, { projectId: project.project.id, tree: root }, project.reading());
  const { list, known } = await planFacts(project, mapping, { imageGroup: '', jobId, restart }, sha || ref);
  const nodes = nodesIn(list);
  const written = nodes === undefined ? undefined : writtenMs(nodes);
  if (nodes === undefined || written === undefined || !isWithin(written, restart)) return undefined;
  const rows = known ?? omniaTargetsOf(mapping.text, mapping.version);
  return {
    restart,
    jobId: jobId ?? nodes.jobId,
    stamp: stampOf(list),
    known: new Set(rows.map(({ bmcIp }) => strip(bmcIp)).filter((bmcIp) => bmcIp !== '')),
    failed: nodes.entries.filter(({ status }) => status === 'failed'),
  };
}
