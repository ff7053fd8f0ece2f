import type { LabPast } from '@omnia-buildstream/core/lab/connection';
import { knownScopes } from './clients.ts';
import type { OimStageName } from './stages.ts';
import type { StageOutcome } from './stageWork.ts';

/** An attempt that ended before the lab began. Nothing was done on nodes for it. */
export interface PastAttempt {
  readonly stage: OimStageName;
  readonly outcome: StageOutcome;
}

/** The history of a management server when the lab begins. */
export interface OimPast {
  /** How many of the lab's image groups it has, the newest first. */
  readonly imageGroups: number;
  /** Of its client. */
  readonly scopes: readonly string[];
  /** Of the job of each image group. */
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
