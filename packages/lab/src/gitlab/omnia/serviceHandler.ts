import type { JobContext, JobHandler, JobResult } from '../ci/handler.ts';
import { buildJobs, cleanUp } from './buildJobs.ts';
import { failedNodesPath } from './failedNodes.ts';
import type { OmniaLayout } from './layout.ts';
import { artifactsKeptMs, listImages } from './listImages.ts';
import type { PipelineService } from './service.ts';
import { capital, JobWords, type StageName } from './words.ts';

interface Chosen {
  readonly jobId: string;
  readonly imageGroup: string;
}

const failed: JobResult = { status: 'failed' };
const stages = ['deploy', 'restart', 'validate'] as const;

/** The jobs of Omnia's deploy pipeline as its scripts do them: they ask the BuildStreaM API, and wait. */
export class ServiceHandler implements JobHandler {
  readonly #service: PipelineService;
  readonly #defaultBranch: string;
  readonly #layout: OmniaLayout;
  readonly #hasApiToken: boolean;

  /** @param hasApiToken whether GITLAB_API_TOKEN is set in the project */
  constructor(service: PipelineService, defaultBranch: string, layout: OmniaLayout, hasApiToken = true) {
    this.#service = service;
    this.#defaultBranch = defaultBranch;
    this.#layout = layout;
    this.#hasApiToken = hasApiToken;
  }

  async run(job: JobContext): Promise<JobResult> {
    const words = new JobWords(job, this.#layout);
    if (job.stage === 'select_image') return this.#select(job, words);
    if (job.name === 'list_images') return listImages(job, words, this.#service, this.#layout);
    if (job.name === 'summary') return this.#summary(job, words);
    const stage = stages.find((name) => name === job.name);
    if (stage !== undefined) return this.#stage(stage, job, words);
    if (job.name === 'cleanup') return cleanUp(job, words, this.#service);
    const build = buildJobs[job.name];
    if (build !== undefined) return build(job, words, this.#service);
    words.line(`${job.name} is done`);
    return { status: 'success' };
  }

  async #select(job: JobContext, words: JobWords): Promise<JobResult> {
    const groups = await this.#service.imageGroups(job);
    const group = groups.find(({ id }) => job.name === this.#layout.selectJob(id));
    if (group === undefined) {
      words.line(`ERROR: the image group of ${job.name} is gone`);
      return failed;
    }
    words.title('IMAGE GROUP SELECTED');
    words.facts({ 'Image Group ID': group.id, 'Job ID': group.jobId, Status: group.status });
    const variables = { JOB_ID: group.jobId, IMAGE_GROUP_ID: group.id };
    return { status: 'success', artifacts: { variables, keptMs: artifactsKeptMs } };
  }

  async #stage(stage: StageName, job: JobContext, words: JobWords): Promise<JobResult> {
    words.title(`${stage.toUpperCase()} STAGE`);
    const chosen = chosenIn(job);
    if (chosen === undefined) {
      words.line('  ERROR: JOB_ID or IMAGE_GROUP_ID is not set.');
      words.line('  Click one of the select_* jobs first, then re-run this job.');
      return failed;
    }
    const { jobId, imageGroup } = chosen;
    words.facts({ 'Job ID': jobId, 'Image Group ID': imageGroup });
    if (!(await this.#upload(stage, job, chosen, words))) return failed;
    words.step(`Trigger ${stage}...`);
    words.line(`  Endpoint: POST /api/v1/jobs/${jobId}/stages/${stage}`);
    const refused = this.#service.order(stage, jobId, imageGroup);
    words.line(`  API Response Code: ${String(refused?.status ?? 202)}`);
    if (refused !== undefined) {
      words.line(`  ERROR: ${capital(stage)} request failed`);
      words.line(JSON.stringify({ detail: { error: refused.code, message: refused.message } }));
      return failed;
    }
    words.line(`  [OK] ${capital(stage)} request accepted`);
    words.step(`Waiting for ${stage} to complete...`);
    words.poll(1, stage, this.#service.report(stage, jobId));
    // A pipeline that is cancelled leaves its stage running (omnia.md section 8).
    const ended = await this.#service.ended(stage, jobId, job);
    words.poll(2, stage, ended);
    if (ended.state !== 'COMPLETED') {
      words.failure(stage, ended);
      return failed;
    }
    words.result(stage, jobId, imageGroup, ended);
    return { status: 'success' };
  }

  /** All input files; before restart the newest list of failed nodes too. @returns whether the job goes on */
  async #upload(stage: StageName, job: JobContext, { jobId }: Chosen, words: JobWords): Promise<boolean> {
    words.step('Upload configuration files...');
    const files = new Map<string, string>();
    for (const name of this.#layout.uploads) {
      const text = await job.read(
        `${this.#layout.input}${name}`,
        this.#layout.refreshes && this.#hasApiToken ? job.ref : job.sha,
      );
      words.line(text === undefined ? `    [-] ${name} (not found, skipping)` : `    [+] ${name}`);
      if (text !== undefined) files.set(name, text);
    }
    const list = stage === 'restart' ? await job.read(failedNodesPath, this.#defaultBranch) : undefined;
    if (list !== undefined) {
      words.line('    [+] miscellaneous/failed_nodes.json');
      files.set('failed_nodes.json', list);
    }
    const refused = files.size === 0 ? undefined : this.#service.upload(jobId, files);
    if (refused === undefined) {
      words.line(
        files.size === 0 ? '  [SKIP] No configuration files found to upload' : '  [OK] Configuration files uploaded',
      );
      return true;
    }
    const body = JSON.stringify({ detail: { error_code: refused.code, message: refused.message } });
    const goesOn = stage === 'validate' || (stage === 'restart' && this.#layout.restartsWithoutFiles);
    const status = String(refused.status);
    words.line(
      goesOn
        ? `  [WARN] Config upload returned HTTP ${status}, continuing anyway`
        : `  ERROR: Upload failed (HTTP ${status})`,
    );
    words.line(body);
    return goesOn;
  }

  /** Runs always, and fails after a stage that has. */
  #summary(job: JobContext, words: JobWords): JobResult {
    words.title('DEPLOY PIPELINE SUMMARY');
    const chosen = chosenIn(job);
    if (chosen === undefined) {
      words.line('  No image group was selected. Deploy pipeline did not run.');
      return { status: 'success' };
    }
    words.facts({ 'Job ID': chosen.jobId, 'Image Group ID': chosen.imageGroup });
    const reports = stages.map((stage) => [stage, this.#service.report(stage, chosen.jobId)] as const);
    for (const [stage, { state }] of reports) words.line(`  ${stage.padEnd(24)} ${state}`);
    const cause = reports.find(([, { state }]) => state === 'FAILED');
    if (cause === undefined) {
      words.line('  RESULT:  PASSED');
      return { status: 'success' };
    }
    words.line('  RESULT:  FAILED');
    words.line(`  Cause:   '${cause[0]}' stage reached state: ${cause[1].state}`);
    return failed;
  }
}

/** From the job that chose the image. */
function chosenIn({ variables }: JobContext): Chosen | undefined {
  const [jobId, imageGroup] = [variables.get('JOB_ID'), variables.get('IMAGE_GROUP_ID')];
  return jobId === undefined || imageGroup === undefined ? undefined : { jobId, imageGroup };
}
