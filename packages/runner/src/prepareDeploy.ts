import { planDeploy, type DeployPlan } from '@omnia-buildstream/core/plan/planDeploy';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { DeployEvent, DeploySummary } from '@omnia-buildstream/engine/deploy/events';
import { bootRequest } from '@omnia-buildstream/engine/deploy/runDeploy';
import type { BmcCheck, DeploySettings } from '@omnia-buildstream/engine/deploy/settings';
import type { ImageGroup, RoleImage } from '@omnia-buildstream/engine/ports/images';
import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';
import { deploy, openProvisioner, type ProvisionTarget } from './deploy.ts';
import { thisMachine, type Machine } from './machine.ts';

export interface DeployRequest {
  readonly rows: readonly Target[];
  /** Errors of the mapping file, in words: reported with everything else that the checks find, not before it. */
  readonly mappingErrors: readonly string[];
  readonly group: ImageGroup;
  readonly target: ProvisionTarget;
  readonly tls: TlsPolicy;
}

/** A deploy stage as it was planned, to be shown and agreed on before it runs. Closed by who prepared it. */
export interface PreparedDeploy {
  readonly group: ImageGroup;
  readonly plan: DeployPlan<RoleImage>;
  /** Name of the provisioner, for people. */
  readonly target: string;
  /** Nodes whose boot configuration goes away. */
  readonly outdated: readonly string[];
  /** Whether the checks may be followed by anything: a file with errors is only checked. */
  readonly canChange: boolean;
  run(run: DeployRun): Promise<DeploySummary>;
  close(): Promise<void>;
}

export interface DeployRun {
  readonly bmcCheck: BmcCheck;
  readonly bmcPort: number;
  readonly settings: DeploySettings;
  /** Undefined: that of the image group. */
  readonly jobId?: string | undefined;
  readonly emit: (event: DeployEvent) => void;
  readonly stop: AbortSignal;
  readonly stopAtOnce: AbortSignal;
}

/** Plans a deploy stage and asks what it would take away. Changes nothing. Rejects with ProvisionError. */
export async function prepareDeploy(request: DeployRequest, machine: Machine = thisMachine): Promise<PreparedDeploy> {
  const { rows, mappingErrors, group, tls } = request;
  const plan = planDeploy({ rows, imageGroup: group.id, images: group.images });
  const open = openProvisioner(request.target, tls, machine);
  const { provisioner } = open;
  try {
    return {
      group,
      plan,
      target: provisioner.name,
      outdated: await provisioner.outdated(bootRequest(plan, ''), new AbortController().signal),
      canChange: mappingErrors.length === 0 && plan.lacking.length === 0,
      run: ({ bmcPort, jobId = group.jobId ?? '', ...run }) =>
        deploy({ ...run, plan, mappingErrors, jobId, provisioner }, { tls, bmcPort }, machine),
      close: () => open.close(),
    };
  } catch (error) {
    await open.close();
    throw error;
  }
}
