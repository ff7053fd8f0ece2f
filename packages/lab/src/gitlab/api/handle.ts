import type { IncomingMessage } from 'node:http';
import { CiRefusal } from '../ci/pipelines.ts';
import type { LabClock } from '../labClock.ts';
import type { LabProject } from '../project.ts';
import type { TokenStore } from '../tokens.ts';
import { authenticate } from './authenticate.ts';
import { ApiError, json, notFound, type ApiAnswer, type ApiCall } from './exchange.ts';
import { currentUser, metadata, ownToken } from './identity.ts';
import type { Route } from './routes.ts';

export interface ApiOptions {
  readonly projects: readonly LabProject[];
  readonly routes: readonly Route[];
  readonly tokens: TokenStore;
  readonly clock: LabClock;
  readonly version: string;
  /** Commits as someone else, for the fault `stale-file`. */
  readonly changeFile: (path: string, content: string) => Promise<void>;
}

/** Responds to a request below `/api/v4`. Never throws because of what a client sends. */
export async function handleApi(
  request: IncomingMessage,
  options: ApiOptions & { origin: string },
): Promise<ApiAnswer> {
  try {
    const answer = await dispatch(request, options);
    const isSame = answer.headers['etag'] !== undefined && request.headers['if-none-match'] === answer.headers['etag'];
    return isSame && request.method === 'GET' ? { ...answer, status: 304, body: Buffer.alloc(0) } : answer;
  } catch (error) {
    if (error instanceof ApiError) return json(error.body, error.status);
    if (error instanceof CiRefusal) return json({ message: error.message }, error.status);
    return json({ message: '500 Internal Server Error' }, 500);
  }
}

async function dispatch(request: IncomingMessage, options: ApiOptions & { origin: string }): Promise<ApiAnswer> {
  const { method = 'GET' } = request;
  const url = new URL(request.url ?? '/', options.origin);
  if (!url.pathname.startsWith('/api/v4/')) throw new ApiError(404, { error: '404 Not Found' });
  const path = url.pathname.slice('/api/v4'.length);
  const { tokens, clock, origin } = options;
  // The body is read first: a response before its end would break the connection.
  const body = await readBody(request);
  const token = authenticate(request.headers, { tokens, now: clock.now(), method, path });
  const call: ApiCall = { method, query: url.searchParams, headers: request.headers, body, params: [], token, origin };
  if (method === 'GET' && path === '/user') return currentUser(call);
  if (method === 'GET' && path === '/personal_access_tokens/self') return ownToken(call);
  if (method === 'GET' && (path === '/metadata' || path === '/version')) return metadata(options.version);
  for (const { method: wanted, pattern, handle } of options.routes) {
    const match = wanted === method ? pattern.exec(path) : null;
    if (match === null) continue;
    const params = match.slice(1).map(decodeURIComponent);
    const project = options.projects.find(({ id, path: name }) => String(id) === params[0] || name === params[0]);
    if (project === undefined) throw notFound('Project ');
    return handle({ ...call, params, project });
  }
  throw new ApiError(404, { error: '404 Not Found' });
}

async function readBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (chunks.length === 0) return {};
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) as Readonly<Record<string, unknown>>;
  } catch {
    throw new ApiError(400, { error: 'The provided content is not valid JSON' });
  }
}
