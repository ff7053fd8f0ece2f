import type { Level, OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { isOmniaVersion } from '@omnia-buildstream/core/mapping/versions';

/** The part of the section `buildstream` that the server needs. */
export interface UserSettings {
  readonly version: OmniaVersion | 'auto';
  readonly overrides: ReadonlyMap<string, Level>;
  readonly share: 'nfs' | 'local' | undefined;
  readonly alignColumns: boolean;
}

export const defaultSettings: UserSettings = {
  version: 'auto',
  overrides: new Map(),
  share: undefined,
  alignColumns: false,
};

const levels: readonly unknown[] = ['off', 'hint', 'info', 'warning', 'error'] satisfies Level[];

/** Reads what the editor sends; whatever is not understood counts as not set. */
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
    overrides,
    share: share === 'nfs' || share === 'local' ? share : undefined,
    alignColumns: at(section, 'mapping', 'alignColumns') === true,
  };
}

export function sameSettings(a: UserSettings, b: UserSettings): boolean {
  const flat = ({ version, overrides, share, alignColumns }: UserSettings): string =>
    JSON.stringify([version, [...overrides].sort(), share, alignColumns]);
  return flat(a) === flat(b);
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
