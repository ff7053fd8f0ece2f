import type { JobContext, JobResult } from '../ci/handler.ts';
import { catalogIdentity } from '@omnia-buildstream/core/context/catalogIdentity';
import { cadenceCatalog, catalogFile } from './catalogs.ts';
import type { PipelineService } from './service.ts';
import type { JobWords } from './words.ts';

const failed: JobResult = { status: 'failed' };
const done: JobResult = { status: 'success' };

export type BuildJob = (job: JobContext, words: JobWords, service: PipelineService) => Promise<JobResult>;

/**
 * The jobs that create an image group: those of a cadence, the first of which creates the API's job and the second
 * reports the image group (omnia.md section 8), and the single job that the lab has for a whole build.
 */
export const buildJobs: Readonly<Record<string, BuildJob>> = {
  initialization: (_, words, service) => {
    words.title('INITIALIZATION');
    const jobId = service.newJob();
    words.facts({ 'Job ID': jobId });
    return Promise.resolve({ ...done, artifacts: { variables: { JOB_ID: jobId } } });
  },
  'parse-catalog': async (job, words) => {
    words.title('PARSE CATALOG');
    if (!job.variables.has('JOB_ID')) return missing('JOB_ID', words);
    const imageGroup = await groupOf(cadenceCatalog, job, words);
    if (imageGroup === undefined) return failed;
    return { ...done, artifacts: { variables: { IMAGE_GROUP_ID: imageGroup } } };
  },
  'configure-local-repository': (_, words) => {
    words.title('CONFIGURE LOCAL REPOSITORY');
    words.line('  [OK] Local repository configured');
    return Promise.resolve(done);
  },
  'build-images': async (job, words, service) => {
    words.title('BUILD IMAGES');
    const [jobId, imageGroup] = [job.variables.get('JOB_ID'), job.variables.get('IMAGE_GROUP_ID')];
    if (jobId === undefined || imageGroup === undefined) return missing('JOB_ID or IMAGE_GROUP_ID', words);
    words.facts({ 'Job ID': jobId, 'Image Group ID': imageGroup });
    return build(jobId, imageGroup, words, service);
  },
  build_image: async (job, words, service) => {
    words.title('BUILD PIPELINE');
    const imageGroup = await groupOf(catalogFile, job, words);
    return imageGroup === undefined ? failed : build(service.newJob(), imageGroup, words, service);
  },
};

async function build(jobId: string, imageGroup: string, words: JobWords, service: PipelineService): Promise<JobResult> {
  const refused = await service.build(jobId, imageGroup);
  if (refused === undefined) {
    words.line('  [OK] Images built');
    return done;
  }
  words.line(`  API Response Code: ${String(refused.status)}`);
  words.line(`  ERROR: ${refused.code}: ${refused.message}`);
  return failed;
}

/** The image group that a catalog creates. Undefined if it names none. */
async function groupOf(file: string, job: JobContext, words: JobWords): Promise<string | undefined> {
  const text = await job.read(file, job.sha);
  const imageGroup = text === undefined ? undefined : catalogIdentity(text)?.imageGroup;
  if (imageGroup === undefined) words.line(`  ERROR: ${file} names no Identifier and Version`);
  else words.facts({ Catalog: file, 'Image Group ID': imageGroup });
  return imageGroup;
}

function missing(name: string, words: JobWords): JobResult {
  words.line(`  ERROR: ${name} is not set.`);
  return failed;
}

/** Deletes what was selected. */
export function cleanUp(job: JobContext, words: JobWords, service: PipelineService): JobResult {
  words.title('CLEANUP');
  const [jobId, imageGroup] = [job.variables.get('JOB_ID'), job.variables.get('IMAGE_GROUP_ID')];
  if (jobId === undefined || imageGroup === undefined) return missing('JOB_ID or IMAGE_GROUP_ID', words);
  words.facts({ 'Job ID': jobId, 'Image Group ID': imageGroup });
  words.line(`  Endpoint: DELETE /api/v1/jobs/${jobId}`);
  const refused = service.clean(jobId);
  words.line(`  API Response Code: ${String(refused?.status ?? 204)}`);
  words.line(
    refused === undefined
      ? `  [OK] Images and artifacts of ${imageGroup} deleted`
      : `  ERROR: ${refused.code}: ${refused.message}`,
  );
  return refused === undefined ? done : failed;
}
