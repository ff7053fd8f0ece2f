import { defaultRestartSettings, type RestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { parseShare, type Share } from '@omnia-buildstream/core/stage/share';
import type { Rollout } from '@omnia-buildstream/engine/restart/rollout';
import type { HostRule } from '@omnia-buildstream/http/hosts/hostPattern';
import { normalFingerprint } from '@omnia-buildstream/http/tls/policy';
import { limitsOf, restartLimits, validateLimits } from '@omnia-buildstream/runner/limitNames';
import { parseReport, type ReportChoice } from '@omnia-buildstream/core/stage/reportChoice';
import { parseKubePlace, parseSlurm } from '@omnia-buildstream/runner/workload/places';
import type { WorkloadOption } from '@omnia-buildstream/runner/workload/workload';
import { readStageSettings, type StageSettings } from './readStageSettings.ts';
import { SettingFault } from './settingFault.ts';

/** The values of `buildstream.engine.*`. */
export interface EngineSettings extends StageSettings {
  readonly restart: RestartSettings;
  readonly report: ReportChoice;
  readonly workload: WorkloadOption;
  readonly stateFolder: string;
  readonly bmcPort: number;
  readonly requestTimeoutMs: number | undefined;
}

/** Reads the settings. `get` returns a value by name, undefined for the default. @throws SettingFault */
export function readEngineSettings(get: (name: string) => unknown): EngineSettings {
  const text = (name: string, standard: string): string => {
    const value = get(name) ?? standard;
    if (typeof value !== 'string') throw new SettingFault(name);
    return value.trim() === '' ? standard : value.trim();
  };
  const whole = (name: string, standard: number, to: number, from = 1): number => {
    const value = get(name) ?? standard;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < from || value > to)
      throw new SettingFault(name);
    return value;
  };
  const report = parseReport(text('engine.report', 'tcp:22'));
  if (report === undefined) throw new SettingFault('engine.report');
  const { restart, validate } = readLimits(get('engine.limits') ?? {});
  const { requestMs, ...limits } = restart;
  return {
    ...readStageSettings(get, validate),
    report,
    workload: readWorkload(get, text, whole),
    stateFolder: text('engine.stateFolder', '.buildstream/restart'),
    bmcPort: whole('engine.bmcPort', 443, 65_535),
    requestTimeoutMs: requestMs,
    restart: {
      ...defaultRestartSettings,
      concurrency: whole('engine.concurrency', defaultRestartSettings.concurrency, 1_000),
      stagger: readStagger(text('engine.stagger', '')),
      ...readBoot(text, get('engine.bootNic')),
      restart: text('engine.restart', 'force') === 'graceful' ? 'graceful' : 'force',
      identity: text('engine.identity', 'require') === 'warn' ? 'warn' : 'require',
      control: { ...defaultRestartSettings.control, protectedNodes: readNames(get('engine.protectedNodes') ?? []) },
      rollout: {
        canary: readCanary(text('engine.canary', 'auto')),
        inFlight: whole('engine.inFlight', 0, 100_000, 0) || undefined,
        maxFailed: readShare('engine.maxFailed', text('engine.maxFailed', '')),
        maxUnreachable: readShare('engine.maxUnreachable', text('engine.maxUnreachable', '')),
      },
      limits: { ...defaultRestartSettings.limits, ...limits },
    },
  };
}

/** A boot NIC applies to one boot only, because BMCs have no lasting boot from a specific NIC. */
function readBoot(
  text: (name: string, standard: string) => string,
  bootNic: unknown,
): Pick<RestartSettings, 'lasting' | 'protocol' | 'bootNic'> {
  const lasting = text('engine.lasting', 'once') === 'continuous' ? 'continuous' : 'once';
  if (bootNic === true && lasting === 'continuous') throw new SettingFault('engine.bootNic');
  return {
    lasting,
    protocol: text('engine.boot', 'pxe') === 'uefi-http' ? 'http' : 'pxe',
    bootNic: bootNic === true ? 'admin-mac' : 'by-order',
  };
}

/** Fingerprints by host pattern. @throws SettingFault for one that is not SHA-256 */
export function readPins(value: unknown): HostRule<string>[] {
  const entries: [string, unknown][] = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return entries.map(([hosts, pin]) => {
    if (typeof pin !== 'string' || normalFingerprint(pin).length !== 64) throw new SettingFault('engine.bmcPins');
    return { hosts, value: pin };
  });
}

/** Reads the limits of all stages, which are one setting. Values there are in seconds. @throws SettingFault */
function readLimits(value: unknown) {
  if (typeof value !== 'object' || value === null) throw new SettingFault('engine.limits');
  const given = Object.entries(value).map(([name, seconds]: [string, unknown]) => {
    const isKnown = Object.hasOwn(restartLimits, name) || Object.hasOwn(validateLimits, name);
    if (!isKnown || typeof seconds !== 'number' || seconds <= 0) throw new SettingFault('engine.limits');
    return [name, Math.round(seconds * 1_000)] as const;
  });
  return { restart: limitsOf(restartLimits, given), validate: limitsOf(validateLimits, given) };
}

function readCanary(text: string): Rollout['canary'] {
  if (text === 'auto') return text;
  if (!/^\d{1,6}$/.test(text)) throw new SettingFault('engine.canary');
  return Number(text);
}

function readNames(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw new SettingFault('engine.protectedNodes');
}

/** Jobs are only waited for on drained nodes, and only drained nodes are resumed. */
function readWorkload(
  get: (name: string) => unknown,
  text: (name: string, standard: string) => string,
  whole: (name: string, standard: number, to: number, from: number) => number,
): WorkloadOption {
  const given = text('engine.slurm', '');
  // The trust map says which certificates to trust there.
  const slurm = given === '' ? undefined : parseSlurm(given);
  if (given !== '' && slurm === undefined) throw new SettingFault('engine.slurm');
  const context = text('engine.kubectl', '');
  const kube = context === '' ? undefined : parseKubePlace(context);
  if (context !== '' && kube === undefined) throw new SettingFault('engine.kubectl');
  const drain = get('engine.drain') === true;
  const minutes = whole('engine.waitForJobs', 0, 40_320, 0);
  const waitMs = drain && minutes > 0 ? minutes * 60_000 : undefined;
  return { slurm, kube, work: { drain, waitMs, resume: drain && get('engine.resume') === true } };
}

function readShare(name: string, text: string): Share | undefined {
  const share = text === '' ? undefined : parseShare(text);
  if (text !== '' && share === undefined) throw new SettingFault(name);
  return share;
}

/** Reads for example `50:30`, a pause of 30 seconds after every 50 resets. */
function readStagger(text: string): RestartSettings['stagger'] {
  if (text === '') return defaultRestartSettings.stagger;
  const found = /^(\d{1,7}):(\d+(?:\.\d+)?)$/.exec(text);
  if (found === null) throw new SettingFault('engine.stagger');
  return { batch: Number(found[1]), pauseMs: Math.round(Number(found[2]) * 1_000) };
}
