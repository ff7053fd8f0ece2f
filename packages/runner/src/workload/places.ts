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
export function parseSlurmPlace(text: string): SlurmPlace | undefined {
  const [, user, host = '', port] = /^(?:([^@]+)@)?([^@:]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (!isSafeHost(host) || (user !== undefined && !isSafeUser(user)) || Number(port ?? 1) > 65_535) return undefined;
  return { kind: 'ssh', host, user, port: port === undefined ? undefined : Number(port) };
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
