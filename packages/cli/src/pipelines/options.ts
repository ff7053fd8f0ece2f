import { readVariable } from '@omnia-buildstream/gitlab/actions/jobVariables';
import { pipelineTypes, type PipelineType } from '@omnia-buildstream/gitlab/tree/pipelineType';
import { oneOf, parseArguments } from '../arguments.ts';
import type { WorkloadOption } from '@omnia-buildstream/runner/workload/workload';
import { workloadOf, workloadOptions } from '../workload.ts';
import { cannotRun } from '../cannotRun.ts';
import { isForPrograms, outputOptions, whole } from '../optionValues.ts';
import { approvalOf, approvalOptions, type Approval } from '../run/approvedPlan.ts';

const config = {
  server: { type: 'string' },
  project: { type: 'string' },
  ca: { type: 'string' },
  pin: { type: 'string', multiple: true },
  proxy: { type: 'string' },
  api: { type: 'string' },
  'api-ca': { type: 'string' },
  ...workloadOptions,
  'ask-bmcs': { type: 'boolean', default: false },
  'bmc-port': { type: 'string', default: '443' },
  ref: { type: 'string' },
  type: { type: 'string' },
  var: { type: 'string', multiple: true, default: [] as string[] },
  job: { type: 'string' },
  nodes: { type: 'string', multiple: true, default: [] as string[] },
  cause: { type: 'string' },
  all: { type: 'boolean', default: false },
  retry: { type: 'boolean', default: false },
  'new-child': { type: 'boolean', default: false },
  file: { type: 'string' },
  message: { type: 'string' },
  merged: { type: 'boolean', default: false },
  limit: { type: 'string', default: '20' },
  follow: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  ...approvalOptions,
  ...outputOptions,
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export const actions = ['list', 'show', 'start', 'play', 'retry', 'mark', 'commit', 'log', 'note'] as const;
export type Action = (typeof actions)[number];

/** The arguments of `buildstream pipelines`. There is no option for the token: arguments are visible to everybody. */
export interface PipelineOptions {
  readonly help: boolean;
  readonly action: Action | undefined;
  /** What follows the action. */
  readonly names: readonly string[];
  readonly server: string | undefined;
  readonly project: string | undefined;
  readonly ca: string | undefined;
  readonly pin: readonly string[] | undefined;
  readonly proxy: string | undefined;
  /** The BuildStreaM API, for what GitLab does not say about images. */
  readonly api: string | undefined;
  readonly apiCa: string | undefined;
  /** BMCs are asked at this port; undefined: nobody asked for it. */
  readonly bmcPort: number | undefined;
  readonly workload: WorkloadOption;
  readonly ref: string | undefined;
  readonly type: PipelineType | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly job: string | undefined;
  /** What `mark` is about: exactly one of these three is given. */
  readonly nodes: readonly string[];
  readonly cause: string | undefined;
  readonly all: boolean;
  readonly retry: boolean;
  /** `retry` creates the deploying child pipeline anew. */
  readonly newChild: boolean;
  /** Text of a note. */
  readonly file: string | undefined;
  /** Of a commit. */
  readonly message: string | undefined;
  /** The files to commit already include the server's changes. */
  readonly merged: boolean;
  readonly limit: number;
  readonly follow: boolean;
  readonly yes: boolean;
  readonly approval: Approval;
  readonly json: boolean;
}

/** @throws UserError */
export function parseOptions(args: readonly string[]): PipelineOptions {
  const { values, positionals } = parseArguments(args, config);
  const [name, ...names] = positionals;
  const action = actions.find((one) => one === name);
  if (action === undefined && !values.help) {
    throw cannotRun(
      'arguments',
      `Say what to do: ${actions.join(', ')}${name === undefined ? '' : `, not "${name}"`}.`,
    );
  }
  return {
    help: values.help,
    action,
    names,
    server: values.server,
    project: values.project,
    ca: values.ca,
    pin: values.pin,
    proxy: values.proxy,
    api: values.api,
    apiCa: values['api-ca'],
    workload: workloadOf(values),
    bmcPort: values['ask-bmcs'] ? whole('--bmc-port', values['bmc-port'], 1, 65_535) : undefined,
    ref: values.ref,
    type: values.type === undefined ? undefined : oneOf('--type', values.type, pipelineTypes),
    variables: Object.fromEntries(values.var.map(variable)),
    job: values.job,
    nodes: values.nodes.flatMap((list) => list.split(',').filter((name) => name !== '')),
    cause: values.cause,
    all: values.all,
    retry: values.retry,
    newChild: values['new-child'],
    file: values.file,
    message: values.message,
    merged: values.merged,
    limit: positive(values.limit),
    follow: values.follow,
    yes: values.yes,
    approval: approvalOf(values),
    json: isForPrograms(values, 'json'),
  };
}

function variable(text: string): [string, string] {
  const read = readVariable(text);
  if (read === undefined) {
    throw cannotRun('arguments', '--var needs NAME=VALUE, for example --var SKIP_RESTART=true.');
  }
  return [read.key, read.value];
}

function positive(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 100) return number;
  throw cannotRun('arguments', `--limit cannot be "${text}": give a number from 1 to 100.`);
}

/** The pipeline's id, the first of the names. @throws UserError */
export function pipelineId({ action, names }: PipelineOptions): number {
  const [text] = names;
  const id = Number(text?.replace(/^#/, ''));
  if (Number.isInteger(id) && id > 0) return id;
  const said = text === undefined ? '' : `, not "${text}"`;
  throw cannotRun('arguments', `${action ?? ''} needs the number of a pipeline${said}.`);
}
