import type { RemoteProject } from '@omnia-buildstream/gitlab/project/remote';
import { projectOn } from '@omnia-buildstream/gitlab/project/server';

/** A project by its server and its path or number. */
export interface ProjectPlace {
  readonly origin: string;
  /** `root/omnia`, or the number. */
  readonly project: string;
}

export interface ProjectSources {
  /** The settings `buildstream.gitlab.url` and `.project`, the address as `serverAddress` returns it. */
  readonly url: string | undefined;
  readonly project: string | undefined;
  /** What the user chose in this workspace. */
  readonly chosen: ProjectPlace | undefined;
  readonly remotes: readonly RemoteProject[];
  /** Servers with a token. */
  readonly origins: readonly string[];
}

/** The project to show: settings first, then the user's choice, then a git remote of a server with a token. */
export function findProject({ url, project, chosen, remotes, origins }: ProjectSources): ProjectPlace | undefined {
  const [onlyOrigin, ...others] = origins;
  const server = url ?? (others.length === 0 ? onlyOrigin : undefined);
  if (project !== undefined && server !== undefined) return { origin: server, project };
  if (chosen !== undefined && origins.includes(chosen.origin)) return chosen;
  for (const remote of remotes) {
    for (const origin of url === undefined ? origins : origins.filter((one) => one === url)) {
      const path = projectOn(origin, remote);
      if (path !== undefined) return { origin, project: path };
    }
  }
  return undefined;
}
