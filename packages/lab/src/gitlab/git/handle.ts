import type { IncomingMessage, ServerResponse } from 'node:http';
import { authenticateGit } from '../api/authenticate.ts';
import type { LabClock } from '../labClock.ts';
import type { LabProject } from '../project.ts';
import type { TokenStore } from '../tokens.ts';
import { serveGit } from './httpBackend.ts';

export interface GitHttpOptions {
  readonly projects: readonly LabProject[];
  readonly tokens: TokenStore;
  readonly clock: LabClock;
}

/** Serves git over HTTP (`/root/omnia.git/…`); a push starts pipelines as on GitLab. */
export async function handleGit(
  request: IncomingMessage,
  response: ServerResponse,
  { projects, tokens, clock }: GitHttpOptions,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://lab.invalid');
  const [, path, rest] = /^\/(.+?)\.git(\/(?:info\/refs|git-upload-pack|git-receive-pack))$/.exec(url.pathname) ?? [];
  const project = projects.find((one) => one.path === path);
  if (project === undefined || rest === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
    return;
  }
  const isPush = rest === '/git-receive-pack' || url.searchParams.get('service') === 'git-receive-pack';
  const token = authenticateGit(request.headers, { tokens, now: clock.now(), isPush });
  if (token === undefined) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="GitLab"', 'content-type': 'text/plain' });
    response.end('HTTP Basic: Access denied.\n');
    return;
  }
  const { gitDir } = project.repository;
  const serve = () =>
    serveGit(request, response, { gitDir, rest, query: url.search.slice(1), username: token.username });
  if (rest !== '/git-receive-pack') return serve();
  await project.locked(async () => {
    const before = await project.repository.branches();
    await serve();
    for (const [branch, commit] of await project.repository.branches()) {
      if (before.get(branch) !== commit) await project.pushed(branch, before.get(branch), commit);
    }
  });
}
