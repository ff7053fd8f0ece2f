import { lookup, Resolver } from 'node:dns/promises';

/** The IPv4 addresses of a hostname; empty when there are none. Rejects when nothing can be asked. */
export type NameSource = (hostname: string) => Promise<readonly string[]>;

const unknownCodes = ['ENOTFOUND', 'ENODATA', 'EAI_NONAME', 'EAI_NODATA'];

/** As programs on this machine resolve it: its hosts file, then its name servers. */
export const systemNames: NameSource = (hostname) =>
  orNone(async () => (await lookup(hostname, { all: true, family: 4 })).map(({ address }) => address));

/** By one DNS server, `ADDRESS:PORT`. @throws Error for an invalid one */
export function serverNames(server: string, timeoutMs: number): NameSource {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
  resolver.setServers([server]);
  return (hostname) => orNone(() => resolver.resolve4(hostname));
}

/** By a file with lines like those of `/etc/hosts`. */
export function hostsNames(text: string): NameSource {
  const found = new Map<string, string[]>();
  for (const line of text.split(/\r?\n/)) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    for (const name of names) found.set(name.toLowerCase(), [...(found.get(name.toLowerCase()) ?? []), address]);
  }
  return (hostname) => Promise.resolve(found.get(hostname.toLowerCase()) ?? []);
}

async function orNone(ask: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await ask();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (unknownCodes.includes(code)) return [];
    throw error;
  }
}
