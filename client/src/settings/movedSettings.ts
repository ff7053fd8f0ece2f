/** A setting that became a property of another one. It still works, but the editor refers users to the new one. */
export interface Moved {
  /** Without `buildstream.`, like all names here. */
  readonly old: string;
  readonly now: string;
  readonly key: string;
}

/**
 * Old and new names of the same values. This is the only table: reading, migrating, the manifest, and the docs follow
 * it.
 */
export const movedSettings: readonly Moved[] = [
  ...into('engine.method', {
    'engine.lasting': 'lasting',
    'engine.boot': 'boot',
    'engine.bootNic': 'bootNic',
    'engine.restart': 'restart',
    'engine.identity': 'identity',
  }),
  ...into('engine.pace', {
    'engine.stagger': 'stagger',
    'engine.inFlight': 'inFlight',
    'engine.maxFailed': 'maxFailed',
    'engine.maxUnreachable': 'maxUnreachable',
  }),
  ...into('engine.workload', {
    'engine.slurm': 'slurm',
    'engine.kubectl': 'kubectl',
    'engine.drain': 'drain',
    'engine.waitForJobs': 'waitForJobs',
    'engine.resume': 'resume',
  }),
  ...into('engine.names', { 'engine.hostsFile': 'hostsFile', 'engine.resolver': 'resolver' }),
  ...into('engine.ssh', { 'engine.sshKey': 'key', 'engine.sshUser': 'user' }),
  ...into('engine.moleculeRun', { 'engine.moleculeFolder': 'folder', 'engine.moleculeReport': 'report' }),
];

/** What VS Code's `inspect` returns for a setting, from the weakest to the strongest place. */
export interface Inspected {
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

export const places = ['workspaceFolderValue', 'workspaceValue', 'globalValue'] as const;
export type Place = (typeof places)[number];

/**
 * The value of a setting that has moved: the value in the strongest place wins, and within one place the new name.
 * Undefined if it is not set anywhere.
 * @param from the places that count; only the user's own for values that no folder may decide
 */
export function movedValue(
  { key }: Pick<Moved, 'key'>,
  now: Inspected | undefined,
  old: Inspected | undefined,
  from: readonly Place[] = places,
): unknown {
  for (const place of from) {
    const value = propertyOf(now?.[place], key) ?? old?.[place];
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The current place of a setting that has moved. */
export function movedTo(name: string): Moved | undefined {
  return movedSettings.find(({ old }) => old === name);
}

/** The object of a new setting with the value of an old one, unless it already has one itself. */
export function withMoved(now: unknown, { key }: Pick<Moved, 'key'>, old: unknown): Record<string, unknown> {
  const before = typeof now === 'object' && now !== null ? { ...now } : {};
  return { [key]: old, ...before };
}

function propertyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (Object.entries(value).find(([name]) => name === key)?.[1] as unknown)
    : undefined;
}

function into(now: string, keys: Readonly<Record<string, string>>): Moved[] {
  return Object.entries(keys).map(([old, key]) => ({ old, now, key }));
}
