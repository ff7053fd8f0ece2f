import type { Pipelines } from '@gitbeaker/rest';
import { GitLabError } from '../errors/gitlabError.ts';
import { isPage, readErrorBody } from '../errors/errorBody.ts';
import { errorFromNetwork } from '../errors/fromNetwork.ts';
import type { Session } from './session.ts';
import type { WireAnswer } from './transport.ts';
import { queryOf, snakeCaseKeys } from './encoding.ts';

/** Options of gitbeaker's resources; its own package does not export the type. */
type ResourceOptions = NonNullable<ConstructorParameters<typeof Pipelines<false>>[0]>;
type RequesterFn = NonNullable<ResourceOptions['requesterFn']>;
type Requester = ReturnType<RequesterFn>;
type RequestBody = Awaited<ReturnType<Requester['get']>>['body'];

/** Options that every call accepts. */
export interface CallOptions {
  /** Aborts the request; a write that was already sent may still be carried out. */
  readonly signal: AbortSignal;
  /** How often a GET may be sent in total when the server is busy; 3 by default. */
  readonly attempts?: number;
}

interface GivenOptions {
  readonly body?: unknown;
  readonly searchParams?: Readonly<Record<string, unknown>>;
  readonly asStream?: boolean;
}

/**
 * Replaces gitbeaker's own requester, which repeats POSTs on 429 and 502 and ignores Retry-After (its issue 3805).
 * Created for each call, because gitbeaker cannot pass a signal through.
 */
export function requesterFor(session: Session, { signal, attempts = 3 }: CallOptions): RequesterFn {
  const pages = new Set<string>();
  const send =
    (method: string) =>
    async (path: string, options: GivenOptions = {}) => {
      const { body, searchParams, asStream } = options;
      if (method === 'GET') refuseEndless(pages, `${path}?${queryOf(searchParams ?? {})}`, path);
      const answer = await session.send({
        method,
        path,
        query: queryOf(searchParams ?? {}),
        body: body === undefined ? undefined : JSON.stringify(snakeCaseKeys(body)),
        signal,
        attempts,
        isLog: asStream === true,
      });
      const isLog = asStream === true && !isHtml(answer);
      const read = isLog ? answer.body : await readBody(answer, { method, path: `/${path}` });
      return { status: answer.status, headers: answer.headers, body: read as RequestBody };
    };
  const requester = { get: send('GET'), post: send('POST'), put: send('PUT'), patch: refuse, delete: refuse };
  return () => requester as unknown as Requester;
}

/** Page limit of one list: 20,000 jobs. */
const mostPages = 200;

/** Gitbeaker follows the next page that a response names: a server could name the same page, or new ones forever. */
function refuseEndless(pages: Set<string>, page: string, path: string): void {
  if (!pages.has(page) && pages.size < mostPages) {
    pages.add(page);
    return;
  }
  const detail = 'its pages do not end';
  throw new GitLabError('unexpected-answer', { method: 'GET', path: `/${path}`, effect: 'none', detail });
}

/** Nothing here patches or deletes. */
function refuse(): never {
  throw new Error('The GitLab client does not send PATCH or DELETE.');
}

function isHtml({ headers }: WireAnswer): boolean {
  return (headers['content-type'] ?? '').includes('html');
}

/**
 * The body by its content type: JSON, else text. If the response to a write is cut off, the error says that the write
 * may have been carried out, because its status indicated success.
 */
async function readBody(
  { body, headers, status }: WireAnswer,
  request: { method: string; path: string },
): Promise<unknown> {
  const text = await body.text().catch((error: unknown) => {
    throw errorFromNetwork(error, request);
  });
  if (status === 204 || text === '') return text;
  const type = headers['content-type'] ?? '';
  // The API returns no HTML pages; a gateway that requires signing in returns one, with status 200.
  if (type.includes('html') || (!type.includes('json') && isPage(text))) {
    throw new GitLabError('sign-in-page', { ...request, effect: 'none', detail: readErrorBody(text).text });
  }
  if (!type.includes('json')) return text;
  try {
    return JSON.parse(text);
  } catch {
    const effect = request.method === 'GET' ? 'none' : 'possible';
    // Without the cause, which quotes the body.
    throw new GitLabError('unexpected-answer', { ...request, status, effect, detail: 'the body is not JSON' });
  }
}
