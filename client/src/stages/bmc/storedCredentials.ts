import { parsePattern } from '@omnia-buildstream/http/hosts/hostPattern';
import { readStoredList } from '../../platform/storedList.ts';

/** Key of the credentials in VS Code's secret storage. */
export const credentialsKey = 'bmc.credentials';

/** User and password for the BMCs that match a pattern, as stored in VS Code's secret storage. */
export interface StoredCredential {
  /** A pattern as in HostRule: an address, `10.6.*`, `10.6.0.0/16` or `*`. */
  readonly hosts: string;
  readonly user: string;
  readonly password: string;
}

/** Reads what {@link writeCredentials} wrote. Ignores anything unreadable. */
export function readCredentials(text: string | undefined): StoredCredential[] {
  return readStoredList(text, isCredential);
}

export function writeCredentials(all: readonly StoredCredential[]): string {
  return JSON.stringify(all);
}

/** Adds or replaces the credential of a pattern. Narrower patterns come first, because the first match counts. */
export function withCredential(all: readonly StoredCredential[], added: StoredCredential): StoredCredential[] {
  const others = all.filter(({ hosts }) => hosts !== added.hosts);
  return [...others, added].sort((a, b) => breadthOf(a.hosts) - breadthOf(b.hosts));
}

/** Smaller for narrower patterns: names and single addresses first, then networks by size, then `*`. */
function breadthOf(hosts: string): number {
  const pattern = parsePattern(hosts);
  if (pattern === undefined || pattern.kind === 'all') return 1_000;
  if (pattern.kind === 'name') return 0;
  return (pattern.kind === 'ipv4' ? 32 : 128) - pattern.bits;
}

function isCredential(value: unknown): value is StoredCredential {
  if (typeof value !== 'object' || value === null) return false;
  const { hosts, user, password } = value as Readonly<Record<string, unknown>>;
  return [hosts, user, password].every((one) => typeof one === 'string');
}
