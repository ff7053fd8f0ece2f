import type { LabPast } from '@omnia-buildstream/core/lab/connection';
import { knownScopes } from './clients.ts';
import type { OimStageName } from './stages.ts';
import type { StageOutcome } from './stageWork.ts';

/** An attempt that ended before the lab started. It did nothing on nodes. */
export interface PastAttempt {
  readonly stage: OimStageName;
  readonly outcome: StageOutcome;
}

/** The history of a management server at the start of the lab. */
export interface OimPast {
  /** Number of the lab's image groups that it has, newest first. */
  readonly imageGroups: number;
  /** Scopes of its client. */
  readonly scopes: readonly string[];
  /** Attempts of each image group's job. */
  readonly attempts: readonly PastAttempt[];
}

const succeeded: StageOutcome = { succeeded: true, summary: '' };
const failed: StageOutcome = { succeeded: false, summary: '' };

export const oimPasts: Readonly<Record<LabPast, OimPast>> = {
  none: { imageGroups: Number.POSITIVE_INFINITY, scopes: knownScopes, attempts: [] },
  recorded: {
    imageGroups: 1,
    scopes: ['catalog:read', 'job:write'],
    attempts: [
      { stage: 'deploy', outcome: succeeded },
      { stage: 'restart', outcome: failed },
      { stage: 'restart', outcome: succeeded },
      { stage: 'validate', outcome: succeeded },
    ],
  },
};
