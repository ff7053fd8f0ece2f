import type { ApiClients } from '../oim/apiClients.ts';
import type { DeploymentDocuments } from '../oim/deploymentDocuments.ts';
import type { BmcCredentials } from './bmcCredentials.ts';
import type { RunningStages } from './runningStages.ts';
import type { StagesParts } from './stagesPart.ts';

/** What runs and commands work with. */
export interface StageContext extends StagesParts {
  readonly credentials: BmcCredentials;
  readonly running: RunningStages;
  readonly apiClients: ApiClients;
  readonly deployments: DeploymentDocuments;
}
