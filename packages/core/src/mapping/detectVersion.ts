import { groupIdentity, isCatalogManaged } from './functionalGroups.ts';
import type { Layout } from './layout.ts';
import { projectFolderOf } from './projectFolder.ts';
import type { OmniaVersion } from './versions.ts';

/** What the guess is based on; the edge puts it into words. */
export type VersionReason =
  | 'project-folder'
  | 'ipv6-columns'
  | 'os-release'
  | 'scalable-unit'
  | 'os-role'
  | 'infiniband-columns'
  | 'nothing';

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
 * The folder tells 2.2 from 2.3 and later. The eleven columns of 2.3 are also valid in 2.2, so they prove nothing, and
 * 2.3 documents files that mix roles with and without an OS release: only where every role of the catalog carries one
 * the file is written for late 2.3. 2.1 leaves no trace, so it is never guessed.
 */
export function detectVersion({ path, layout, roles, groups }: VersionEvidence): DetectedVersion {
  const place = projectFolderOf(path)?.version;
  if (place === '2.2') return { version: '2.2', reason: 'project-folder' };
  if (layout.cellOf.IB_IPV4 !== undefined || layout.cellOf.IB_IPV6 !== undefined) {
    return { version: 'next', reason: 'ipv6-columns' };
  }
  const names = [...roles];
  const isReleased = (name: string): boolean => groupIdentity(name)?.osRelease !== undefined;
  if (names.some(isReleased)) {
    const isEvery = names.filter(isCatalogManaged).every(isReleased);
    return { version: isEvery ? '2.3os' : '2.3', reason: 'os-release' };
  }
  if (place === '2.3') return { version: '2.3', reason: 'project-folder' };
  if (names.some((name) => /^os_(?:x86_64|aarch64)$/.test(name))) return { version: '2.2', reason: 'os-role' };
  if (layout.cellOf.IB_NIC_NAME !== undefined || layout.cellOf.IB_IP !== undefined) {
    return { version: '2.2', reason: 'infiniband-columns' };
  }
  for (const name of groups) if (/^SU/i.test(name)) return { version: '2.2', reason: 'scalable-unit' };
  return { version: '2.2', reason: 'nothing' };
}
