import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { planDeploy, type DeployPlan } from '@omnia-buildstream/core/plan/planDeploy';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { DeployEvent, DeploySummary } from '@omnia-buildstream/engine/deploy/events';
import { bootRequest } from '@omnia-buildstream/engine/deploy/runDeploy';
import { defaultDeploySettings, type BmcCheck } from '@omnia-buildstream/engine/deploy/settings';
import type { ImageGroup, RoleImage } from '@omnia-buildstream/engine/ports/images';
import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';
import { Token } from '@omnia-buildstream/provision/openchami/token';
import { deploy, openProvisioner, type ProvisionTarget } from './deploy.ts';
import { refuseMappingErrors } from './mappingErrors.ts';
import { versionOf } from './mappingVersion.ts';
import { RunnerError } from './runnerError.ts';

export interface DeployRequest {
  /** The mapping file: absolute path, and text. */
  readonly file: string;
  readonly text: string;
  /** Undefined: detected. */
  readonly version: OmniaVersion | undefined;
  readonly group: ImageGroup;
  readonly target: ProvisionTarget;
  readonly tls: TlsPolicy;
}

/** A deploy stage as it was planned, to be shown and agreed on before it runs. Closed by who prepared it. */
export interface PreparedDeploy {
  readonly plan: DeployPlan<RoleImage>;
  /** Name of the provisioner, for people. */
  readonly target: string;
  /** What goes away. */
  readonly outdated: readonly string[];
  /** Whether the checks may be followed by anything: a file with errors is only checked. */
  readonly canChange: boolean;
  run(run: DeployRun): Promise<DeploySummary>;
  close(): Promise<void>;
}

export interface DeployRun {
  readonly bmcCheck: BmcCheck;
  readonly bmcPort: number;
  readonly bmcConcurrency: number;
  readonly emit: (event: DeployEvent) => void;
  readonly stop: AbortSignal;
  readonly stopAtOnce: AbortSignal;
}

/** The target with its token; empty for none. */
export function openchamiTarget(server: URL, token: string): ProvisionTarget {
  return { kind: 'openchami', server, token: new Token(token) };
}

/** Plans a deploy stage and asks what it would take away. Changes nothing. Rejects with ProvisionError. */
export async function prepareDeploy(request: DeployRequest): Promise<PreparedDeploy> {
  const { file, text, group, tls } = request;
  const document = new CsvDocument(text);
  const version = request.version ?? versionOf(file, document);
  const plan = planDeploy({ rows: targetsOf(text, version), imageGroup: group.id, images: group.images });
  const mappingErrors = mappingErrorsOf(document, version);
  const open = openProvisioner(request.target, tls);
  const { provisioner } = open;
  try {
    return {
      plan,
      target: provisioner.name,
      outdated: await provisioner.outdated(bootRequest(plan, ''), new AbortController().signal),
      canChange: mappingErrors.length === 0 && plan.lacking.length === 0,
      run: ({ bmcPort, bmcConcurrency, ...run }) => {
        const settings = { ...defaultDeploySettings, bmcConcurrency };
        const jobId = group.jobId ?? '';
        return deploy({ ...run, plan, mappingErrors, settings, jobId, provisioner }, { tls, bmcPort });
      },
      close: () => open.close(),
    };
  } catch (error) {
    await open.close();
    throw error;
  }
}

/** Reported with everything else that the checks find, not before it. */
function mappingErrorsOf(document: CsvDocument, version: OmniaVersion): string[] {
  try {
    refuseMappingErrors(document, version);
    return [];
  } catch (error) {
    if (!(error instanceof RunnerError) || error.problem.reason !== 'mapping-errors') throw error;
    const { errors } = error.problem;
    return [`The mapping file has ${errors === 1 ? 'an error' : `${String(errors)} errors`}. Correct it first.`];
  }
}
