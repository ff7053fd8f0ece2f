import { omniaVersions } from '../mapping/versions.ts';
import { catalog } from '../rules/catalog.ts';
import { isDnsServer } from '../stage/dnsServer.ts';
import { unknownPlaceholders } from '../stage/imagePlaceholders.ts';
import { isTokenAddress, parseProvisionPlace } from '../stage/provisionPlace.ts';
import { parseReport } from '../stage/reportChoice.ts';
import { serviceNames } from '../stage/serviceNames.ts';
import { parseShare } from '../stage/share.ts';
import { isSafeHost } from '../text/safeHost.ts';
import type { SiteKey } from './shapes.ts';
import { aboutTexts as about, expectedTexts as expected } from './siteTexts.ts';

/** What the limits of the stages are called; the runner has what each of them limits. */
export const limitNames = [
  ...['reach', 'login', 'ready', 'read', 'override', 'reset', 'shutdown', 'power', 'report', 'settle', 'request'],
  ...['check', 'stage', 'up', 'again', 'skew'],
] as const;

const levels = ['error', 'warning', 'info', 'hint', 'off'] as const;

const isShare = (text: string): boolean => parseShare(text) !== undefined;

function isProvision(text: string): boolean {
  const place = parseProvisionPlace(text);
  return place?.kind === 'files' || (place !== undefined && isTokenAddress(place.address));
}

