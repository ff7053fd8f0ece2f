import type { JobContext, JobHandler, JobResult } from '../ci/handler.ts';
import { failedNodesPath } from './failedNodes.ts';

/** What the jobs of Omnia's deploy pipeline ask the BuildStreaM service for. */
export interface PipelineService {
  /** Groups whose images can be deployed (`GET /images?status=BUILT`), with the job that each belongs to. */
  imageGroups(): Promise<readonly { readonly id: string; readonly jobId: string }[]>;
  /** Hands files over to a job, by name without folder. */
  upload(jobId: string, files: ReadonlyMap<string, string>): Promise<void>;
  /** Runs a stage to its end; `write` takes whole lines of its log. Resolves to whether it succeeded. */
  runStage(run: StageCall): Promise<boolean>;
}

export interface StageCall {
  readonly stage: 'deploy' | 'restart' | 'validate';
  readonly jobId: string;
  readonly imageGroup: string;
  readonly write: (line: string) => void;
  readonly signal: AbortSignal;
}

const artifactsKeptMs = 2 * 60 * 60 * 1000;
/** What the deploy job uploads of `input/`, as far as it is there (omnia.md section 5). */
const inputFiles = [
  'pxe_mapping_file.csv',
  'network_spec.yml',
  'provision_config.yml',
  'local_repo_config.yml',
  'storage_config.yml',
  'telemetry_config.yml',
  'security_config.yml',
  'high_availability_config.yml',
  'omnia_config.yml',
  'build_stream_config.yml',
] as const;

/** The jobs of Omnia's deploy pipeline as its scripts do them: they ask the BuildStreaM service, and wait. */
export class ServiceHandler implements JobHandler {
  readonly #service: PipelineService;
  readonly #defaultBranch: string;

  constructor(service: PipelineService, defaultBranch: string) {
    this.#service = service;
    this.#defaultBranch = defaultBranch;
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
        return this.#stage(job, 'validate');
      default:
        job.write(`${job.name} is done\n`);
        return { status: 'success' };
    }
  }

  async #list(job: JobContext): Promise<JobResult> {
    const groups = await this.#service.imageGroups();
    for (const { id } of groups) job.write(`BUILT ${id}\n`);
    if (groups.length === 0) {
      job.write('ERROR: no image group is BUILT. Run the build pipeline first.\n');
      return { status: 'failed' };
    }
    return { status: 'success', artifacts: { imageGroups: groups.map(({ id }) => id), keptMs: artifactsKeptMs } };
  }

  async #select(job: JobContext): Promise<JobResult> {
    const groups = await this.#service.imageGroups();
    const group = groups.find(({ id }) => job.name === `select_${id.replaceAll('-', '_')}`);
    if (group === undefined) {
      job.write(`ERROR: the image group of ${job.name} is gone\n`);
      return { status: 'failed' };
    }
    const variables = { JOB_ID: group.jobId, IMAGE_GROUP_ID: group.id };
    for (const [name, value] of Object.entries(variables)) job.write(`${name}=${value}\n`);
    return { status: 'success', artifacts: { variables, keptMs: artifactsKeptMs } };
  }

  async #deploy(job: JobContext): Promise<JobResult> {
    const jobId = job.variables.get('JOB_ID');
    if (jobId === undefined) {
      job.write('ERROR: no image group selected\n');
      return { status: 'failed' };
    }
    const files = new Map<string, string>();
    for (const name of inputFiles) {
      const text = await job.read(`input/${name}`, job.sha);
      if (text !== undefined) files.set(name, text);
    }
    await this.#service.upload(jobId, files);
    job.write(`Uploaded ${[...files.keys()].join(', ')}\n`);
    return this.#stage(job, 'deploy');
  }

  /** The current list of failed nodes goes along, not that of the pipeline's commit (omnia.md section 3.3, item 1). */
  async #restart(job: JobContext): Promise<JobResult> {
    const jobId = job.variables.get('JOB_ID');
    const text = await job.read(failedNodesPath, this.#defaultBranch);
    if (jobId !== undefined && text !== undefined) {
      await this.#service.upload(jobId, new Map([['failed_nodes.json', text]]));
      job.write('Uploaded failed_nodes.json\n');
    }
    return this.#stage(job, 'restart');
  }

  async #stage(job: JobContext, stage: StageCall['stage']): Promise<JobResult> {
    const jobId = job.variables.get('JOB_ID');
    const imageGroup = job.variables.get('IMAGE_GROUP_ID');
    if (jobId === undefined || imageGroup === undefined) {
      job.write('ERROR: no image group selected\n');
      return { status: 'failed' };
    }
    job.write(`JOB_ID=${jobId}\nIMAGE_GROUP_ID=${imageGroup}\n`);
    const write = (line: string): void => {
      job.write(`${line}\n`);
    };
    const isSuccess = await this.#service.runStage({ stage, jobId, imageGroup, write, signal: job.signal });
    return { status: isSuccess ? 'success' : 'failed' };
  }
}
