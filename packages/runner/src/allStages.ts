import type { BmcCheck } from '@omnia-buildstream/engine/deploy/settings';
import type { Sample } from '@omnia-buildstream/engine/validate/settings';
import type { PreparedDeploy } from './prepareDeploy.ts';
import type { PreparedRestart } from './restart.ts';
import { prepareValidate, type PreparedValidate, type ValidateRequest } from './validate.ts';
import { verifyRequest } from './verify.ts';

/** Deploy, restart, validate and a verification from here, one after the other, in one plan. */
export interface AllRequest {
  readonly deploy: PreparedDeploy;
  readonly restart: PreparedRestart;
  readonly validate: ValidateRequest;
  readonly sample: Sample;
  /** Nodes whose BMCs must respond before deploy changes anything; undefined: the nodes that are restarted. */
  readonly bmcs: BmcCheck | undefined;
}

/** All stages as planned, before the first one begins. */
export interface PreparedAll {
  readonly deploy: PreparedDeploy;
  readonly restart: PreparedRestart;
  readonly validate: PreparedValidate;
  readonly verify: PreparedValidate;
  readonly bmcCheck: BmcCheck;
  /** In the order in which they run. */
  readonly stages: readonly [PreparedDeploy, PreparedRestart, PreparedValidate, PreparedValidate];
  /** Whether any node is restarted. If deploy cannot change anything, only its checks are run. */
  readonly isRestarting: boolean;
  /**
   * The same plan with a restart from which the user excluded nodes: they are not restarted, and their BMCs need not
   * respond unless `bmcs` names them.
   */
  readonly withRestart: (restart: PreparedRestart) => PreparedAll;
}

/** Contacts nothing and changes nothing. */
export function prepareAll(request: AllRequest): PreparedAll {
  const { deploy, restart, bmcs } = request;
  const validate = prepareValidate(request.validate);
  const verify = prepareValidate(verifyRequest(request.validate, request.sample));
  return {
    deploy,
    restart,
    validate,
    verify,
    bmcCheck: bmcs ?? ofRestarted(restart),
    stages: [deploy, restart, validate, verify],
    isRestarting: deploy.canChange && !restart.isNothing,
    withRestart: (other) => prepareAll({ ...request, restart: other }),
  };
}

/** The image group and job for the stages after a deploy. @param job as the user specified it */
export function afterDeploy(
  { group }: Pick<PreparedDeploy, 'group'>,
  job: string | undefined,
): { readonly imageGroup: string; readonly jobId: string | undefined } {
  return { imageGroup: group.id, jobId: job ?? group.jobId };
}

function ofRestarted({ nodes }: PreparedRestart): BmcCheck {
  const hostnames = nodes.map(({ target }) => target.hostname);
  return hostnames.length === 0 ? { kind: 'none' } : { kind: 'only', hostnames };
}
