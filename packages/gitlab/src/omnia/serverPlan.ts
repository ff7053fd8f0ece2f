import { nodesIn, withoutMarks, type FailedList } from '@omnia-buildstream/core/plan/failedList';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { decideRestart, type RestartDecision } from '@omnia-buildstream/core/plan/decideRestart';
import { obstaclesOf, type RestartObstacle } from '@omnia-buildstream/core/plan/obstacles';
import { omniaTargetsOf, type Target } from '@omnia-buildstream/core/plan/targets';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { errorCount } from '@omnia-buildstream/core/validation/errorCount';
import { commitAsOf } from '../api/commitAsOf.ts';
import { readRunJobId } from '../api/runJobId.ts';
import { clockToleranceMs } from '../actions/warnings.ts';
import type { Job } from '../model/job.ts';
import { findDeployRun, imageGroupOf, type DeployRun } from '../tree/deployRun.ts';
import type { PipelineNode } from '../tree/nodes.ts';
import { branchOf, type OmniaProject } from './project.ts';
import { switchObstacles, type PxeSwitches } from '@omnia-buildstream/core/plan/pxeSwitches';
import {
  serverFile,
  serverList,
  serverMapping,
  serverSwitches,
  writtenMs,
  type ServerMapping,
} from './projectFiles.ts';

/** What is known about earlier runs, in addition to the mapping file. */
export interface PlanFacts {
  readonly list: FailedList;
  /** The rows at the time failed_nodes.json was written. Undefined if unknown. */
  readonly known: readonly Target[] | undefined;
  /** Whether the job of the run has ever restarted nodes. Undefined if this was not checked. */
  readonly hasRestarted?: boolean;
  /** Omnia's restart settings, from the folder of the mapping file. */
  readonly switches: PxeSwitches | undefined;
}

/** The run that is planned. Before an image is chosen it is unknown, and the last run counts instead. */
export interface PlannedRun {
  /** Empty for that of the last run. */
  readonly imageGroup: string;
  /**
   * BuildStreaM's job ID. Undefined for that of the last run. Empty if this run's ID was not found, so that no list
   * counts as its own.
   */
  readonly jobId: string | undefined;
  /** Its restart job as it ran last. Undefined if it has not ended once. */
  readonly restart?: Pick<Job, 'startedMs' | 'finishedMs'> | undefined;
  /** Its restart does not get failed_nodes.json, so no mark counts. */
  readonly ignoresMarks?: boolean;
}

export interface MappingPlan {
  readonly run: PlannedRun;
  readonly decision: RestartDecision;
  readonly version: OmniaVersion;
  /** Number of faults for which the deploy stage refuses the file. */
  readonly errors: number;
  /** What ends the restart stage before it boots a node. */
  readonly ends: readonly RestartObstacle[];
}

const lastRun: PlannedRun = { imageGroup: '', jobId: undefined };

/** The plan of the mapping file of a branch or commit. Undefined without one. @throws GitLabError, NotUtf8Error */
export async function planAt(
  project: OmniaProject,
  ref: string,
  run: PlannedRun = lastRun,
): Promise<(MappingPlan & ServerMapping) | undefined> {
  const mapping = await serverMapping(project, ref);
  if (mapping === undefined) return undefined;
  const facts = await planFacts(project, mapping, run, ref);
  return { ...mapping, ...planOf(mapping.text, mapping.version, { ...facts, run }) };
}

/**
 * Reads what is known about earlier runs, always from the default branch, as Omnia does.
 * @param ref branch or commit whose restart settings count; by default the default branch
 * @throws GitLabError, NotUtf8Error
 */
