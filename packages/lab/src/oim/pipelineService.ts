import type { PipelineService, Refused } from '../gitlab/omnia/serviceHandler.ts';
import type { StageName, StageReport } from '../gitlab/omnia/words.ts';
import { publicStates, stageOf } from './jobs.ts';
import type { LabOim } from './labOim.ts';
import { Refusal } from './refusal.ts';

/** The lab's BuildStreaM for the jobs of the lab's GitLab: the same rules as over HTTP, in the same process. */
export function pipelineService(oim: LabOim): PipelineService {
  const report = (stage: StageName, jobId: string): StageReport => {
    const job = oim.jobs.get(jobId, undefined);
    const { state, attempt, errorCode, errorSummary, logFile } = stageOf(job, stage);
    return { jobState: publicStates[job.state], state, attempt, errorCode, errorSummary, logFile };
  };
  return {
    imageGroups: () => {
      const usable = oim.imageGroups.filter(({ status }) => status !== 'CLEANED');
      return Promise.resolve(usable.map(({ id, jobId }) => ({ id, jobId })));
    },
    upload: (jobId, files) => refusalOf(() => oim.upload(jobId, files)),
    order: (stage, jobId, imageGroupId) => refusalOf(() => oim.startStage(jobId, stage, { imageGroupId })),
    ended: async (stage, jobId) => {
      await oim.waitFor(jobId, stage);
      return report(stage, jobId);
    },
    report,
  };
}

function refusalOf(act: () => unknown): Refused | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, code: error.code, message: error.message };
    throw error;
  }
}
