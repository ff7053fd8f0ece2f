import { matchesHost, parsePattern, type HostRule } from '@omnia-buildstream/http/hosts/hostPattern';
import { normalFingerprint } from '@omnia-buildstream/http/tls/policy';
import path from 'node:path';

/** What to trust on a host: an authority, or the one certificate that was pinned. */
export type Trusted =
  | { readonly kind: 'authority'; readonly file: string }
  /** SHA-256, as written. */
  | { readonly kind: 'pin'; readonly fingerprint: string };

export interface TrustRule {
  /** A pattern of hosts (`hostPattern.ts`). */
  readonly hosts: string;
  /** The only port that the rule applies to. Undefined for all ports. */
  readonly port: number | undefined;
  readonly trusted: Trusted;
}

export const trustSetting = 'trust';

/** The rules, or the host of the first entry that cannot be used: then none of the map counts. */
export type TrustMap =
  | { readonly kind: 'rules'; readonly rules: readonly TrustRule[] }
  | { readonly kind: 'fault'; readonly host: string };

/** Reads the map from host to text. An entry for one port takes precedence over one for all ports. */
export function readTrust(value: unknown): TrustMap {
  const entries: [string, unknown][] = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const rules: TrustRule[] = [];
  for (const [key, text] of entries) {
    const [place, trusted] = [placeOf(key), trustedOf(text)];
    if (place === undefined || trusted === undefined) return { kind: 'fault', host: key };
    rules.push({ ...place, trusted });
  }
  const isForOne = ({ port }: TrustRule): boolean => port !== undefined;
  return { kind: 'rules', rules: [...rules.filter(isForOne), ...rules.filter((rule) => !isForOne(rule))] };
}

/** What to trust on a host. Undefined for the usual authorities. */
export function trustedOn(rules: readonly TrustRule[], host: string, port: number): Trusted | undefined {
  return rules.find((rule) => (rule.port ?? port) === port && matchesHost(rule.hosts, host))?.trusted;
}

/** The rules of one kind that apply to a port, for hosts that are not known yet. */
export function pinsAt(rules: readonly TrustRule[], port: number): HostRule<string>[] {
  return at(rules, port).flatMap(({ hosts, trusted }) =>
    trusted.kind === 'pin' ? [{ hosts, value: trusted.fingerprint }] : [],
  );
}

export function authoritiesAt(rules: readonly TrustRule[], port: number): HostRule<string>[] {
  return at(rules, port).flatMap(({ hosts, trusted }) =>
    trusted.kind === 'authority' ? [{ hosts, value: trusted.file }] : [],
  );
}

/** The key of a server in the map: its host, with the port if it is not the default. */
export function trustKey(server: URL): string {
  return server.host;
}

/** In the form in which hosts are matched: an IPv6 address without brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

export function portOf({ port }: URL): number {
  return port === '' ? 443 : Number(port);
}

/** The map with another entry first; everything else is unchanged. */
export function withTrust(value: unknown, key: string, text: string): Record<string, unknown> {
  return { [key]: text, ...withoutTrust(value, key) };
}

export function withoutTrust(value: unknown, key: string): Record<string, unknown> {
  const entries: [string, unknown][] = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter(([other]) => other !== key));
}

export function pinText(fingerprint: string): string {
  return `sha256:${normalFingerprint(fingerprint).toLowerCase()}`;
}

function at(rules: readonly TrustRule[], port: number): readonly TrustRule[] {
  return rules.filter((rule) => (rule.port ?? port) === port);
}

/**
 * `host`, `host:port`, `[fd00::1]:8443`, a pattern, or an address that begins with `https://`. Undefined for anything
 * else.
 */
function placeOf(key: string): Pick<TrustRule, 'hosts' | 'port'> | undefined {
  const bare = key
    .trim()
    .replace(/^https:\/\//i, '')
    .replace(/\/$/, '');
  if (parsePattern(bare) !== undefined) return { hosts: bare, port: undefined };
  const [, host = '', port] = /^(.+):(\d{1,5})$/.exec(bare) ?? [];
  const hosts = (port === undefined ? bare : host).replace(/^\[/, '').replace(/\]$/, '');
  if (parsePattern(hosts) === undefined) return undefined;
  return { hosts, port: port === undefined ? undefined : Number(port) };
}

function trustedOf(value: unknown): Trusted | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  if (path.isAbsolute(text)) return { kind: 'authority', file: text };
  const isPin = normalFingerprint(text).length === 64 && /^(?:sha-?256[:=])?[0-9a-f: -]+$/i.test(text);
  return isPin ? { kind: 'pin', fingerprint: text } : undefined;
}
