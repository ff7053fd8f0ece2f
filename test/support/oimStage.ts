import type { OimJob, OimStage } from '@omnia-buildstream/oim/model/job';
import type { ProjectLog } from '@omnia-buildstream/runner/oim/projectUploads';

/** A stage of a job. Only the given fields are known. */
export function oimStage(known: Pick<OimStage, 'state'> & Partial<OimStage>): OimStage {
  return {
    name: 'deploy',
    startedAt: undefined,
    endedAt: undefined,
    attempt: undefined,
    errorCode: undefined,
    errorSummary: undefined,
    logFile: undefined,
    resultDetail: undefined,
    ...known,
  };
}

/** A job. Only the given fields are known. */
export function oimJob(known: Partial<OimJob> = {}): OimJob {
  return {
    id: '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10',
    state: 'RUNNING',
    correlationId: undefined,
    createdAt: undefined,
    updatedAt: undefined,
    stateTimes: new Map(),
    stages: [],
    ...known,
  };
}

/** Nothing was ever uploaded or deployed from here. */
export const noUploads: ProjectLog = {
  told: () => Promise.resolve(undefined),
  keepTold: () => Promise.resolve(),
  isUploaded: () => Promise.resolve(false),
  begin: () => Promise.resolve(),
  refused: () => Promise.resolve(),
  accepted: () => Promise.resolve(),
  ordering: () => Promise.resolve(),
  answered: () => Promise.resolve(),
  openOrder: () => Promise.resolve(undefined),
  isDeployed: () => Promise.resolve(false),
  deployed: () => Promise.resolve(),
  mappings: () => Promise.resolve([]),
};
