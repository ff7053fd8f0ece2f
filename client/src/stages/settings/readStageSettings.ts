import { unknownPlaceholders } from '@omnia-buildstream/core/stage/imagePlaceholders';
import { parseProvisionPlace, isTokenAddress } from '@omnia-buildstream/core/stage/provisionPlace';
import { serviceNames } from '@omnia-buildstream/core/stage/serviceNames';
import { isSafeHost, isSafeUser } from '@omnia-buildstream/core/text/safeHost';
import {
  defaultPorts,
  defaultRunSettings,
  type CheckSettings,
  type RunSettings,
} from '@omnia-buildstream/engine/validate/settings';
import type { ImageList } from '@omnia-buildstream/runner/imageGroups';
import type { Limits, validateLimits } from '@omnia-buildstream/runner/limitNames';
import { SettingFault } from './settingFault.ts';

type Get = (name: string) => unknown;

/** Where boot configuration goes, before the user is asked for a token. */
export type ProvisionSetting =
  | { readonly kind: 'files'; readonly folder: string }
  | { readonly kind: 'openchami'; readonly server: URL };

/** Settings for deploy and validate, in addition to those of all stages. Paths are as written. */
export interface StageSettings {
  /** Undefined if users type the image group. */
  readonly images: ImageList | undefined;
  readonly provision: ProvisionSetting | undefined;
  readonly validate: ValidateSettings;
}

export interface ValidateSettings {
  readonly ports: CheckSettings['ports'];
  readonly nfsHosts: readonly string[];
  /** If this and `resolver` are empty, this machine resolves names. */
  readonly hostsFile: string;
  readonly resolver: string;
  /** Path of the key. Empty if checks do not log in to nodes. */
  readonly sshKey: string;
  readonly sshUser: string;
  /** Program and arguments. Empty to run only our own checks. */
  readonly molecule: readonly string[];
  readonly moleculeFolder: string;
  readonly moleculeReport: string;
  readonly reportFolder: string;
  readonly run: RunSettings;
  readonly skewMs: number;
}

/** If clocks differ by more, credentials of Slurm and Kubernetes expire early. */
const defaultSkewMs = 2_000;

/**
 * Settings that only count if they are the user's own. For example, they name programs that run on this machine, or a
 * key, and a folder must not choose those.
 */
export const userOnlySettings: ReadonlySet<string> = new Set([
  'engine.bmcPort',
  'engine.sshKey',
  'engine.sshUser',
  'engine.slurm',
  'engine.kubectl',
  'engine.drain',
  'engine.waitForJobs',
  'engine.resume',
  'engine.molecule',
  'engine.moleculeFolder',
  'engine.moleculeReport',
]);

/** @throws SettingFault */
export function readStageSettings(get: Get, limits: Limits<typeof validateLimits>): StageSettings {
  const { skewMs = defaultSkewMs, ...run } = limits;
  const file = textOf(get, 'engine.images');
  return {
    images: file === '' ? undefined : { file, template: readTemplate(get('engine.imageUrls')) },
    provision: readProvision(textOf(get, 'engine.provision')),
    validate: {
      ports: readPorts(get('engine.ports')),
      nfsHosts: readHosts(get),
      hostsFile: textOf(get, 'engine.hostsFile'),
      resolver: textOf(get, 'engine.resolver'),
      sshKey: textOf(get, 'engine.sshKey'),
      sshUser: readUser(textOf(get, 'engine.sshUser')),
      molecule: textsOf(get, 'engine.molecule'),
      moleculeFolder: textOf(get, 'engine.moleculeFolder'),
      moleculeReport: textOf(get, 'engine.moleculeReport'),
      reportFolder: textOf(get, 'engine.reportFolder') || '.buildstream',
      run: { ...defaultRunSettings, ...run },
      skewMs,
    },
  };
}

const urlKeys = ['kernel', 'initrd', 'rootfs', 'params'];

function readTemplate(value: unknown): ImageList['template'] {
  const fault = new SettingFault('engine.imageUrls');
  if (typeof (value ?? {}) !== 'object') throw fault;
  const entries: [string, unknown][] = Object.entries(value ?? {});
  if (entries.length === 0) return undefined;
  if (
    entries.some(
      ([key, text]) => !urlKeys.includes(key) || typeof text !== 'string' || unknownPlaceholders(text).length > 0,
    )
  ) {
    throw fault;
  }
  const { kernel = '', initrd = '', rootfs, params = '' } = Object.fromEntries(entries) as Record<string, string>;
  if (kernel === '' || initrd === '') throw fault;
  return { kernel, initrd, rootfs: rootfs === '' ? undefined : rootfs, params };
}

function readProvision(text: string): ProvisionSetting | undefined {
  if (text === '') return undefined;
  const place = parseProvisionPlace(text);
  if (place?.kind === 'files') return place;
  const address = place?.address ?? '';
  if (!isTokenAddress(address) || !URL.canParse(address)) throw new SettingFault('engine.provision');
  return { kind: 'openchami', server: new URL(address) };
}

function readPorts(value: unknown): CheckSettings['ports'] {
  const fault = new SettingFault('engine.ports');
  if (typeof (value ?? {}) !== 'object') throw fault;
  const entries: [string, unknown][] = Object.entries(value ?? {});
  const isPort = (port: unknown): boolean => Number.isInteger(port) && Number(port) >= 1 && Number(port) <= 65_535;
  const isKnown = (name: string): boolean => (serviceNames as readonly string[]).includes(name);
  if (!entries.every(([name, port]) => isKnown(name) && isPort(port))) throw fault;
  return { ...defaultPorts, ...Object.fromEntries(entries) };
}

function readHosts(get: Get): readonly string[] {
  const hosts = textsOf(get, 'engine.nfsHosts');
  if (!hosts.every(isSafeHost)) throw new SettingFault('engine.nfsHosts');
  return hosts;
}

function readUser(user: string): string {
  if (user === '') return 'root';
  if (!isSafeUser(user)) throw new SettingFault('engine.sshUser');
  return user;
}

function textOf(get: Get, name: string): string {
  const value = get(name) ?? '';
  if (typeof value !== 'string') throw new SettingFault(name);
  return value.trim();
}

function textsOf(get: Get, name: string): readonly string[] {
  const value = get(name) ?? [];
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) throw new SettingFault(name);
  return value;
}