/** What a site has in common. Certificates, secrets and programs to run are not included. */
export const siteKeys = {
  omniaVersion: {
    setting: 'omniaVersion',
    shape: { kind: 'choice', choices: ['auto', ...omniaVersions] },
    merge: 'replace',
    about: about.omniaVersion,
    expected: expected.choice,
    example: '2.2',
  },
  rules: {
    setting: 'rules',
    shape: { kind: 'map', names: catalog.map(({ code }) => code), of: { kind: 'choice', choices: levels } },
    merge: 'add',
    about: about.rules,
    expected: expected.choice,
    example: '{ dup-bmc-ip: error }',
  },
  omniaShare: {
    setting: 'context.omniaShare',
    shape: { kind: 'choice', choices: ['nfs', 'local'] },
    merge: 'replace',
    about: about.omniaShare,
    expected: expected.choice,
    example: 'nfs',
  },
  images: {
    setting: 'engine.images',
    shape: { kind: 'text' },
    merge: 'replace',
    isPath: true,
    about: about.images,
    expected: expected.text,
    example: 'images.json',
  },
  imageUrls: {
    setting: 'engine.imageUrls',
    shape: {
      kind: 'map',
      names: ['kernel', 'initrd', 'rootfs', 'params'],
      of: { kind: 'text', isValid: (text) => unknownPlaceholders(text).length === 0 },
      required: ['kernel', 'initrd'],
    },
    merge: 'replace',
    about: about.imageUrls,
    expected: expected.address,
    example:
      '{ kernel: "https://images.example.com/{image}/vmlinuz", initrd: "https://images.example.com/{image}/initrd" }',
  },
  provision: {
    setting: 'engine.provision',
    shape: { kind: 'text', isValid: isProvision },
    merge: 'replace',
    isPath: true,
    about: about.provision,
    expected: expected.provision,
    example: 'files:boot',
  },
  concurrency: {
    setting: 'engine.concurrency',
    shape: { kind: 'whole', from: 1, to: 1_000 },
    merge: 'replace',
    about: about.concurrency,
    expected: expected.whole,
    example: '32',
  },
  stagger: {
    setting: 'engine.stagger',
    shape: { kind: 'text', isValid: (text) => /^[1-9]\d{0,5}:\d{1,6}(?:\.\d{1,3})?$/.test(text) },
    merge: 'replace',
    about: about.stagger,
    expected: expected.stagger,
    example: '50:30',
  },
  lasting: {
    setting: 'engine.lasting',
    shape: { kind: 'choice', choices: ['once', 'continuous'] },
    merge: 'replace',
    about: about.lasting,
    expected: expected.choice,
    example: 'once',
  },
  boot: {
    setting: 'engine.boot',
    shape: { kind: 'choice', choices: ['pxe', 'uefi-http'] },
    merge: 'replace',
    about: about.boot,
    expected: expected.choice,
    example: 'pxe',
  },
  bootNic: {
    setting: 'engine.bootNic',
    shape: { kind: 'flag' },
    merge: 'replace',
    about: about.bootNic,
    expected: expected.flag,
    example: 'true',
  },
  restart: {
    setting: 'engine.restart',
    shape: { kind: 'choice', choices: ['force', 'graceful'] },
    merge: 'replace',
    about: about.restart,
    expected: expected.choice,
    example: 'graceful',
  },
  canary: {
    setting: 'engine.canary',
    shape: { kind: 'text', isValid: (text) => text === 'auto' || /^\d{1,5}$/.test(text) },
    merge: 'replace',
    about: about.canary,
    expected: expected.canary,
    example: '4',
  },
  inFlight: {
    setting: 'engine.inFlight',
    shape: { kind: 'whole', from: 0, to: 100_000 },
    merge: 'replace',
    about: about.inFlight,
    expected: expected.whole,
    example: '200',
  },
  maxFailed: {
    setting: 'engine.maxFailed',
    shape: { kind: 'text', isValid: isShare },
    merge: 'replace',
    about: about.maxFailed,
    expected: expected.share,
    example: '5%',
  },
  maxUnreachable: {
    setting: 'engine.maxUnreachable',
    shape: { kind: 'text', isValid: isShare },
    merge: 'replace',
    about: about.maxUnreachable,
    expected: expected.share,
    example: '10',
  },
  protectedNodes: {
    setting: 'engine.protectedNodes',
    // The command line takes them separated by commas.
    shape: { kind: 'list', isValid: (text) => !text.includes(',') },
    merge: 'add',
    about: about.protectedNodes,
    expected: expected.list,
    example: '[nfs-01, "gw-*"]',
  },
  report: {
    setting: 'engine.report',
    shape: { kind: 'text', isValid: (text) => parseReport(text) !== undefined },
    merge: 'replace',
    about: about.report,
    expected: expected.report,
    example: 'tcp:2222',
  },
  limits: {
    setting: 'engine.limits',
    shape: { kind: 'map', names: limitNames, of: { kind: 'seconds' } },
    merge: 'add',
    about: about.limits,
    expected: expected.seconds,
    example: '{ report: 1800, check: 20 }',
  },
  ports: {
    setting: 'engine.ports',
    shape: { kind: 'map', names: serviceNames, of: { kind: 'whole', from: 1, to: 65_535 } },
    merge: 'add',
    about: about.ports,
    expected: expected.whole,
    example: '{ ssh: 2222 }',
  },
  nfsHosts: {
    setting: 'engine.nfsHosts',
    shape: { kind: 'list', isValid: isSafeHost },
    merge: 'replace',
    about: about.nfsHosts,
    expected: expected.host,
    example: '[10.5.0.40]',
  },
  hostsFile: {
    setting: 'engine.hostsFile',
    shape: { kind: 'text' },
    merge: 'replace',
    isPath: true,
    about: about.hostsFile,
    expected: expected.text,
    example: 'hosts',
  },
  resolver: {
    setting: 'engine.resolver',
    shape: { kind: 'text', isValid: isDnsServer },
    merge: 'replace',
    about: about.resolver,
    expected: expected.dnsServer,
    example: '10.5.0.1',
  },
} as const satisfies Readonly<Record<string, SiteKey>>;

export type SiteKeyName = keyof typeof siteKeys;

export const siteKeyNames = Object.keys(siteKeys) as readonly SiteKeyName[];

/** The key by its name, in the type that all keys have. */
export function siteKey(name: SiteKeyName): SiteKey {
  return siteKeys[name];
}

export function isSiteKey(name: string): name is SiteKeyName {
  return Object.hasOwn(siteKeys, name);
}

/** Of two keys that answer the same question, a layer may have only one; the one of a layer above replaces both. */
export const siteAlternatives: readonly (readonly [SiteKeyName, SiteKeyName])[] = [['hostsFile', 'resolver']];

/**
 * Settings of trust, secrets and programs, which never belong in a project: users who look for them here are told so.
 */
export const neverInSite: readonly string[] = [
  ...['caFile', 'ca', 'pin', 'pins', 'bmcPins', 'fingerprint', 'trust', 'servers', 'kubeCa', 'kubePin'],
  ...['user', 'password', 'token', 'secret', 'sshKey', 'sshUser', 'bmcPort', 'identity'],
  ...['molecule', 'moleculeFolder', 'moleculeReport', 'slurm', 'kubectl', 'drain', 'waitForJobs', 'resume'],
];
