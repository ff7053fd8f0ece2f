import { serverAddress } from '@omnia-buildstream/gitlab/project/server';
import { movedSettings, places, withMoved, type Inspected, type Place } from './movedSettings.ts';
import { pinText, trustKey, trustSetting, withTrust } from './trust.ts';

/** Old settings that become one property, or several, of a new one in the same place. */
export interface Migration {
  readonly place: Place;
  readonly now: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** Names that are removed once the new value is written. */
  readonly old: readonly string[];
}

/** What only the user, or another setting, knows. */
export interface Known {
  /** From the setting `api.url`. */
  readonly api: URL | undefined;
  /** Patterns of the BMCs whose authority `engine.caFile` names. */
  readonly bmcs: readonly string[];
}

type Inspect = (name: string) => Inspected | undefined;

/** Settings whose entries go into the trust setting. */
export const oldTrust = ['gitlab.servers', 'engine.caFile', 'engine.bmcPins', 'api.caFile', 'api.fingerprint'] as const;

/** Settings that `buildstream.yml` has for everyone, by its names; a user's own setting takes precedence over it. */
export const siteKeys = [
  'canary',
  'protectedNodes',
  'report',
  'limits',
  'images',
  'imageUrls',
  'provision',
  'ports',
  'nfsHosts',
] as const;

/** Those of them that are set, as the text of a buildstream.yml. Empty if none is set. JSON is valid YAML. */
export function siteText(inspect: Inspect): string {
  return siteKeys
    .flatMap((key) => {
      const found = inspect(`engine.${key}`);
      const value = places.map((place) => found?.[place]).find(isGiven);
      return value === undefined ? [] : [`${key}: ${JSON.stringify(value)}\n`];
    })
    .join('');
}

/** Names of old settings that are set somewhere. */
export function oldNames(inspect: Inspect): string[] {
  const isSet = (name: string): boolean => places.some((place) => isGiven(inspect(name)?.[place]));
  const moved = movedSettings.map(({ old }) => old).filter(isSet);
  return [...moved, ...oldTrust.filter((name) => isGiven(inspect(name)?.globalValue))];
}

/** What to write and what to remove, by new setting and place. Pure. */
export function planMigration(inspect: Inspect, known: Known): Migration[] {
  const plans: Migration[] = [];
  for (const place of places) {
    const names = [...new Set(movedSettings.map(({ now }) => now))];
    for (const now of names) {
      const moved = movedSettings.filter((one) => one.now === now && isGiven(inspect(one.old)?.[place]));
      if (moved.length === 0) continue;
      const value = moved.reduce<unknown>(
        (before, one) => withMoved(before, one, inspect(one.old)?.[place]),
        inspect(now)?.[place],
      );
      plans.push({ place, now, value: value as Readonly<Record<string, unknown>>, old: moved.map(({ old }) => old) });
    }
  }
  return [...plans, ...trustPlan(inspect, known)];
}

/** Existing entries of the trust setting stay. Whom to trust is in the user's own settings only. */
function trustPlan(inspect: Inspect, known: Known): Migration[] {
  const of = (name: string): unknown => inspect(name)?.globalValue;
  const entries = {
    'gitlab.servers': serverEntries(of('gitlab.servers')),
    'engine.bmcPins': pinEntries(of('engine.bmcPins')),
    'engine.caFile': fileEntries(of('engine.caFile'), known.bmcs),
    'api.caFile': fileEntries(of('api.caFile'), known.api === undefined ? [] : [trustKey(known.api)]),
    'api.fingerprint': pinned(of('api.fingerprint'), known.api),
  };
  // A fingerprint took precedence over an authority, so it is added first.
  const order = ['gitlab.servers', 'engine.bmcPins', 'api.fingerprint', 'api.caFile', 'engine.caFile'] as const;
  const old = order.filter((name) => isGiven(of(name)) && entries[name].length > 0);
  if (old.length === 0) return [];
  const start = of(trustSetting);
  const before = typeof start === 'object' && start !== null ? (start as Record<string, unknown>) : {};
  const added = Object.fromEntries(old.toReversed().flatMap((name) => entries[name]));
  const exact = Object.entries(added).reduce((map, [host, text]) => withTrust(map, host, text), {});
  return [{ place: 'globalValue', now: trustSetting, value: { ...before, ...withoutKeys(exact, before) }, old }];
}

type Entry = readonly [host: string, text: string];

function serverEntries(servers: unknown): Entry[] {
  return entriesOf(servers).flatMap(([address, value]): Entry[] => {
    const origin = serverAddress(address);
    if (origin === undefined || typeof value !== 'object' || value === null) return [];
    const { caFile, fingerprint } = value as { readonly caFile?: unknown; readonly fingerprint?: unknown };
    const key = trustKey(new URL(origin));
    if (isText(fingerprint)) return [[key, pinText(fingerprint)]];
    return isText(caFile) ? [[key, caFile.trim()]] : [];
  });
}

function pinEntries(pins: unknown): Entry[] {
  return entriesOf(pins).flatMap(([host, pin]): Entry[] => (isText(pin) ? [[host, pinText(pin)]] : []));
}

function fileEntries(file: unknown, hosts: readonly string[]): Entry[] {
  return isText(file) ? hosts.map((host) => [host, file.trim()] as const) : [];
}

function pinned(fingerprint: unknown, api: URL | undefined): Entry[] {
  return isText(fingerprint) && api !== undefined ? [[trustKey(api), pinText(fingerprint)]] : [];
}

function withoutKeys(map: Readonly<Record<string, unknown>>, keys: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !Object.hasOwn(keys, key)));
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** Empty is the default of all of them, so it does not count as set. */
function isGiven(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
