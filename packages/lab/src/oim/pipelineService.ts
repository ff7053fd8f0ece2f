import type { PipelineService, StageCall } from '../gitlab/omnia/serviceHandler.ts';
import type { LabOim } from './labOim.ts';
import { Refusal } from './refusal.ts';

/** The lab's BuildStreaM for the jobs of the lab's GitLab: the same rules as over HTTP, in the same process. */
export function pipelineService(oim: LabOim): PipelineService {
  return {
    imageGroups: () => {
      const usable = oim.imageGroups.filter(({ status }) => status !== 'CLEANED');
      return Promise.resolve(usable.map(({ id, jobId }) => ({ id, jobId })));
    },
    upload: (jobId, files) => {
      oim.upload(jobId, files);
      return Promise.resolve();
    },
    runStage: (call) => runStage(oim, call),
  };
}

async function runStage(oim: LabOim, { stage, jobId, imageGroup, write }: StageCall): Promise<boolean> {
  try {
    oim.startStage(jobId, stage, { imageGroupId: imageGroup, onLine: write });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    write(`ERROR: ${String(error.status)} ${error.code}: ${error.message}`);
    return false;
  }
  // A pipeline that is cancelled leaves its stage running (omnia.md section 8).
  const ended = await oim.waitFor(jobId, stage);
  if (ended.state === 'COMPLETED') return true;
  write(`ERROR: ${ended.errorCode ?? ended.state}: ${ended.errorSummary ?? ''}`);
  return false;
}
