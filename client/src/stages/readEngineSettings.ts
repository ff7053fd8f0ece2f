import {
  defaultRestartSettings,
  type RestartSettings,
  type StepLimits,
} from '@omnia-buildstream/engine/restart/settings';
import type { HostRule } from '@omnia-buildstream/http/hosts/hostPattern';
import { normalFingerprint } from '@omnia-buildstream/http/tls/policy';
import { parseReport, type ReportOption } from '@omnia-buildstream/runner/reports';
import { readStageSettings, validateLimitKeys, type StageSettings, type ValidateLimits } from './readStageSettings.ts';
import { SettingFault } from './settingFault.ts';

/** `buildstream.engine.*`, read. */
export interface EngineSettings extends StageSettings {
  readonly restart: RestartSettings;
  readonly report: ReportOption;
  readonly stateFolder: string;
  readonly bmcPort: number;
  readonly requestTimeoutMs: number | undefined;
}

const limitKeys: Readonly<Record<string, keyof StepLimits>> = {
  reach: 'reachMs',
  login: 'loginMs',
  ready: 'readyMs',
  read: 'readMs',
  override: 'overrideMs',
  reset: 'resetMs',
  power: 'powerMs',
  report: 'reportMs',
  settle: 'settleMs',
};

/** Reads the settings; `get` gives one by its name, undefined for the default. Throws SettingFault. */
export function readEngineSettings(get: (name: string) => unknown): EngineSettings {
  const text = (name: string, standard: string): string => {
    const value = get(name) ?? standard;
    if (typeof value !== 'string') throw new SettingFault(name);
    return value.trim() === '' ? standard : value.trim();
  };
  const whole = (name: string, standard: number, to: number): number => {
    const value = get(name) ?? standard;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > to) throw new SettingFault(name);
    return value;
  };
  const report = parseReport(text('engine.report', 'tcp:22'));
  if (report === undefined) throw new SettingFault('engine.report');
  const { restart: limits, requestMs, validate } = readLimits(get('engine.limits') ?? {});
  return {
    ...readStageSettings(get, validate),
    report,
    stateFolder: text('engine.stateFolder', '.buildstream/restart'),
    bmcPort: whole('engine.bmcPort', 443, 65_535),
    requestTimeoutMs: requestMs,
    restart: {
      ...defaultRestartSettings,
      concurrency: whole('engine.concurrency', defaultRestartSettings.concurrency, 1_000),
      stagger: readStagger(text('engine.stagger', '')),
      lasting: text('engine.lasting', 'once') === 'continuous' ? 'continuous' : 'once',
      restart: text('engine.restart', 'force') === 'graceful' ? 'graceful' : 'force',
      limits: { ...defaultRestartSettings.limits, ...limits },
    },
  };
}

/** Fingerprints by host pattern; throws SettingFault for one that is no SHA-256. */
export function readPins(value: unknown): HostRule<string>[] {
  const entries: [string, unknown][] = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return entries.map(([hosts, pin]) => {
    if (typeof pin !== 'string' || normalFingerprint(pin).length !== 64) throw new SettingFault('engine.bmcPins');
    return { hosts, value: pin };
  });
}

interface Limits {
  readonly restart: Partial<StepLimits>;
  readonly requestMs: number | undefined;
  readonly validate: ValidateLimits;
}

/** The limits of all stages are one setting: no two have the same name. */
function readLimits(value: unknown): Limits {
  if (typeof value !== 'object' || value === null) throw new SettingFault('engine.limits');
  const entries = Object.entries(value).map(([step, seconds]: [string, unknown]): [string, number] => {
    const isKnown = step === 'request' || step in limitKeys || step in validateLimitKeys;
    if (!isKnown || typeof seconds !== 'number' || seconds <= 0) throw new SettingFault('engine.limits');
    return [step, Math.round(seconds * 1_000)];
  });
  const of = (keys: Readonly<Record<string, string>>): Record<string, number> =>
    Object.fromEntries(entries.flatMap(([step, ms]) => (keys[step] === undefined ? [] : [[keys[step], ms]])));
  const requestMs = entries.find(([step]) => step === 'request')?.[1];
  return { restart: of(limitKeys), requestMs, validate: of(validateLimitKeys) };
}

/** `50:30`: a pause of 30 seconds after every 50 resets. */
function readStagger(text: string): RestartSettings['stagger'] {
  if (text === '') return defaultRestartSettings.stagger;
  const found = /^(\d{1,7}):(\d+(?:\.\d+)?)$/.exec(text);
  if (found === null) throw new SettingFault('engine.stagger');
  return { batch: Number(found[1]), pauseMs: Math.round(Number(found[2]) * 1_000) };
}