export async function planFacts(
  project: OmniaProject,
  mapping: Pick<ServerMapping, 'path' | 'version'>,
  { jobId, restart, ignoresMarks = false }: PlannedRun = lastRun,
  ref: string = branchOf(project),
): Promise<PlanFacts> {
  const { path, version } = mapping;
  const switches = await serverSwitches(project, mapping, ref);
  const found = await serverList(project, jobId);
  const list = ignoresMarks ? withoutMarks(found) : found;
  const failed = nodesIn(list);
  const timeMs = failed === undefined ? undefined : writtenMs(failed);
  if (timeMs === undefined) return { list, known: undefined, switches };
  // Rows added after the run that wrote the list are new.
  const place = { projectId: project.project.id, branch: branchOf(project), path, timeMs };
  const commit = await commitAsOf(project.client, place, project.reading());
  const before = commit === undefined ? undefined : await serverFile(project, path, commit.id);
  const known = before === undefined ? undefined : omniaTargetsOf(before.text, version);
  const facts = { list, known, switches };
  // The list of a PXE boot of 2.3 names no job. If it was written while this run's restart job was running, it is this
  // run's own list.
  return list.kind === 'no-job' && isWithin(timeMs, restart) ? { ...facts, hasRestarted: true } : facts;
}

/** Whether something was written while a restart was running, as far as two clocks can show. */
export function isWithin(timeMs: number, restart: PlannedRun['restart']): boolean {
  const [from, to] = [restart?.startedMs, restart?.finishedMs];
  if (from === undefined || to === undefined) return false;
  return timeMs >= from - clockToleranceMs && timeMs <= to + clockToleranceMs;
}

/** The plan for the text of a mapping file. */
export function planOf(
  text: string,
  version: OmniaVersion,
  { known, run = lastRun, ...facts }: PlanFacts & { readonly run?: PlannedRun },
): MappingPlan {
  const rows = omniaTargetsOf(text, version);
  const obstacles = obstaclesOf(text, version);
  const decision = decideRestart({ ...facts, rows, obstacles, version, imageGroup: run.imageGroup, committed: known });
  const ends = [...obstacles, ...switchObstacles(facts.switches)];
  return { run, decision, version, errors: errorCount(new CsvDocument(text), version), ends };
}

/**
 * The plan of a deploying child for the image that was chosen in it, from the mapping file of its own commit or of its
 * branch. Undefined without such a child or a mapping file.
 * @param ahead the run as it will be, before an image is chosen
 * @throws GitLabError, NotUtf8Error
 */
export async function planOfRun(
  project: OmniaProject,
  root: PipelineNode,
  of: 'commit' | 'branch' = 'commit',
  ahead?: PlannedRun,
): Promise<(MappingPlan & ServerMapping) | undefined> {
  const run = findDeployRun(root);
  if (run === undefined) return undefined;
  const { sha, ref } = run.node.pipeline;
  const at = of === 'branch' ? ref : sha || ref;
  return planAt(project, at, ahead ?? (await chosenRun(project, root, run)));
}

async function chosenRun(project: OmniaProject, root: PipelineNode, run: DeployRun): Promise<PlannedRun> {
  const image = run.images.find(({ status }) => status === 'success');
  const place = { projectId: project.project.id, tree: root };
  const jobId = (await readRunJobId(project.client, place, project.reading())) ?? '';
  const imageGroup = image === undefined ? '' : imageGroupOf(image);
  // A cadence sends everything at its start, but no list (omnia.md section 8).
  return { imageGroup, jobId, restart: run.restart, ignoresMarks: run.images.length === 0 };
}

/**
 * The plan of a run that creates its own job, with an image that no node has booted yet, as a cadence does: no list and
 * no earlier run counts. Undefined without a mapping file. @throws GitLabError, NotUtf8Error
 */
export async function planOfNewJob(
  project: OmniaProject,
  ref: string,
): Promise<(MappingPlan & ServerMapping) | undefined> {
  const mapping = await serverMapping(project, ref);
  if (mapping === undefined) return undefined;
  const switches = await serverSwitches(project, mapping, ref);
  const facts = { list: { kind: 'missing' }, known: undefined, hasRestarted: false, switches } as const;
  return { ...mapping, ...planOf(mapping.text, mapping.version, facts) };
}

/** Identifies a plan: plans with the same text boot the same nodes for the same reasons and have the same notices. */
export function planIdentity(plan: MappingPlan | undefined): string {
  if (plan?.decision.plan === undefined) return JSON.stringify(plan?.decision.problems ?? null);
  const { nodes, notices } = plan.decision.plan;
  return JSON.stringify([nodes.map(({ target, reason }) => [target.bmcIp, reason]), notices]);
}
