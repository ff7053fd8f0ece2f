import type { JobContext, JobHandler, JobResult } from '../ci/handler.ts';
import type { LabClock } from '../labClock.ts';
import { failedNodesPath, readMarks, writeFailedNodes, type FailedNode } from './failedNodes.ts';
import { mappedNodes, type MappedNode } from './mappedNodes.ts';

export interface Script {
  readonly imageGroups: readonly string[];
  /** How many nodes, counted from the end of the mapping file, do not boot until they are repaired. */
  readonly failingNodes: number;
  /** Pause between two lines of a log, in milliseconds. */
  readonly paceMs: number;
  readonly defaultBranch: string;
  /** Makes the id of a BuildStreaM job (a UUID). */
  readonly newJobId: () => string;
  readonly clock: LabClock;
}

const artifactsKeptMs = 2 * 60 * 60 * 1000;
const messages = [
  'Failed. iDRAC is not ready. Retry again after iDRAC is ready',
  'iDRAC is unreachable. pxe boot might be set. Please check the host reboot status manually',
];

/** Plays a deploy run in which some nodes do not boot, with Omnia's files and the rules of its retry. */
export class ScriptedHandler implements JobHandler {
  readonly #script: Script;
  /** BMC addresses that booted, by BuildStreaM job: one job for each image group. */
  readonly #booted = new Map<string, Set<string>>();
  readonly #jobIds = new Map<string, string>();
  readonly #repaired = new Set<string>();

  constructor(script: Script) {
    this.#script = script;
  }

  /** From now on this node boots. */
  repair(bmcIp: string): void {
    this.#repaired.add(bmcIp);
  }

  async run(job: JobContext): Promise<JobResult> {
    if (job.stage === 'select_image') return this.#select(job);
    switch (job.name) {
      case 'list_images':
        return this.#list(job);
      case 'deploy':
        return this.#deploy(job);
      case 'restart':
        return this.#restart(job);
      case 'validate':
        return this.#say(job, [
          'Molecule: scenario provision',
          'PASSED: cluster, network, services',
          'Report: validate/attempt_1/test_report.json',
        ]);
      default:
        return this.#say(job, [`${job.name} is done`]);
    }
  }

  async #say(job: JobContext, lines: readonly string[], result: JobResult = { status: 'success' }): Promise<JobResult> {
    for (const line of lines) {
      job.write(`${line}\n`);
      await job.sleep(this.#script.paceMs);
    }
    return result;
  }

  #list(job: JobContext): Promise<JobResult> {
    const { imageGroups } = this.#script;
    if (imageGroups.length === 0) return this.#say(job, ['No image group is BUILT'], { status: 'failed' });
    const artifacts = { imageGroups, keptMs: artifactsKeptMs };
    return this.#say(
      job,
      imageGroups.map((id) => `BUILT ${id}`),
      { status: 'success', artifacts },
    );
  }

  #select(job: JobContext): Promise<JobResult> {
    const group = this.#script.imageGroups.find((id) => job.name === `select_${id.replaceAll('-', '_')}`) ?? job.name;
    const jobId = this.#jobIds.get(group) ?? this.#script.newJobId();
    this.#jobIds.set(group, jobId);
    const artifacts = { variables: { JOB_ID: jobId, IMAGE_GROUP_ID: group }, keptMs: artifactsKeptMs };
    return this.#say(job, [`JOB_ID=${jobId}`, `IMAGE_GROUP_ID=${group}`], { status: 'success', artifacts });
  }

  async #deploy(job: JobContext): Promise<JobResult> {
    const group = job.variables.get('IMAGE_GROUP_ID');
    if (group === undefined) return this.#say(job, ['ERROR: no image group selected'], { status: 'failed' });
    const nodes = await nodesOf(job);
    return this.#say(job, [`Deploying ${group}`, ...nodes.map(({ hostname }) => `BSS parameters for ${hostname}`)]);
  }

  async #restart(job: JobContext): Promise<JobResult> {
    const { defaultBranch, clock } = this.#script;
    const jobId = job.variables.get('JOB_ID') ?? 'unknown';
    const booted = this.#booted.get(jobId) ?? new Set<string>();
    this.#booted.set(jobId, booted);
    const nodes = await nodesOf(job);
    const marks = readMarks((job.attempt > 1 ? await job.read(failedNodesPath, defaultBranch) : undefined) ?? '{}');
    for (const bmcIp of marks.success) booted.add(bmcIp);
    const failed: FailedNode[] = [];
    // Nodes in the file that are not in the mapping file have no effect; booted ones are never tried again.
    for (const node of nodes.filter(({ bmcIp }) => !booted.has(bmcIp))) {
      const message = this.#boot(node, nodes);
      if (message === undefined) booted.add(node.bmcIp);
      else failed.push({ ...node, message });
      await this.#say(job, [`${node.hostname} (${node.bmcIp}): ${message ?? 'PXE Boot: OK, Power: Restart OK'}`]);
    }
    const content = Buffer.from(writeFailedNodes(jobId, clock.now(), failed));
    const isThere = (await job.read(failedNodesPath, defaultBranch)) !== undefined;
    await job.commit({
      branch: defaultBranch,
      message: `${isThere ? 'Update' : 'Add'} failed_nodes.json for job ${jobId}`,
      actions: [{ action: isThere ? 'update' : 'create', path: failedNodesPath, content }],
    });
    const summary = `${String(nodes.length - failed.length)} of ${String(nodes.length)} nodes booted`;
    return this.#say(job, [summary], { status: failed.length === 0 ? 'success' : 'failed' });
  }

  /** Why a node does not boot; undefined when it does. */
  #boot({ bmcIp }: MappedNode, nodes: readonly MappedNode[]): string | undefined {
    if (this.#repaired.has(bmcIp)) return undefined;
    const failing = nodes.slice(Math.max(0, nodes.length - this.#script.failingNodes));
    const index = failing.findIndex((node) => node.bmcIp === bmcIp);
    return index === -1 ? undefined : messages[index % messages.length];
  }
}

/** The nodes of the pipeline's own commit. */
async function nodesOf(job: JobContext): Promise<MappedNode[]> {
  const csv = await job.read('input/pxe_mapping_file.csv', job.sha);
  if (csv === undefined) throw new Error('input/pxe_mapping_file.csv is missing');
  return mappedNodes(csv);
}
