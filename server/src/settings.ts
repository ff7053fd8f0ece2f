import { engineStateFolder } from '@omnia-buildstream/core/nodes/projectPlaces';
import type { Level, OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { isOmniaVersion } from '@omnia-buildstream/core/mapping/versions';

/** The part of the `buildstream` section that the server needs. */
export interface UserSettings {
  readonly version: OmniaVersion | 'auto';
  /** Where the version comes from. Irrelevant for `auto`. */
  readonly versionFrom: 'setting' | 'site';
  readonly overrides: ReadonlyMap<string, Level>;
  readonly share: 'nfs' | 'local' | undefined;
  readonly alignColumns: boolean;
  /** Where the stage engine keeps the state of its restarts, relative to the project or absolute. */
  readonly stateFolder: string;
}

export const defaultSettings: UserSettings = {
  version: 'auto',
  versionFrom: 'setting',
  overrides: new Map(),
  share: undefined,
  alignColumns: false,
  stateFolder: engineStateFolder,
};

const levels: readonly unknown[] = ['off', 'hint', 'info', 'warning', 'error'] satisfies Level[];

/** Reads the section that the editor sends. Values that are not understood count as not set. */
export function readSettings(section: unknown): UserSettings {
  const version = at(section, 'omniaVersion');
  const share = at(section, 'context', 'omniaShare');
  const rules = at(section, 'rules');
  const overrides = new Map<string, Level>();
  if (isObject(rules)) {
    for (const [code, level] of Object.entries(rules)) if (isLevel(level)) overrides.set(code, level);
  }
  return {
    version: typeof version === 'string' && isOmniaVersion(version) ? version : 'auto',
    versionFrom: 'setting',
    overrides,
    share: share === 'nfs' || share === 'local' ? share : undefined,
    alignColumns: at(section, 'mapping', 'alignColumns') === true,
    stateFolder: folderIn(at(section, 'engine', 'stateFolder')),
  };
}

export function sameSettings(a: UserSettings, b: UserSettings): boolean {
  const flat = ({ version, versionFrom, overrides, share, alignColumns, stateFolder }: UserSettings): string =>
    JSON.stringify([version, versionFrom, [...overrides].sort(), share, alignColumns, stateFolder]);
  return flat(a) === flat(b);
}

/** With `/` as separator, as in URIs. */
function folderIn(value: unknown): string {
  const folder = typeof value === 'string' ? value.trim().replaceAll('\\', '/') : '';
  return folder === '' ? engineStateFolder : folder;
}

function isLevel(value: unknown): value is Level {
  return levels.includes(value);
}

/** The value under nested keys, which editors send nested or with dots in the key. */
function at(section: unknown, ...keys: readonly string[]): unknown {
  if (!isObject(section)) return undefined;
  const [first = '', ...rest] = keys;
  return section[keys.join('.')] ?? (rest.length === 0 ? section[first] : at(section[first], ...rest));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
