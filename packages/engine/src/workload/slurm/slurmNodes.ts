/** A node as Slurm lists it. */
export interface SlurmNode {
  /** Its NodeName. */
  readonly name: string;
  /** Its NodeHostName, which may be another one. */
  readonly hostname: string;
  /** As Slurm words it, for people. */
  readonly state: string;
  /** Whether its state says that jobs have it. */
  readonly use: 'allocated' | 'none' | 'unknown';
  readonly reason: string;
}

/** Words for a node that has jobs, or is ending them (slurm.md section 1). */
const allocated = new Set(['allocated', 'mixed', 'completing', 'draining', 'failing', 'blocked']);
/** Words for one that has none, unless one of the above is there too. */
const unused = new Set([
  ...['idle', 'drained', 'down', 'fail', 'error', 'future', 'maint', 'reserved', 'planned', 'inval', 'perfctrs'],
  ...['reboot', 'powering_up', 'powering_down', 'powered_down', 'power_down', 'power_up'],
]);

/**
 * Whether a node has jobs, by the words of its state; those that this version does not know mean nothing.
 * @param cpus how many of its CPUs have jobs
 */
export function useOf(words: readonly string[], cpus: number | undefined): SlurmNode['use'] {
  const known = words.map((word) => /^[a-z_]+/.exec(word.toLowerCase())?.[0] ?? '');
  if ((cpus ?? 0) > 0 || known.some((word) => allocated.has(word))) return 'allocated';
  return cpus === 0 && !known.includes('unknown') && known.some((word) => unused.has(word)) ? 'none' : 'unknown';
}
