import type { ProgramAnswer, ProgramRunner } from '../../processes/program.ts';
import { isSafeHost, isSafeUser } from '@omnia-buildstream/core/text/safeHost';

export interface SshSettings extends SshPlace {
  readonly user: string;
  readonly port: number;
}

/** How a host is logged in to. */
export interface SshPlace {
  /** Undefined: as ssh's own configuration says. */
  readonly user: string | undefined;
  /** Path of the private key; an agent is asked when undefined. */
  readonly key: string | undefined;
  /** Undefined: as ssh's own configuration says. */
  readonly port: number | undefined;
  /** Value of StrictHostKeyChecking. */
  readonly hostKeys: 'yes' | 'accept-new' | 'no';
  /** File of known hosts; undefined: that of the user. */
  readonly knownHosts: string | undefined;
  readonly connectTimeoutMs: number;
}

/**
 * Arguments of `ssh` for one command. Values of cells appear as the host only, and only after `--`; the command is ours.
 * Undefined for a host or user that could be taken for something else.
 */
export function sshArguments(settings: SshPlace, host: string, command: string): readonly string[] | undefined {
  const { user, key, port, hostKeys, knownHosts, connectTimeoutMs } = settings;
  if (!isSafeHost(host) || (user !== undefined && !isSafeUser(user))) return undefined;
  const options = [
    'BatchMode=yes',
    `ConnectTimeout=${String(Math.max(1, Math.ceil(connectTimeoutMs / 1000)))}`,
    `StrictHostKeyChecking=${hostKeys}`,
    'NumberOfPasswordPrompts=0',
    'ForwardAgent=no',
    'ClearAllForwardings=yes',
    'PermitLocalCommand=no',
    // A session from before the restart would respond for the old system, or never.
    'ControlPath=none',
    'UpdateHostKeys=no',
    // From this level on it says which key is missing.
    'LogLevel=INFO',
    ...(knownHosts === undefined ? [] : [`UserKnownHostsFile=${literal(knownHosts)}`]),
    ...(key === undefined ? [] : ['IdentitiesOnly=yes', `IdentityFile=${literal(key)}`]),
  ];
  const where = [...(port === undefined ? [] : ['-p', String(port)]), ...(user === undefined ? [] : ['-l', user])];
  return [...options.flatMap((option) => ['-o', option]), ...where, '-T', '--', host, command];
}

/** ssh splits the values of these options at blanks, and expands `%` followed by a letter. */
function literal(path: string): string {
  const escaped = path.replaceAll('%', '%%');
  return /\s/.test(escaped) ? `"${escaped}"` : escaped;
}

/** What `ssh` did. */
export type SshAnswer = ProgramAnswer;

/** Runs `ssh`. */
export type SshRunner = ProgramRunner;
