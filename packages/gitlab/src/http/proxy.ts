import { BlockList, isIP } from 'node:net';
import { readUrl } from './readUrl.ts';

export interface ProxySettings {
  /** From the editor's settings or an option; takes precedence over the environment. Empty means unset. */
  readonly proxy?: string | undefined;
  /** Hosts to reach directly, in addition to NO_PROXY. */
  readonly noProxy?: readonly string[] | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The given proxy is not a valid proxy address. */
export class ProxyAddressError extends Error {
  readonly reason = 'proxy-address';
}

/**
 * The proxy for a server, or undefined for a direct connection. The usual variables: HTTPS_PROXY, HTTP_PROXY,
 * ALL_PROXY, NO_PROXY, in lowercase or uppercase, lowercase first, as in curl.
 * @throws ProxyAddressError if the proxy is not `http://…` or `https://…`; the message does not show it, because it may
 * contain a password
 */
export function proxyFor(target: URL, { proxy, noProxy = [], env }: ProxySettings): URL | undefined {
  const variable = (name: string) => filled(env[name.toLowerCase()]) ?? filled(env[name]);
  const own = target.protocol === 'https:' ? variable('HTTPS_PROXY') : variable('HTTP_PROXY');
  const address = filled(proxy) ?? own ?? variable('ALL_PROXY');
  if (address === undefined) return undefined;
  const exceptions = [...noProxy, ...(variable('NO_PROXY') ?? '').split(/[\s,]+/)];
  if (exceptions.some((pattern) => isException(target, pattern.trim().toLowerCase()))) return undefined;
  const url = readUrl(address.includes('://') ? address : `http://${address}`);
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new ProxyAddressError('The proxy is not an address such as http://proxy.example.com:3128.');
  }
  return url;
}

/** An empty variable counts as unset. */
function filled(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}

/** `*`, `example.com` (with subdomains), `.example.com`, `*.example.com`, `host:port`, an address or `10.0.0.0/8`. */
function isException(target: URL, pattern: string): boolean {
  if (pattern === '') return false;
  if (pattern === '*') return true;
  const host = target.hostname.replaceAll(/^\[|\]$/g, '').toLowerCase();
  const [network = '', bits] = pattern.split('/');
  if (bits !== undefined) return isInside(host, network, Number(bits));
  const withPort = /^(.*[^:]):(\d+)$/.exec(pattern);
  const isOneAddress = isIP(pattern) !== 0;
  const port = isOneAddress ? undefined : withPort?.[2];
  const name = (isOneAddress ? pattern : (withPort?.[1] ?? pattern)).replace(/^\*?\./, '').replaceAll(/^\[|\]$/g, '');
  if (port !== undefined && port !== portOf(target)) return false;
  return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`));
}

function portOf({ port, protocol }: URL): string {
  return port !== '' ? port : protocol === 'https:' ? '443' : '80';
}

function isInside(host: string, network: string, bits: number): boolean {
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || !Number.isInteger(bits)) return false;
  const list = new BlockList();
  const type = family === 4 ? 'ipv4' : 'ipv6';
  try {
    list.addSubnet(network, bits, type);
  } catch {
    return false;
  }
  return list.check(host, type);
}
