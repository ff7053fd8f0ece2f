import type { Asker } from '../decision/asker.ts';
import type * as vscode from 'vscode';
import type { ApiClients } from '../oim/apiClients.ts';
import type { DeploymentDocuments } from '../oim/deploymentDocuments.ts';
import type { BmcLogins } from './bmc/bmcLogin.ts';
import type { BmcCredentials } from './bmc/bmcCredentials.ts';
import type { RunningStages } from './session/runningStages.ts';
import type { StagesParts } from './stagesPart.ts';
import type { BmcReading } from '@omnia-buildstream/runner/oim/reachability';
import type { StageRequest } from './taskDefinition.ts';
import type { ValidateResults } from './testing/validateResults.ts';
import type { ServerTokens } from './tokens/serverTokens.ts';

/** Tokens of the services that require one, by kind of service. */
export interface StageTokens {
  readonly openchami: ServerTokens;
  readonly slurm: ServerTokens;
}

/** What stages and commands work with. */
export interface StageContext extends StagesParts {
  readonly credentials: BmcCredentials;
  /** Gives commands their BMC clients. */
  readonly logins: BmcLogins;
  readonly tokens: StageTokens;
  readonly results: ValidateResults;
  readonly running: RunningStages;
  readonly apiClients: ApiClients;
  readonly deployments: DeploymentDocuments;
  /** The last reading of each BMC, by BMC_IP. */
  readonly bmcs: Map<string, BmcReading>;
  /** Starts a run as a task, which lists the plan and asks for confirmation. */
  readonly start: (request: StageRequest, asker?: Asker) => Thenable<vscode.TaskExecution>;
  /** Who requests the run. A person if absent. */
  readonly asker?: Asker;
}
