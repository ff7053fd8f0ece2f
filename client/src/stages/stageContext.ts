import type { BmcCredentials } from './bmcCredentials.ts';
import type { RunningStages } from './runningStages.ts';
import type { StagesParts } from './stagesPart.ts';

/** What runs and commands work with. */
export interface StageContext extends StagesParts {
  readonly credentials: BmcCredentials;
  readonly running: RunningStages;
}
