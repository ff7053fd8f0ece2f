import { defaultRestartSettings, type RestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { engineStateFolder } from '@omnia-buildstream/core/nodes/projectPlaces';
import { parseReport, type ReportOption } from '@omnia-buildstream/runner/reports';
import type { Shard } from '@omnia-buildstream/runner/selection';
import { limitsOf, restartLimits, type Limits } from '@omnia-buildstream/runner/limitNames';
import { parseArguments } from '../../arguments.ts';
import { CannotRun } from '../../cannotRun.ts';
import { versionOption } from '../../plan/options.ts';

/** Those that are about all nodes of the mapping file, too. */
export const wholeRestartOptions = {
  image: { type: 'string' },
  mapping: { type: 'string' },
  omnia: { type: 'string' },
  nodes: { type: 'string', multiple: true },
  failed: { type: 'boolean', default: false },
  state: { type: 'string', default: engineStateFolder },
  job: { type: 'string' },
  yes: { type: 'boolean', default: false },
  concurrency: { type: 'string' },
  stagger: { type: 'string' },
  continuous: { type: 'boolean', default: false },
  graceful: { type: 'boolean', default: false },
  report: { type: 'string', default: 'tcp:22' },
  limit: { type: 'string', multiple: true },
  'bmc-port': { type: 'string', default: '443' },
  ca: { type: 'string' },
  pin: { type: 'string', multiple: true },
  format: { type: 'string', default: 'text' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export const restartOptions = { ...wholeRestartOptions, shard: { type: 'string' } } as const;

export type RunOptions = ReturnType<typeof parseRunOptions>;

/** Reads the arguments of `buildstream run restart`; throws CannotRun. */
export function parseRunOptions(args: readonly string[]) {
  const { values, positionals } = parseArguments(args, restartOptions);
  if (positionals.length > 0) throw bad(`"${positionals.join(' ')}" is no option. Name nodes with --nodes.`);
  return restartOptionsOf(values);
}

type Values = ReturnType<typeof parseArguments<typeof restartOptions>>['values'];

/** Throws CannotRun for values that are none. */
export function restartOptionsOf(values: Values) {
  if (values.failed && values.nodes !== undefined) throw bad('Give either --nodes or --failed, not both.');
  if (values.format !== 'text' && values.format !== 'ndjson') throw bad('--format takes text or ndjson.');
  const isNdjson = values.format === 'ndjson';
  const { requestMs, ...limits } = parseLimits(restartLimits, values.limit ?? []);
  return {
    help: values.help,
    image: values.image ?? '',
    mapping: values.mapping,
    version: versionOption(values.omnia),
    names: (values.nodes ?? []).flatMap((list) => list.split(',')).filter((name) => name !== ''),
    failed: values.failed,
    shard: values.shard === undefined ? undefined : parseShard(values.shard),
    state: values.state,
    job: values.job,
    yes: values.yes,
    isNdjson,
    report: reportOption(values.report),
    bmcPort: whole('--bmc-port', values['bmc-port'], 1, 65_535),
    ca: values.ca,
    pins: (values.pin ?? []).map((pin) => parsePin(pin)),
    requestMs,
    settings: {
      ...defaultRestartSettings,
      concurrency: whole('--concurrency', values.concurrency ?? String(defaultRestartSettings.concurrency), 1, 1000),
      stagger: values.stagger === undefined ? defaultRestartSettings.stagger : parseStagger(values.stagger),
      lasting: values.continuous ? 'continuous' : 'once',
      restart: values.graceful ? 'graceful' : 'force',
      limits: { ...defaultRestartSettings.limits, ...limits },
    } satisfies RestartSettings,
  };
}

/** `STEP=SECONDS`, of the names given. Throws CannotRun. */
export function parseLimits<const Names extends Readonly<Record<string, string>>>(
  names: Names,
  list: readonly string[],
): Limits<Names> {
  const pairs = list.map((text): [string, number] => {
    const [name = '', seconds = ''] = text.split('=');
    if (Object.hasOwn(names, name)) return [name, secondsToMs('--limit', seconds)];
    throw bad(`--limit takes ${Object.keys(names).join(', ')}; "${name}" is none of them.`);
  });
  return limitsOf(names, pairs);
}

function parseStagger(text: string): RestartSettings['stagger'] {
  const [batch = '', seconds = ''] = text.split(':');
  return { batch: whole('--stagger', batch, 1, 1_000_000), pauseMs: secondsToMs('--stagger', seconds) };
}

function reportOption(text: string): ReportOption {
  const report = parseReport(text);
  if (report !== undefined) return report;
  throw bad(`--report takes tcp:PORT or phone-home:ADDRESS:PORT, not "${text}".`);
}

function parseShard(text: string): Shard {
  const [index = '', count = ''] = text.split('/');
  const shard = { index: whole('--shard', index, 1, 10_000), count: whole('--shard', count, 1, 10_000) };
  if (shard.index > shard.count) throw bad(`There is no shard ${text}.`);
  return shard;
}

export function parsePin(text: string, option = '--pin'): { readonly hosts: string; readonly value: string } {
  const [hosts = '', ...rest] = text.split('=');
  const value = rest.join('=');
  if (value.replace(/^sha-?256[:=]?/i, '').replace(/[^0-9a-f]/gi, '').length !== 64) {
    throw bad(`${option} takes HOSTS=FINGERPRINT with a SHA-256 fingerprint of 64 hexadecimal digits, not "${text}".`);
  }
  return { hosts, value };
}

export function whole(name: string, text: string, from: number, to: number): number {
  if (/^\d+$/.test(text) && Number(text) >= from && Number(text) <= to) return Number(text);
  throw bad(`${name} takes a whole number from ${String(from)} to ${String(to)}; "${text}" is none.`);
}

export function secondsToMs(name: string, text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  throw bad(`${name} takes seconds; "${text}" is no number.`);
}

function bad(message: string): CannotRun {
  return new CannotRun('arguments', message);
}
