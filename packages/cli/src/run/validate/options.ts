import { serviceNames } from '@omnia-buildstream/core/stage/serviceNames';
import { checkKinds, type CheckKind } from '@omnia-buildstream/engine/validate/check';
import { isMarkerPath, type ImageEvidence } from '@omnia-buildstream/engine/validate/probes/image';
import { isSafeHost, isSafeUser } from '@omnia-buildstream/core/text/safeHost';
import type { SshSettings } from '@omnia-buildstream/engine/validate/probes/ssh';
import {
  defaultCheckSettings,
  defaultPorts,
  defaultRunSettings,
  type CheckSettings,
  type RunSettings,
} from '@omnia-buildstream/engine/validate/settings';
import { validateLimits } from '@omnia-buildstream/runner/limitNames';
import { verification } from '@omnia-buildstream/runner/verify';
import type { parseArguments } from '../../arguments.ts';
import { parseWithSite } from '../../site/parseWithSite.ts';
import type { SiteLayer } from '../../site/layers.ts';
import { versionOption } from '../../plan/options.ts';
import { approvalOf, approvalOptions } from '../approvedPlan.ts';
import { bad, isForPrograms, outputOptions, parseLimits, parsePins, whole } from '../../optionValues.ts';

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;

/** Those of a stage that is not a verification. */
export const testOptions = {
  mapping: text,
  omnia: text,
  nodes: texts,
  only: texts,
  seed: text,
  image: text,
  'role-image': texts,
  nfs: texts,
  port: texts,
  concurrency: text,
  limit: texts,
  resolver: text,
  hosts: text,
  'kube-ca': text,
  'kube-pin': texts,
  'ssh-key': text,
  'ssh-user': { type: 'string', default: 'root' },
  'host-keys': { type: 'string', default: 'yes' },
  'known-hosts': text,
  'image-from': { type: 'string', default: 'cmdline' },
  molecule: text,
  'molecule-arg': texts,
  'molecule-dir': { type: 'string', default: '.' },
  'molecule-env': texts,
  'molecule-report': text,
  state: { type: 'string', default: '.buildstream' },
  job: text,
  junit: text,
  ...approvalOptions,
  ...outputOptions,
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export const validateOptions = { ...testOptions, verify: text } as const;

export type ValidateOptions = ReturnType<typeof parseValidateOptions>;

/** Clocks that differ by more make Slurm's and Kubernetes' credentials expire early. */
const defaultSkewMs = 2_000;

/** Reads the arguments of `buildstream run validate`. @throws UserError */
export function parseValidateOptions(args: readonly string[], site?: SiteLayer) {
  const { values, positionals } = parseWithSite(args, validateOptions, site);
  if (positionals.length > 0) throw bad(`"${positionals.join(' ')}" is not an option. Name nodes with --nodes.`);
  return validateOptionsOf(values);
}

type Values = ReturnType<typeof parseArguments<typeof validateOptions>>['values'];

/** @throws UserError for invalid values */
export function validateOptionsOf(values: Values) {
  const { skewMs = defaultSkewMs, ...limits } = parseLimits(validateLimits, values.limit ?? []);
  const concurrency = values.concurrency ?? String(defaultRunSettings.concurrency);
  if (values.resolver !== undefined && values.hosts !== undefined) throw bad('Give --resolver or --hosts, not both.');
  const ports = Object.fromEntries((values.port ?? []).map((pair) => parsePort(pair)));
  const checks: CheckSettings = {
    ...defaultCheckSettings,
    ports: { ...defaultPorts, ...ports },
    nfsHosts: listOf(values.nfs).map(parseHost),
    kinds: values.only === undefined ? undefined : listOf(values.only).map(parseKind),
    canLogIn: values['ssh-key'] !== undefined,
    expected: { imageGroup: values.image ?? '', images: (values['role-image'] ?? []).map(parseRoleImage) },
  };
  return {
    help: values.help,
    approval: approvalOf(values),
    mapping: values.mapping,
    version: versionOption(values.omnia),
    names: listOf(values.nodes),
    checks: values.verify === undefined ? checks : verification(checks, sampleFrom(values.verify, values.seed)),
    settings: {
      ...defaultRunSettings,
      ...limits,
      concurrency: whole('--concurrency', concurrency, 1, 1000),
    } satisfies RunSettings,
    skewLimitMs: skewMs,
    resolver: values.resolver,
    hosts: values.hosts,
    kubeCa: values['kube-ca'],
    kubePins: parsePins(values['kube-pin'], '--kube-pin'),
    sshKey: values['ssh-key'],
    ssh: {
      user: parseUser(values['ssh-user']),
      hostKeys: parseHostKeys(values['host-keys']),
      knownHosts: values['known-hosts'],
    },
    evidence: parseEvidence(values['image-from']),
    molecule: {
      command: [
        ...(values.molecule ?? '').split(/\s+/).filter((part) => part !== ''),
        ...(values['molecule-arg'] ?? []),
      ],
      folder: values['molecule-dir'],
      passOn: values['molecule-env'] ?? [],
      report: values['molecule-report'],
    },
    state: values.state,
    job: values.job,
    junit: values.junit,
    isNdjson: isForPrograms(values, 'ndjson'),
  };
}

function parsePort(pair: string): [string, number] {
  const [given = '', port = ''] = pair.split('=');
  const name = serviceNames.find((known) => known === given);
  if (name === undefined) throw bad(`--port takes ${serviceNames.join(', ')}; "${given}" is none of them.`);
  return [name, whole('--port', port, 1, 65_535)];
}

function parseKind(given: string): CheckKind {
  const kind = checkKinds.find((known) => known === given);
  if (kind !== undefined) return kind;
  throw bad(`--only takes ${checkKinds.join(', ')}; "${given}" is none of them.`);
}

function parseHost(host: string): string {
  if (isSafeHost(host)) return host;
  throw bad(`"${host}" is not a hostname or address.`);
}

function parseUser(user: string): string {
  if (isSafeUser(user)) return user;
  throw bad(`"${user}" is not a valid user name.`);
}

function parseHostKeys(how: string): SshSettings['hostKeys'] {
  if (how === 'yes' || how === 'accept-new' || how === 'no') return how;
  throw bad(`--host-keys takes yes, accept-new or no; "${how}" is none of them.`);
}

function parseEvidence(where: string): ImageEvidence {
  if (where === 'cmdline' || where === 'os-release') return { kind: where };
  if (isMarkerPath(where)) return { kind: 'marker', path: where };
  throw bad(`--image-from takes cmdline, os-release or the absolute path of a file, not "${where}".`);
}

function parseRoleImage(pair: string): CheckSettings['expected']['images'][number] {
  const [role = '', ...rest] = pair.split('=');
  const name = rest.join('=');
  if (role !== '' && name !== '') return { role, name, boot: undefined };
  throw bad(`--role-image takes ROLE=NAME, not "${pair}".`);
}

function sampleFrom(size: string, seed: string | undefined): { readonly size: number; readonly seed: string } {
  return { size: whole('--verify', size, 0, 1_000_000), seed: seed ?? '' };
}

function listOf(lists: readonly string[] | undefined): string[] {
  return (lists ?? []).flatMap((list) => list.split(',')).filter((entry) => entry !== '');
}
