import type { RecoveryAct } from '@omnia-buildstream/core/restart/recoveryAct';
import { oneOf, parseArguments } from '../arguments.ts';
import { bad, isForPrograms, outputOptions, parseLimits, parsePins, whole } from '../optionValues.ts';
import { versionOption } from '../plan/options.ts';

/** How BMCs are reached: the same in every command that only asks them or does one thing. */
export const accessOptions = {
  mapping: { type: 'string' },
  omnia: { type: 'string' },
  yes: { type: 'boolean', default: false },
  'bmc-port': { type: 'string', default: '443' },
  ca: { type: 'string' },
  pin: { type: 'string', multiple: true },
  limit: { type: 'string', multiple: true },
  ...outputOptions,
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type AccessValues = ReturnType<typeof parseArguments<typeof accessOptions>>['values'];

export type AccessChoice = ReturnType<typeof accessOptionsOf>;

/** @throws UserError for invalid values */
export function accessOptionsOf(values: AccessValues) {
  const { requestMs } = parseLimits({ request: 'requestMs' }, values.limit ?? []);
  return {
    help: values.help,
    mapping: values.mapping,
    version: versionOption(values.omnia),
    yes: values.yes,
    bmcPort: whole('--bmc-port', values['bmc-port'], 1, 65_535),
    ca: values.ca,
    pins: parsePins(values.pin),
    requestMs,
    isJson: isForPrograms(values, 'json'),
  };
}

const actOptions = {
  'clear-jobs': { type: 'boolean', default: false },
  'restart-bmc': { type: 'boolean', default: false },
  'leave-lifecycle': { type: 'boolean', default: false },
  'pxe-off': { type: 'boolean', default: false },
} as const satisfies Readonly<Record<RecoveryAct, unknown>>;

export type BmcOptions = ReturnType<typeof parseBmcOptions>;

/** Reads the arguments of `buildstream bmc`. @throws UserError */
export function parseBmcOptions(args: readonly string[]) {
  const options = { ...accessOptions, ...actOptions, identity: { type: 'string', default: 'require' } } as const;
  const { values, positionals } = parseArguments(args, options);
  const [act, ...more] = (Object.keys(actOptions) as RecoveryAct[]).filter((name) => values[name]);
  if (more.length > 0) throw bad('Give one act at a time: each has its own question.');
  if (positionals.length === 0 && !values.help) throw bad('Name the node: its hostname, service tag or BMC_IP.');
  return {
    ...accessOptionsOf(values),
    names: positionals,
    act,
    identity: oneOf('--identity', values.identity, ['require', 'warn']),
  };
}
