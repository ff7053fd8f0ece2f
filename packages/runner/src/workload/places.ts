import { isSafeHost, isSafeUser } from '@omnia-buildstream/core/text/safeHost';

/** Where Slurm is asked: at a host with its commands, over the user's own ssh. */
export interface SlurmPlace {
  readonly kind: 'ssh';
  readonly host: string;
  /** Undefined: as ssh's own configuration says. */
  readonly user: string | undefined;
  readonly port: number | undefined;
}

/** Reads `[USER@]HOST[:PORT]`; undefined for anything else. */
function parseOverSsh(text: string): SlurmPlace | undefined {
  const [, user, host = '', port] = /^(?:([^@]+)@)?([^@:]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (!isSafeHost(host) || (user !== undefined && !isSafeUser(user)) || Number(port ?? 1) > 65_535) return undefined;
  return { kind: 'ssh', host, user, port: port === undefined ? undefined : Number(port) };
}

/** slurmrestd, by its address. */
export interface SlurmRestPlace {
  readonly kind: 'rest';
  /** Without user, query and fragment. */
  readonly server: URL;
  /** As whom it is asked; undefined: whom the token is for. */
  readonly user: string | undefined;
  /** PEM file of the authorities that signed its certificate; undefined: those of Node. */
  readonly ca: string | undefined;
}

const ownHosts = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Reads `https://[USER@]HOST[:PORT]`, or http of this computer, such as the end of an ssh tunnel; undefined for anything else. */
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
 * Reads where Slurm is asked: slurmrestd by its address, else a host with its commands. Undefined for a text that is neither.
 * @param ca PEM file of the authorities of slurmrestd; undefined: whoever runs it says otherwise whom to trust
 */
export function parseSlurm(text: string, ca?: string): SlurmPlace | SlurmRestPlace | undefined {
  return parseRest(text, ca) ?? parseOverSsh(text);
}

/** Which cluster kubectl asks, by its own configuration. */
export interface KubePlace {
  /** Undefined: its current context. */
  readonly context: string | undefined;
}

/** Reads `current`, or the name of a context; undefined for anything else. */
export function parseKubePlace(text: string): KubePlace | undefined {
  if (text === 'current') return { context: undefined };
  return /^[A-Za-z0-9][\w@:./-]{0,252}$/.test(text) ? { context: text } : undefined;
}
