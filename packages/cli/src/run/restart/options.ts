import { defaultRestartSettings, type RestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { parseShare, type Share } from '@omnia-buildstream/core/stage/share';
import { engineStateFolder } from '@omnia-buildstream/core/nodes/projectPlaces';
import { isSafeUser } from '@omnia-buildstream/core/text/safeHost';
import { parseReport, type ReportChoice } from '@omnia-buildstream/core/stage/reportChoice';
import type { Shard } from '@omnia-buildstream/runner/selection';
import { restartLimits } from '@omnia-buildstream/runner/limitNames';
import type { parseArguments } from '../../arguments.ts';
import { parseWithSite } from '../../site/parseWithSite.ts';
import type { SiteLayer } from '../../site/layers.ts';
import { approvalOf, approvalOptions } from '../approvedPlan.ts';
import { bad, isForPrograms, outputOptions, parseLimits, parsePins, secondsToMs, whole } from '../../optionValues.ts';
import { versionOption } from '../../plan/options.ts';
import { jobOptions, jobsOf } from '../../workload.ts';

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
  ...approvalOptions,
  concurrency: { type: 'string' },
  stagger: { type: 'string' },
  continuous: { type: 'boolean', default: false },
  boot: { type: 'string', default: 'pxe' },
  'boot-nic': { type: 'boolean', default: false },
  graceful: { type: 'boolean', default: false },
  identity: { type: 'string', default: 'require' },
  protect: { type: 'string', multiple: true },
  'include-control': { type: 'string' },
  ...jobOptions,
  canary: { type: 'string', default: 'auto' },
  'in-flight': { type: 'string' },
  'max-failed': { type: 'string' },
  'max-unreachable': { type: 'string' },
  report: { type: 'string', default: 'tcp:22' },
  'ssh-key': { type: 'string' },
  'ssh-user': { type: 'string', default: 'root' },
  'known-hosts': { type: 'string' },
  limit: { type: 'string', multiple: true },
  'bmc-port': { type: 'string', default: '443' },
  ca: { type: 'string' },
  pin: { type: 'string', multiple: true },
  ...outputOptions,
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export const restartOptions = { ...wholeRestartOptions, shard: { type: 'string' } } as const;

export type RunOptions = ReturnType<typeof parseRunOptions>;

/** Reads the arguments of `buildstream run restart`. @throws UserError */
export function parseRunOptions(args: readonly string[], site?: SiteLayer) {
  const { values, positionals } = parseWithSite(args, restartOptions, site);
  if (positionals.length > 0) throw bad(`"${positionals.join(' ')}" is not an option. Name nodes with --nodes.`);
  return restartOptionsOf(values);
}

type Values = ReturnType<typeof parseArguments<typeof restartOptions>>['values'];

/** @throws UserError for invalid values */
export function restartOptionsOf(values: Values) {
  if (values.failed && values.nodes !== undefined) throw bad('Give either --nodes or --failed, not both.');
  if (values.identity !== 'require' && values.identity !== 'warn') throw bad('--identity takes require or warn.');
  if (values.boot !== 'pxe' && values.boot !== 'uefi-http') throw bad('--boot takes pxe or uefi-http.');
  if (values['boot-nic'] && values.continuous) {
    throw bad('--boot-nic is for the next boot only: BMCs have no lasting boot by one NIC. Leave out --continuous.');
  }
  const isNdjson = isForPrograms(values, 'ndjson');
  const { requestMs, ...limits } = parseLimits(restartLimits, values.limit ?? []);
  return {
    help: values.help,
    image: values.image ?? '',
    mapping: values.mapping,
    version: versionOption(values.omnia),
    names: namesIn(values.nodes),
    failed: values.failed,
    shard: values.shard === undefined ? undefined : parseShard(values.shard),
    state: values.state,
    job: values.job,
    yes: values.yes,
    /** At most this many control nodes and protected nodes are agreed to; undefined: a person is asked. */
    includeControl:
      values['include-control'] === undefined
        ? undefined
        : whole('--include-control', values['include-control'], 0, 100_000),
    ...jobsOf(values),
    approval: approvalOf(values),
    isNdjson,
    report: reportChoice(values.report),
    ssh: { user: sshUser(values['ssh-user']), key: values['ssh-key'], knownHosts: values['known-hosts'] },
    bmcPort: whole('--bmc-port', values['bmc-port'], 1, 65_535),
    ca: values.ca,
    pins: parsePins(values.pin),
    requestMs,
    settings: {
      ...defaultRestartSettings,
      concurrency: whole('--concurrency', values.concurrency ?? String(defaultRestartSettings.concurrency), 1, 1000),
      stagger: values.stagger === undefined ? defaultRestartSettings.stagger : parseStagger(values.stagger),
      lasting: values.continuous ? 'continuous' : 'once',
      protocol: values.boot === 'pxe' ? 'pxe' : 'http',
      bootNic: values['boot-nic'] ? 'admin-mac' : 'by-order',
      restart: values.graceful ? 'graceful' : 'force',
      identity: values.identity,
      control: { ...defaultRestartSettings.control, protectedNodes: namesIn(values.protect) },
      rollout: {
        canary: values.canary === 'auto' ? 'auto' : whole('--canary', values.canary, 0, 100_000),
        inFlight: values['in-flight'] === undefined ? undefined : whole('--in-flight', values['in-flight'], 1, 100_000),
        maxFailed: share('--max-failed', values['max-failed']),
        maxUnreachable: share('--max-unreachable', values['max-unreachable']),
      },
      limits: { ...defaultRestartSettings.limits, ...limits },
    } satisfies RestartSettings,
  };
}

function namesIn(lists: readonly string[] = []): string[] {
  return lists.flatMap((list) => list.split(',')).filter((name) => name.trim() !== '');
}

function share(name: string, text: string | undefined): Share | undefined {
  if (text === undefined) return undefined;
  const found = parseShare(text);
  if (found !== undefined) return found;
  throw bad(`${name} takes a number of nodes, or a percentage such as 5%; "${text}" is none.`);
}

function parseStagger(text: string): RestartSettings['stagger'] {
  const [batch = '', seconds = ''] = text.split(':');
  return { batch: whole('--stagger', batch, 1, 1_000_000), pauseMs: secondsToMs('--stagger', seconds) };
}

function reportChoice(text: string): ReportChoice {
  const report = parseReport(text);
  if (report !== undefined) return report;
  throw bad(`--report takes tcp:PORT, ssh, ssh:PORT or phone-home:ADDRESS:PORT, not "${text}".`);
}

function sshUser(user: string): string {
  if (isSafeUser(user)) return user;
  throw bad(`"${user}" is not a valid user name.`);
}

function parseShard(text: string): Shard {
  const [index = '', count = ''] = text.split('/');
  const shard = { index: whole('--shard', index, 1, 10_000), count: whole('--shard', count, 1, 10_000) };
  if (shard.index > shard.count) throw bad(`There is no shard ${text}.`);
  return shard;
}
