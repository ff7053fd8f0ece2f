import type { RemoteProject } from './remote.ts';

/** Runs the user's own `ssh`, as git does; rejects with the signal's reason. */
export type AskSsh = (args: readonly string[], signal: AbortSignal) => Promise<{ readonly stdout: string }>;

/**
 * The remote with the host that its SSH name stands for in the user's ~/.ssh/config (`Host`, `HostName`), according to
 * `ssh -G`. Unchanged if the name is unknown, ssh is not installed, or it takes too long.
 */
export async function withSshName(remote: RemoteProject, ssh: AskSsh, signal: AbortSignal): Promise<RemoteProject> {
  const { sshHost } = remote;
  if (sshHost === undefined) return remote;
  try {
    // `--` keeps anything in an address from being read as an option. No connection is made.
    const { stdout } = await ssh(['-G', '--', sshHost], signal);
    const name = hostNameIn(stdout);
    return name === undefined ? remote : { ...remote, server: new URL(`https://${name}`) };
  } catch {
    return remote;
  }
}

/** Each remote with the host that its SSH name stands for, followed by the remote as written if its host differs. */
export async function withSshNames(
  remotes: readonly RemoteProject[],
  ssh: AskSsh,
  signal: AbortSignal,
): Promise<RemoteProject[]> {
  const named = await Promise.all(remotes.map((remote) => withSshName(remote, ssh, signal)));
  return remotes.flatMap((remote, index) => {
    const meant = named[index] ?? remote;
    return meant.server.href === remote.server.href ? [remote] : [meant, remote];
  });
}

function hostNameIn(output: string): string | undefined {
  const name = /^hostname (\S+)$/m.exec(output)?.[1];
  const host = name?.includes(':') === true ? `[${name}]` : name;
  return host !== undefined && URL.canParse(`https://${host}`) && new URL(`https://${host}`).pathname === '/'
    ? host
    : undefined;
}
