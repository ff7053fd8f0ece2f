import { afterPassedKinds, labPasts, labVersions } from '@omnia-buildstream/core/lab/connection';
import { inOctet } from '@omnia-buildstream/lab/net/addresses';
import { oneOf, parseArguments } from '../../arguments.ts';
import { cannotRun } from '../../cannotRun.ts';
import { secondsToMs, whole } from '../../optionValues.ts';
import { placeOf, portOf } from '../place.ts';

const options = {
  size: { type: 'string', default: '60' },
  spare: { type: 'string', default: '3' },
  broken: { type: 'string', default: '3' },
  folder: { type: 'string' },
  network: { type: 'string' },
  port: { type: 'string' },
  'gitlab-port': { type: 'string' },
  'api-port': { type: 'string' },
  omnia: { type: 'string', default: '2.2' },
  'after-passed': { type: 'string', default: 'refused' },
  'api-past': { type: 'string', default: 'none' },
  'node-results': { type: 'boolean', default: false },
  'result-delay': { type: 'string', default: '1' },
  'while-asked': { type: 'string', default: '0' },
  'until-eof': { type: 'boolean', default: false },
  boot: { type: 'string', default: '3' },
  latency: { type: 'string', default: '20' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** The cluster has heads of Kubernetes and Slurm, and needs workers behind them to break. */
const fewestNodes = 12;
/** The admin network of the project is one /16. */
const mostSpare = 1_000;

export type ClusterOptions = ReturnType<typeof parseClusterOptions>;

/** Reads the arguments of `buildstream lab cluster`. @throws UserError */
export function parseClusterOptions(args: readonly string[]) {
  const { values, positionals } = parseArguments(args, options);
  if (positionals.length > 0) throw cannotRun('arguments', 'lab cluster takes options only.');
  const size = whole('--size', values.size, fewestNodes, inOctet - mostSpare);
  return {
    help: values.help,
    size,
    spare: whole('--spare', values.spare, 0, mostSpare),
    broken: whole('--broken', values.broken, 0, size - fewestNodes + 3),
    folder: values.folder,
    ...placeOf(values),
    gitlabPort: portOf('--gitlab-port', values['gitlab-port']),
    apiPort: portOf('--api-port', values['api-port']),
    omnia: oneOf('--omnia', values.omnia, labVersions),
    afterPassed: oneOf('--after-passed', values['after-passed'], afterPassedKinds),
    past: oneOf('--api-past', values['api-past'], labPasts),
    servesArtifacts: values['node-results'],
    resultDelayMs: secondsToMs('--result-delay', values['result-delay']),
    untilEof: values['until-eof'],
    /** 0: it keeps running whether or not anybody asks. */
    whileAskedMs: secondsToMs('--while-asked', values['while-asked']),
    bootMs: secondsToMs('--boot', values.boot),
    latencyMs: whole('--latency', values.latency, 0, 60_000),
  };
}
