import type { JobContext, JobHandler, JobResult } from '../ci/handler.ts';
import { buildJobs, cleanUp, type BuildJob } from './buildJobs.ts';
import type { OmniaLayout } from './layout.ts';
import { artifactsKeptMs, listImages } from './listImages.ts';
import type { PipelineService } from './service.ts';
import { isCadence, uploadInputs, type Uploads } from './uploads.ts';
import { capital, JobWords, type StageName } from './words.ts';

interface Chosen {
  readonly jobId: string;
  readonly imageGroup: string;
}

const failed: JobResult = { status: 'failed' };
const stages = ['deploy', 'restart', 'validate'] as const;

/** Runs the jobs of Omnia's pipelines as its scripts do: they send requests to the BuildStreaM API, and wait. */
export class ServiceHandler implements JobHandler {
  readonly #service: PipelineService;
  readonly #layout: OmniaLayout;
  readonly #uploads: Uploads;

  /** @param hasApiToken whether GITLAB_API_TOKEN is set in the project */
  constructor(service: PipelineService, defaultBranch: string, layout: OmniaLayout, hasApiToken = true) {
    this.#service = service;
    this.#layout = layout;
    this.#uploads = { service, layout, defaultBranch, hasApiToken };
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
    if (build !== undefined) return this.#build(build, job, words);
    words.line(`${job.name} is done`);
    return { status: 'success' };
  }

  /** The job that creates the API's job also sends the inputs to it. */
  async #build(build: BuildJob, job: JobContext, words: JobWords): Promise<JobResult> {
    const made = await build(job, words, this.#service);
    const jobId = made.artifacts?.variables?.['JOB_ID'];
    if (made.status !== 'success' || jobId === undefined) return made;
    return (await uploadInputs(this.#uploads, job, { jobId, stage: 'initialization' }, words)) ? made : failed;
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
    if (!isCadence(job) && !(await uploadInputs(this.#uploads, job, { jobId, stage }, words))) return failed;
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
    // Canceling a pipeline leaves its stage running (omnia.md section 8).
    const ended = await this.#service.ended(stage, jobId, job);
    words.poll(2, stage, ended);
    if (ended.state !== 'COMPLETED') {
      words.failure(stage, ended);
      return failed;
    }
    words.result(stage, jobId, imageGroup, ended);
    return { status: 'success' };
  }

  /** Always runs, and fails if a stage has failed. */
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

/** What the job that selected the image passed on. */
function chosenIn({ variables }: JobContext): Chosen | undefined {
  const [jobId, imageGroup] = [variables.get('JOB_ID'), variables.get('IMAGE_GROUP_ID')];
  return jobId === undefined || imageGroup === undefined ? undefined : { jobId, imageGroup };
}
