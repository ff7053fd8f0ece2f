import type { OimStage } from '@omnia-buildstream/oim/model/job';

/** A stage of a job, about which nothing is known but what is given. */
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
