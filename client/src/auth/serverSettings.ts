import { serverAddress } from '@omnia-buildstream/gitlab/project/server';

/** The entry of `buildstream.gitlab.servers` for one server. */
export interface ServerSettings {
  /** A PEM file with the authority that signed the server's certificate. */
  readonly caFile: string | undefined;
  /** SHA-256 of the one certificate to accept. */
  readonly fingerprint: string | undefined;
}

/** Reads the setting for one server; invalid values count as not set. */
export function serverSettings(setting: unknown, origin: string): ServerSettings {
  const entries = typeof setting === 'object' && setting !== null ? Object.entries(setting) : [];
  const found: unknown = entries.find(([address]) => serverAddress(address) === origin)?.[1];
  const given = typeof found === 'object' && found !== null ? (found as Readonly<Record<string, unknown>>) : {};
  return { caFile: filled(given['caFile']), fingerprint: filled(given['fingerprint']) };
}

function filled(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
