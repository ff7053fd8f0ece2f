import { createHash } from 'node:crypto';
import type { LabToken } from '../tokens.ts';
import type { LabProject } from '../project.ts';

/** A request to the API, already authenticated. */
export interface ApiCall {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The JSON body; an empty object without one. */
  readonly body: Readonly<Record<string, unknown>>;
  /** What the groups of the route's pattern matched, decoded. */
  readonly params: readonly string[];
  readonly token: LabToken;
  /** `https://127.0.0.1:1234`. */
  readonly origin: string;
}

export interface ProjectCall extends ApiCall {
  readonly project: LabProject;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A response with an error status. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(String(status));
    this.status = status;
    this.body = body;
  }
}

export function notFound(what: string): ApiError {
  return new ApiError(404, { message: `404 ${what}Not Found` });
}

export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): ApiAnswer {
  const bytes = Buffer.from(JSON.stringify(body));
  const etag = `W/"${createHash('md5').update(bytes).digest('hex')}"`;
  return { status, headers: { 'content-type': 'application/json', etag, ...headers }, body: bytes };
}

export function plain(body: Uint8Array, contentType = 'text/plain; charset=utf-8'): ApiAnswer {
  return { status: 200, headers: { 'content-type': contentType }, body };
}

/** One page of a list with GitLab's headers. */
export function page<T>(all: readonly T[], call: ApiCall, path: string, shape: (item: T) => unknown): ApiAnswer {
  const perPage = Math.min(100, positive(call.query.get('per_page'), 20));
  const current = positive(call.query.get('page'), 1);
  const last = Math.max(1, Math.ceil(all.length / perPage));
  const link = (number: number, rel: string) => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(number));
    query.set('per_page', String(perPage));
    return `<${call.origin}${path}?${query.toString()}>; rel="${rel}"`;
  };
  const links = [
    ...(current > 1 ? [link(current - 1, 'prev')] : []),
    ...(current < last ? [link(current + 1, 'next')] : []),
    link(1, 'first'),
    link(last, 'last'),
  ];
  return json(all.slice((current - 1) * perPage, current * perPage).map(shape), 200, {
    link: links.join(', '),
    'x-page': String(current),
    'x-per-page': String(perPage),
    'x-next-page': current < last ? String(current + 1) : '',
    'x-prev-page': current > 1 ? String(current - 1) : '',
    'x-total': String(all.length),
    'x-total-pages': String(last),
  });
}

function positive(text: string | null, otherwise: number): number {
  const number = Number(text ?? Number.NaN);
  return Number.isInteger(number) && number > 0 ? number : otherwise;
}

/** @throws ApiError 400 */
export function demand(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name];
  if (typeof value !== 'string') throw new ApiError(400, { error: `${name} is missing` });
  return value;
}
