/**
 * Generations of Omnia that disagree on the mapping file (omnia.md section 0).
 * `2.3` is the early 2.3 validator, `2.3os` the later one that demands the OS release in catalog roles,
 * `next` the layout after 2.3 with InfiniBand IPv6.
 */
export const omniaVersions = ['2.1', '2.2', '2.3', '2.3os', 'next'] as const;
export type OmniaVersion = (typeof omniaVersions)[number];

export const defaultOmniaVersion: OmniaVersion = '2.2';

export function isOmniaVersion(text: string): text is OmniaVersion {
  return (omniaVersions as readonly string[]).includes(text);
}

/** 2.1 and 2.2: free column order, header case ignored, comments refused, first fault only. */
export function isClassic(version: OmniaVersion): boolean {
  return version === '2.1' || version === '2.2';
}

export type Severity = 'error' | 'warning' | 'info' | 'hint';
export type Level = Severity | 'off';

/** A rule's level in each version. */
export type Levels = Readonly<Record<OmniaVersion, Level>>;

/** Levels in the order of `omniaVersions`: 2.1, 2.2, early 2.3, late 2.3, next. */
export function levels(v21: Level, v22: Level, v23: Level, v23os: Level, next: Level): Levels {
  return { '2.1': v21, '2.2': v22, '2.3': v23, '2.3os': v23os, next };
}

/** The same level in every version. */
export function everywhere(level: Level): Levels {
  return levels(level, level, level, level, level);
}
