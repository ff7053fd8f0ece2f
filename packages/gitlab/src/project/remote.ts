import { readUrl } from '../http/readUrl.ts';

/** A GitLab project as the address of a git remote names it. */
export interface RemoteProject {
  /** `https://gitlab.example.com`. For SSH it is the host with https, because the API is there. */
  readonly server: URL;
  /** `root/omnia`. If GitLab is served below a path (`https://host/gitlab`), the first part belongs to the server. */
  readonly path: string;
  /**
   * The host as in the address, which may be a name from ~/.ssh/config. Undefined over http(s), where `path` also
   * contains the path that GitLab is served below.
   */
  readonly sshHost: string | undefined;
}

/**
 * Reads `https://host/group/project.git`, `ssh://git@host:22/group/project.git`, `git@host:group/project.git`,
 * `[git@host:2222]:group/project.git` and `alias:group/project`. Drops user name and password from the address.
 * Undefined for paths, including those on Windows drives, and for anything else.
 */
export function readRemote(address: string): RemoteProject | undefined {
  const text = address.trim();
  const url = readScp(text) ?? readUrl(text);
  if (url === undefined || url.hostname === '') return undefined;
  if (!['http:', 'https:', 'ssh:', 'git+ssh:', 'ssh+git:'].includes(url.protocol)) return undefined;
  const parts = decoded(url.pathname)
    .replace(/\.git\/*$/, '')
    .split('/');
  const named = parts.filter((part) => part !== '');
  // GitLab's names contain no invisible characters.
  if (named.length < 2 || /\p{Cc}/u.test(named.join(''))) return undefined;
  const path = named.join('/');
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  if (isWeb) return { server: new URL(url.origin), path, sshHost: undefined };
  return { server: new URL(`https://${url.hostname}`), path, sshHost: url.hostname.replace(/^\[(.*)\]$/, '$1') };
}

/**
 * The form that scp and git accept: a colon after the host, and brackets around a host with a port. A single letter is
 * a drive, and two colons follow the name of a program to which git passes the address (gitremote-helpers).
 */
function readScp(text: string): URL | undefined {
  if (/^[a-z]:|^[\w-]+::/i.test(text)) return undefined;
  const bracketed = /^(?:[^@/\s[\]]{1,255}@)?\[(?:[^@/\s\]]{1,255}@)?([^/\s\]]{1,255})\]:(?!\/\/)(\S+)$/.exec(text);
  const [, host, path] = bracketed ?? /^(?:[^@/\s]+@)?([^:/\s[\]]+):(?!\/\/)([^\s]+)$/.exec(text) ?? [];
  if (host === undefined || path === undefined) return undefined;
  // What remains of an address in brackets is an IPv6 address without a port.
  const isIpv6 = host.split(':').length > 2;
  return readUrl(`ssh://${isIpv6 ? `[${host}]` : host}/${path}`);
}

/** Keeps a percent sign that does not begin a code. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
