import type { StateStore } from '@omnia-buildstream/engine/ports/stateStore';
import type { BmcCheck } from '@omnia-buildstream/engine/deploy/settings';
import type { PreparedDeploy } from '@omnia-buildstream/runner/prepareDeploy';
import type { PreparedRestart } from '@omnia-buildstream/runner/restart';
import { prepareValidate, type PreparedValidate, type ValidateRequest } from '@omnia-buildstream/runner/validate';
import { verifyRequest } from '@omnia-buildstream/runner/verify';
import type { Io } from '../../io.ts';
import { deployPlanText } from '../deploy/text.ts';
import type { Mapping } from '../mapping.ts';
import { planned } from '../restart/stage.ts';
import { restartPlanText } from '../restart/planText.ts';
import { contactsText } from '../validate/contacts.ts';
import { requestOf } from '../validate/request.ts';
import type { AllOptions } from './options.ts';

/** What all stages are going to do, planned before the first of them begins. */
export interface PlanOfAll {
  /** With the image group that was chosen. */
  readonly options: AllOptions;
  readonly deployment: PreparedDeploy;
  readonly restart: PreparedRestart;
  /** Control nodes that somebody said no to, by host name. */
  readonly leftOut: readonly string[];
  readonly state: StateStore;
  readonly mapping: Mapping;
  readonly request: ValidateRequest;
  readonly validate: PreparedValidate;
  readonly verify: PreparedValidate;
}

interface Sources {
  readonly mapping: Mapping;
  readonly state: StateStore;
  readonly deployment: PreparedDeploy;
}

/** Contacts and changes nothing. @throws UserError */
export async function planAll(given: AllOptions, { mapping, state, deployment }: Sources, io: Io): Promise<PlanOfAll> {
  const options = withImage(given, deployment);
  const restart = await planned(options.restart, mapping, state, io);
  const request = await requestOf(options.validate, mapping, io);
  return {
    options,
    deployment,
    restart,
    leftOut: [],
    state,
    mapping,
    request,
    validate: prepareValidate(request),
    verify: prepareValidate(verifyRequest(request, options.sample)),
  };
}

/** The plan for people, stage by stage. */
export function allPlanText(all: PlanOfAll): string {
  const { options, deployment, restart, request, validate } = all;
  const { deployment: plan, target, outdated, notes } = deployment;
  const count = restart.nodes.length;
  const bmcs = options.bmcs === undefined ? ({ kind: 'restarted', count } as const) : bmcCheckOf(all);
  const { size } = options.sample;
  const images = request.login === undefined ? 'no image, as there is no --ssh-key' : `the image of ${String(size)}`;
  return [
    heading('1. deploy'),
    deployPlanText(plan, { target, outdated, notes, bmcCheck: bmcs }),
    heading('2. restart'),
    restartPlanText(restart).trimEnd(),
    '',
    heading('3. validate'),
    contactsText(validate.contacts, options.validate, request).trimEnd(),
    '',
    heading('4. verification'),
    `Looks once more whether these nodes are up, and at ${images}.\n\n`,
  ].join('\n');
}

export function heading(text: string): string {
  return `== ${text} ==`;
}

function withImage(options: AllOptions, { group: { id, jobId } }: PreparedDeploy): AllOptions {
  const { restart, validate } = options;
  const { checks } = validate;
  const job = restart.job ?? jobId;
  return {
    ...options,
    restart: { ...restart, image: id, job },
    validate: { ...validate, job, checks: { ...checks, expected: { ...checks.expected, imageGroup: id } } },
  };
}

/** Whose BMCs deploy asks: unless somebody said it, those of the nodes that are restarted, and of no node that is left out. */
export function bmcCheckOf({ options, restart }: Pick<PlanOfAll, 'options' | 'restart'>): BmcCheck {
  if (options.bmcs !== undefined) return options.deploy.bmcCheck;
  const hostnames = restart.nodes.map(({ target }) => target.hostname);
  return hostnames.length === 0 ? { kind: 'none' } : { kind: 'only', hostnames };
}
