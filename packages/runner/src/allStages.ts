import type { BmcCheck } from '@omnia-buildstream/engine/deploy/settings';
import type { Sample } from '@omnia-buildstream/engine/validate/settings';
import type { PreparedDeploy } from './prepareDeploy.ts';
import type { PreparedRestart } from './restart.ts';
import { prepareValidate, type PreparedValidate, type ValidateRequest } from './validate.ts';
import { verifyRequest } from './verify.ts';

/** Deploy, restart, validate and a verification from here, one after the other, from one plan. */
export interface AllRequest {
  readonly deploy: PreparedDeploy;
  readonly restart: PreparedRestart;
  readonly validate: ValidateRequest;
  readonly sample: Sample;
  /** Whose BMCs must respond before deploy changes anything; undefined: those of the nodes that are restarted. */
  readonly bmcs: BmcCheck | undefined;
}

/** All of them as they were planned, before the first one begins. */
export interface PreparedAll {
  readonly deploy: PreparedDeploy;
  readonly restart: PreparedRestart;
  readonly validate: PreparedValidate;
  readonly verify: PreparedValidate;
  readonly bmcCheck: BmcCheck;
  /** In their order. */
  readonly stages: readonly [PreparedDeploy, PreparedRestart, PreparedValidate, PreparedValidate];
  /** Whether a node is restarted: where deploy can change nothing, its checks are all that is run. */
  readonly isRestarting: boolean;
  /** The same without nodes that somebody said no to: none of them is restarted, and none of their BMCs is asked. */
  readonly withRestart: (restart: PreparedRestart) => PreparedAll;
}

/** Contacts and changes nothing. */
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

/** What the stages after a deploy are given of its image group. @param job as somebody named it */
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
