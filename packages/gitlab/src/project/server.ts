import type { RemoteProject } from './remote.ts';

/**
 * The address of a GitLab server as a key: `https://host:port`, with the path that GitLab is served below
 * (`relative_url_root`) and without a trailing slash. Undefined for anything that is not the address of a web server,
 * and for an address with a user name or password.
 * @param text an address or a hostname
 */
export function serverAddress(text: string): string | undefined {
  const trimmed = text.trim();
  const address = /^[\w.-]+(:\d+)?$/.test(trimmed) ? `https://${trimmed}` : trimmed;
  if (!URL.canParse(address)) return undefined;
  const { protocol, origin, pathname, username, password } = new URL(address);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb && username === '' && password === '' ? origin + withoutSlash(pathname) : undefined;
}

/**
 * The path of a remote's project on this server. Undefined if the remote is on another one. A remote over SSH contains
 * neither the port of the web server nor the path that GitLab is served below, so its host decides.
 * @param server as `serverAddress` returns it
 */
export function projectOn(server: string, remote: RemoteProject): string | undefined {
  const { origin, hostname, pathname } = new URL(server);
  const isHere = remote.server.origin === origin || (remote.server.port === '' && remote.server.hostname === hostname);
  if (!isHere) return undefined;
  const below = withoutSlash(pathname).slice(1);
  if (below === '' || remote.sshHost !== undefined) return remote.path;
  return remote.path.startsWith(`${below}/`) ? remote.path.slice(below.length + 1) : undefined;
}

function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
