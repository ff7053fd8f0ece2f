import { readUrl } from '../http/readUrl.ts';

/** A GitLab project as the address of a git remote names it. */
export interface RemoteProject {
  /** `https://gitlab.example.com`; for SSH the host with https, because the API is there. */
  readonly server: URL;
  /** `root/omnia`. With GitLab below a path (`https://host/gitlab`) its first part belongs to the server. */
  readonly path: string;
}

/**
 * Reads `https://host/group/project.git`, `ssh://git@host:22/group/project.git` and `git@host:group/project.git`.
 * User name and password in the address are dropped. Undefined for paths and anything else.
 */
export function readRemote(address: string): RemoteProject | undefined {
  const text = address.trim();
  const scp = /^(?:[^@/\s]+@)?([^:/\s]+):(?!\/\/)([^\s]+)$/.exec(text);
  const url = scp === null ? readUrl(text) : readUrl(`ssh://${scp[1] ?? ''}/${scp[2] ?? ''}`);
  if (url === undefined || url.hostname === '') return undefined;
  if (!['http:', 'https:', 'ssh:', 'git+ssh:'].includes(url.protocol)) return undefined;
  const path = decodeURIComponent(url.pathname)
    .replaceAll(/^\/+|(?<!\/)\/+$/g, '')
    .replace(/\.git$/, '');
  if (!path.includes('/')) return undefined;
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  return { server: new URL(isWeb ? url.origin : `https://${url.hostname}`), path };
}
