import type { StateStore } from '@omnia-buildstream/engine/ports/stateStore';
import { afterDeploy, prepareAll, type PreparedAll } from '@omnia-buildstream/runner/allStages';
import type { PreparedDeploy } from '@omnia-buildstream/runner/prepareDeploy';
import type { ValidateRequest } from '@omnia-buildstream/runner/validate';
import type { Io } from '../../io.ts';
import { deployPlanText } from '../deploy/text.ts';
import type { Mapping } from '../mapping.ts';
import { planned } from '../restart/stage.ts';
import { restartPlanText } from '../restart/planText.ts';
import { contactsText } from '../validate/contacts.ts';
import { requestOf } from '../validate/request.ts';
import type { AllOptions } from './options.ts';

/** What all stages are going to do, planned before the first of them begins, and what it was planned from. */
export interface PlanOfAll {
  /** With the image group that was chosen. */
  readonly options: AllOptions;
  readonly all: PreparedAll;
  /** Control nodes that were declined, by hostname. */
  readonly leftOut: readonly string[];
  readonly state: StateStore;
  readonly mapping: Mapping;
  readonly request: ValidateRequest;
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
  const bmcs = options.bmcs === undefined ? undefined : options.deploy.bmcCheck;
  const all = prepareAll({ deploy: deployment, restart, validate: request, sample: options.sample, bmcs });
  return { options, all, leftOut: [], state, mapping, request };
}

/** The plan for people, stage by stage. */
export function allPlanText({ options, all, request }: PlanOfAll): string {
  const { deploy, restart, validate, bmcCheck } = all;
  const { deployment: plan, target, outdated, notes } = deploy;
  const count = restart.nodes.length;
  const bmcs = options.bmcs === undefined ? ({ kind: 'restarted', count } as const) : bmcCheck;
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

function withImage(options: AllOptions, deployment: PreparedDeploy): AllOptions {
  const { restart, validate } = options;
  const { checks } = validate;
  const { imageGroup, jobId: job } = afterDeploy(deployment, restart.job);
  return {
    ...options,
    restart: { ...restart, image: imageGroup, job },
    validate: { ...validate, job, checks: { ...checks, expected: { ...checks.expected, imageGroup } } },
  };
}
