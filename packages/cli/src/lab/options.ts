import { labGenerations } from '@omnia-buildstream/lab/bmc/generation';
import { faultNames, isFaultName, type FaultName } from '@omnia-buildstream/lab/faults/presets';
import { maxNodes } from '@omnia-buildstream/lab/net/addresses';
import { oneOf, parseArguments } from '../arguments.ts';
import { cannotRun } from '../cannotRun.ts';
import { secondsToMs, whole } from '../optionValues.ts';
import { placeOf, portOf } from './place.ts';

const options = {
  size: { type: 'string', default: '10' },
  network: { type: 'string' },
  port: { type: 'string' },
  folder: { type: 'string' },
  generation: { type: 'string', default: 'idrac9' },
  fault: { type: 'string', multiple: true },
  latency: { type: 'string', default: '20' },
  boot: { type: 'string', default: '5' },
  'phone-home-port': { type: 'string' },
  'ssh-port': { type: 'string' },
  'until-eof': { type: 'boolean', default: false },
  services: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export interface FaultOption {
  readonly name: FaultName;
  readonly count: number;
  readonly durationMs: number;
}

export type LabCommandOptions = ReturnType<typeof parseLabOptions>;

const defaultFaultMs: Readonly<Partial<Record<FaultName, number>>> = { 'not-ready': 60_000, slow: 5_000 };

/** Reads the arguments of `buildstream lab`. @throws UserError */
export function parseLabOptions(args: readonly string[]) {
  const { values, positionals } = parseArguments(args, options);
  if (positionals.length > 0) throw cannotRun('arguments', 'lab takes options only.');
  return {
    help: values.help,
    size: whole('--size', values.size, 1, maxNodes),
    ...placeOf(values),
    folder: values.folder,
    generations: values.generation.split(',').map((name) => oneOf('--generation', name, labGenerations)),
    faults: (values.fault ?? []).map(parseFault),
    latencyMs: whole('--latency', values.latency, 0, 600_000),
    bootMs: secondsToMs('--boot', values.boot),
    phoneHomePort: portOf('--phone-home-port', values['phone-home-port']),
    untilEof: values['until-eof'],
    hasServices: values.services,
    sshPort: portOf('--ssh-port', values['ssh-port']),
  };
}

function parseFault(text: string): FaultOption {
  const [name = '', amount = '1'] = text.split('=');
  const [count = '', seconds] = amount.split(':');
  if (!isFaultName(name)) {
    throw cannotRun('arguments', `--fault takes ${faultNames.join(', ')}; "${name}" is none of them.`);
  }
  const durationMs = seconds === undefined ? (defaultFaultMs[name] ?? 0) : secondsToMs('--fault', seconds);
  return { name, count: whole('--fault', count, 1, maxNodes), durationMs };
}
