import { groupIdentity } from './functionalGroups.ts';
import type { Layout } from './layout.ts';
import type { OmniaVersion } from './versions.ts';

/** What the guess rests on; the edge puts it into words. */
export type VersionReason =
  'project-folder' | 'ipv6-columns' | 'os-release' | 'scalable-unit' | 'os-role' | 'infiniband-columns' | 'nothing';

export interface DetectedVersion {
  readonly version: OmniaVersion;
  readonly reason: VersionReason;
}

/** What the guess looks at. */
export interface VersionEvidence {
  /** Path of the file with `/` between its parts; empty when it has none. */
  readonly path: string;
  readonly layout: Layout;
  /** The functional groups in use. */
  readonly roles: Iterable<string>;
  /** The group names in use. */
  readonly groups: Iterable<string>;
}

/**
 * Guesses the Omnia version that a mapping file is written for.
 *
 * 2.2 keeps the file in `input/`, 2.3 and later in `input/orchestrator/`. The eleven columns of 2.3
 * are also valid in 2.2, so they prove nothing. 2.1 leaves no trace, so it is never guessed.
 */
export function detectVersion({ path, layout, roles, groups }: VersionEvidence): DetectedVersion {
  const folder = projectFolder(path);
  if (folder === 'input') return { version: '2.2', reason: 'project-folder' };
  if (layout.cellOf.IB_IPV4 !== undefined || layout.cellOf.IB_IPV6 !== undefined) {
    return { version: 'next', reason: 'ipv6-columns' };
  }
  const names = [...roles];
  if (names.some((name) => groupIdentity(name)?.osRelease !== undefined)) {
    return { version: '2.3os', reason: 'os-release' };
  }
  if (folder === 'orchestrator') return { version: '2.3', reason: 'project-folder' };
  if (names.some((name) => /^os_(?:x86_64|aarch64)$/.test(name))) return { version: '2.2', reason: 'os-role' };
  if (layout.cellOf.IB_NIC_NAME !== undefined || layout.cellOf.IB_IP !== undefined) {
    return { version: '2.2', reason: 'infiniband-columns' };
  }
  for (const name of groups) if (/^SU/i.test(name)) return { version: '2.2', reason: 'scalable-unit' };
  return { version: '2.2', reason: 'nothing' };
}

function projectFolder(path: string): 'input' | 'orchestrator' | undefined {
  const [folder, parent] = path.split('/').reverse().slice(1);
  if (folder === 'orchestrator' && parent === 'input') return 'orchestrator';
  return folder === 'input' ? 'input' : undefined;
}
