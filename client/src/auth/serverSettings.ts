import { serverAddress } from '@omnia-buildstream/gitlab/project/server';

/** What `buildstream.gitlab.servers` says about one server. */
export interface ServerSettings {
  /** A PEM file with the authority that signed the server's certificate. */
  readonly caFile: string | undefined;
  /** SHA-256 of the one certificate to accept. */
  readonly fingerprint: string | undefined;
}

/** Reads the setting for one server; anything odd in it counts as not given. */
export function serverSettings(setting: unknown, origin: string): ServerSettings {
  const entries = typeof setting === 'object' && setting !== null ? Object.entries(setting) : [];
  const found: unknown = entries.find(([address]) => serverAddress(address) === origin)?.[1];
  const given = typeof found === 'object' && found !== null ? (found as Readonly<Record<string, unknown>>) : {};
  return { caFile: filled(given['caFile']), fingerprint: filled(given['fingerprint']) };
}

/** The setting with another fingerprint for one server, everything else as it was. */
export function withFingerprint(setting: unknown, origin: string, fingerprint: string): Record<string, unknown> {
  return withServer(setting, origin, { fingerprint });
}

/** The setting with something else for one server, everything else as it was. */
export function withServer(
  setting: unknown,
  origin: string,
  change: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const before = typeof setting === 'object' && setting !== null ? { ...setting } : {};
  const entries: [string, unknown][] = Object.entries(before);
  const address = entries.find(([key]) => serverAddress(key) === origin)?.[0] ?? origin;
  const server = entries.find(([key]) => key === address)?.[1];
  const kept = typeof server === 'object' && server !== null ? server : {};
  return { ...Object.fromEntries(entries), [address]: { ...kept, ...change } };
}

function filled(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
