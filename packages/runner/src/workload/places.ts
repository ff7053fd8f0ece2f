import { isSafeHost, isSafeUser } from '@omnia-buildstream/core/text/safeHost';

/** Where Slurm is queried: on a host with its commands, over the user's own ssh. */
export interface SlurmPlace {
  readonly kind: 'ssh';
  readonly host: string;
  /** Undefined: as configured for ssh. */
  readonly user: string | undefined;
  readonly port: number | undefined;
}

/** Reads `[USER@]HOST[:PORT]`; undefined for anything else. */
function parseOverSsh(text: string): SlurmPlace | undefined {
  const [, user, host = '', port] = /^(?:([^@]+)@)?([^@:]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (!isSafeHost(host) || (user !== undefined && !isSafeUser(user)) || Number(port ?? 1) > 65_535) return undefined;
  return { kind: 'ssh', host, user, port: port === undefined ? undefined : Number(port) };
}

/** slurmrestd at its address. */
export interface SlurmRestPlace {
  readonly kind: 'rest';
  /** Without user, query and fragment. */
  readonly server: URL;
  /** The user that the requests name; undefined: the user of the token. */
  readonly user: string | undefined;
  /** PEM file of the authorities that signed its certificate; undefined: the authorities of Node.js. */
  readonly ca: string | undefined;
}

const ownHosts = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Reads `https://[USER@]HOST[:PORT]`, or http on this computer, such as the end of an SSH tunnel; undefined for
 * anything else.
 */
function parseRest(text: string, ca: string | undefined): SlurmRestPlace | undefined {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return undefined;
  const server = new URL(text);
  const { protocol, hostname, username, password, search, hash } = server;
  if (password !== '' || search !== '' || hash !== '' || (username !== '' && !isSafeUser(username))) return undefined;
  if (protocol !== 'https:' && !ownHosts.has(hostname)) return undefined;
  server.username = '';
  return { kind: 'rest', server, user: username === '' ? undefined : username, ca };
}

/**
 * Reads where Slurm is queried: the address of slurmrestd, or else a host with Slurm's commands. Undefined if the text
 * is neither.
 * @param ca PEM file of the authorities of slurmrestd; undefined: trust is configured elsewhere
 */
export function parseSlurm(text: string, ca?: string): SlurmPlace | SlurmRestPlace | undefined {
  return parseRest(text, ca) ?? parseOverSsh(text);
}

/** The cluster that kubectl queries, according to its own configuration. */
export interface KubePlace {
  /** Undefined: kubectl's current context. */
  readonly context: string | undefined;
}

/** Reads `current`, or the name of a context; undefined for anything else. */
export function parseKubePlace(text: string): KubePlace | undefined {
  if (text === 'current') return { context: undefined };
  return /^[A-Za-z0-9][\w@:./-]{0,252}$/.test(text) ? { context: text } : undefined;
}
