import type { JobContext } from '../ci/handler.ts';
import type { LabClock } from '../labClock.ts';
import { failedNodesPath, readMarks, writeFailedNodes, type FailedNode } from './failedNodes.ts';
import { mappedNodes, type MappedNode } from './mappedNodes.ts';
import type { PipelineService, ServiceGroup } from './service.ts';
import type { StageName, StageReport } from './words.ts';

export interface Script {
  readonly imageGroups: readonly string[];
  /** How many nodes, counted from the end of the mapping file, do not boot. */
  readonly failingNodes: number;
  /** How long the service takes for a list or a stage, in milliseconds. */
  readonly paceMs: number;
  readonly defaultBranch: string;
  /** Creates the ID of a BuildStreaM job (a UUID). */
  readonly newJobId: () => string;
  readonly clock: LabClock;
}

const messages = [
  'Failed. iDRAC is not ready. Retry again after iDRAC is ready',
  'iDRAC is unreachable. pxe boot might be set. Please check the host reboot status manually',
];

interface ScriptedJob {
  readonly files: Map<string, string>;
  /** BMC addresses. */
  readonly booted: Set<string>;
  readonly reports: Map<StageName, StageReport>;
}

const notRun: StageReport = {
  jobState: 'RUNNING',
  state: 'PENDING',
  attempt: 1,
  errorCode: undefined,
  errorSummary: undefined,
  logFile: undefined,
};

/** A BuildStreaM API with nothing behind it. Some nodes do not boot, and retries follow Omnia's rules. */
export class ScriptedService implements PipelineService {
  readonly #script: Script;
  /** One job for each image group. */
  readonly #groups: ServiceGroup[];
  readonly #jobs: Map<string, ScriptedJob>;

  constructor(script: Script) {
    this.#script = script;
    this.#groups = script.imageGroups.map((id) => this.#built(id, script.newJobId()));
    this.#jobs = new Map(
      this.#groups.map(({ jobId }) => [jobId, { files: new Map(), booted: new Set(), reports: new Map() }]),
    );
  }

  #built(id: string, jobId: string): ServiceGroup {
    return { id, jobId, status: 'BUILT', createdAt: new Date(this.#script.clock.now()), roles: [] };
  }

  newJob(): string {
    const id = this.#script.newJobId();
    this.#jobs.set(id, { files: new Map(), booted: new Set(), reports: new Map() });
    return id;
  }

  build(jobId: string, id: string): Promise<undefined> {
    this.#groups.unshift(this.#built(id, jobId));
    return Promise.resolve(undefined);
  }

  clean(jobId: string): undefined {
    const index = this.#groups.findIndex((group) => group.jobId === jobId);
    if (index !== -1) this.#groups.splice(index, 1);
  }

  async imageGroups(job: JobContext): Promise<readonly ServiceGroup[]> {
    await job.sleep(this.#script.paceMs);
    return this.#groups;
  }

  upload(jobId: string, files: ReadonlyMap<string, string>): undefined {
    for (const [name, text] of files) this.#job(jobId).files.set(name, text);
  }

  order(stage: StageName, jobId: string): undefined {
    const { attempt, state } = this.report(stage, jobId);
    const next = state === 'PENDING' ? attempt : attempt + 1;
    this.#job(jobId).reports.set(stage, { ...notRun, state: 'IN_PROGRESS', attempt: next });
  }

  async ended(stage: StageName, jobId: string, job: JobContext): Promise<StageReport> {
    await job.sleep(this.#script.paceMs);
    const isWhole = stage !== 'restart' || (await this.#restart(jobId, job));
    const { attempt } = this.report(stage, jobId);
    const error = {
      jobState: 'FAILED',
      errorCode: 'PLAYBOOK_EXECUTION_FAILED',
      errorSummary: 'Playbook exited with code 2',
      logFile: `/opt/omnia/log/build_stream/${jobId}/set_pxe_boot.yml_attempt${String(attempt)}.log`,
    };
    const ended = { ...notRun, attempt, state: isWhole ? 'COMPLETED' : 'FAILED', ...(isWhole ? {} : error) };
    this.#job(jobId).reports.set(stage, ended);
    return ended;
  }

  report(stage: StageName, jobId: string): StageReport {
    return this.#job(jobId).reports.get(stage) ?? notRun;
  }

  #job(jobId: string): ScriptedJob {
    const job = this.#jobs.get(jobId);
    if (job === undefined) throw new Error(`there is no job ${jobId}`);
    return job;
  }

  /** Commits the list of nodes that failed. @returns whether all nodes have booted */
  async #restart(jobId: string, job: JobContext): Promise<boolean> {
    const { defaultBranch, clock } = this.#script;
    const { files, booted } = this.#job(jobId);
    const nodes = mappedNodes(files.get('pxe_mapping_file.csv') ?? '');
    for (const bmcIp of readMarks(files.get('failed_nodes.json') ?? '{}').success) booted.add(bmcIp);
    const failed: FailedNode[] = [];
    // Nodes in the list that are not in the mapping file have no effect; booted ones are never retried.
    for (const node of nodes.filter(({ bmcIp }) => !booted.has(bmcIp))) {
      const message = this.#failureOf(node, nodes);
      if (message === undefined) booted.add(node.bmcIp);
      else failed.push({ ...node, message });
    }
    const content = Buffer.from(writeFailedNodes(jobId, clock.now(), failed));
    const isThere = (await job.read(failedNodesPath, defaultBranch)) !== undefined;
    await job.commit({
      branch: defaultBranch,
      message: `${isThere ? 'Update' : 'Add'} failed_nodes.json for job ${jobId}`,
      actions: [{ action: isThere ? 'update' : 'create', path: failedNodesPath, content }],
    });
    return failed.length === 0;
  }

  /** Why a node does not boot. Undefined if it does. */
  #failureOf({ bmcIp }: MappedNode, nodes: readonly MappedNode[]): string | undefined {
    const failing = nodes.slice(Math.max(0, nodes.length - this.#script.failingNodes));
    const index = failing.findIndex((node) => node.bmcIp === bmcIp);
    return index === -1 ? undefined : messages[index % messages.length];
  }
}
