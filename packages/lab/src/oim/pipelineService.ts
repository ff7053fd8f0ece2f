import type { PipelineService, Refused } from '../gitlab/omnia/service.ts';
import type { StageName, StageReport } from '../gitlab/omnia/words.ts';
import type { LabImageGroup } from './imageGroups.ts';
import { publicStates, stageOf } from './jobs.ts';
import type { LabOim } from './labOim.ts';
import { Refusal } from './refusal.ts';

/** Where images come from and go to. By default a build creates none, and there are none to remove. */
export interface ImageStore {
  /** Builds the images of a group. */
  readonly build: (imageGroup: string, jobId: string) => LabImageGroup['images'];
  readonly remove: (imageGroup: string) => void;
}

const noImages: ImageStore = { build: () => [], remove: () => undefined };

/** The lab's BuildStreaM for the jobs of the lab's GitLab: the same rules as over HTTP, in the same process. */
export function pipelineService(oim: LabOim, store: ImageStore = noImages): PipelineService {
  const report = (stage: StageName, jobId: string): StageReport => {
    const job = oim.jobs.get(jobId, undefined);
    const { state, attempt, errorCode, errorSummary, logFile } = stageOf(job, stage);
    return { jobState: publicStates[job.state], state, attempt, errorCode, errorSummary, logFile };
  };
  return {
    imageGroups: () => {
      const usable = oim.imageGroups.filter(({ status }) => status !== 'CLEANED');
      return Promise.resolve(
        usable.map(({ images, ...group }) => ({ ...group, roles: images.map(({ role }) => role) })),
      );
    },
    upload: (jobId, files) => refusalOf(() => oim.upload(jobId, files)),
    order: (stage, jobId, imageGroupId) => refusalOf(() => oim.startStage(jobId, stage, { imageGroupId })),
    ended: async (stage, jobId) => {
      await oim.waitFor(jobId, stage);
      return report(stage, jobId);
    },
    report,
    newJob: () => oim.newJob().id,
    build: (jobId, imageGroup) => {
      const isThere = oim.imageGroups.some(({ id }) => id === imageGroup);
      const twice = {
        status: 409,
        code: 'DUPLICATE_IMAGE_GROUP',
        message: `ImageGroup '${imageGroup}' already exists`,
      };
      if (isThere) return Promise.resolve(twice);
      oim.addImageGroup(imageGroup, store.build(imageGroup, jobId), jobId);
      return Promise.resolve(undefined);
    },
    clean: (jobId) =>
      refusalOf(() => {
        store.remove(oim.clean(jobId).id);
      }),
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
