import type { OimAnswer, OimCall } from './exchange.ts';
import { artifact, createJob, deleteJob, getJob, roles, upload } from './jobRoutes.ts';
import { describeApi } from './openapi.ts';
import { register, token } from './signingIn.ts';
import { images, startStage } from './stageRoutes.ts';

/** The shape of a route's errors. */
export type ErrorStyle = 'auth' | 'files' | 'stage';

interface Route {
  readonly method: string;
  /** With `{NAME}` for each part that is passed to `answer`, in order. */
  readonly path: string;
  readonly errors: ErrorStyle;
  /** Responds to a request. @throws Refusal, Unprocessable */
  readonly answer: (call: OimCall, ...parts: string[]) => OimAnswer;
}

const api = '/api/v1';
const job = `${api}/jobs/{job_id}`;

/** The part of the API that the lab simulates, without the stages of a build. */
const routes: readonly Route[] = [
  { method: 'GET', path: '/', errors: 'stage', answer: welcome },
  { method: 'GET', path: '/health', errors: 'stage', answer: () => ({ status: 200, body: { status: 'healthy' } }) },
  { method: 'GET', path: '/openapi.json', errors: 'stage', answer: ({ oim }) => describeApi(routes, oim.generation) },
  { method: 'GET', path: '/docs', errors: 'stage', answer: documentation },
  { method: 'POST', path: `${api}/auth/register`, errors: 'auth', answer: register },
  { method: 'POST', path: `${api}/auth/token`, errors: 'auth', answer: token },
  { method: 'POST', path: `${api}/jobs`, errors: 'stage', answer: createJob },
  { method: 'GET', path: job, errors: 'stage', answer: getJob },
  { method: 'DELETE', path: job, errors: 'stage', answer: deleteJob },
  { method: 'PUT', path: `${job}/upload`, errors: 'files', answer: upload },
  { method: 'GET', path: `${job}/artifacts/{label}`, errors: 'stage', answer: artifact },
  { method: 'GET', path: `${job}/catalog/roles`, errors: 'stage', answer: roles },
  { method: 'GET', path: `${api}/images`, errors: 'files', answer: images },
  ...(['deploy', 'restart', 'validate'] as const).map((stage): Route => {
    const path = `${job}/stages/${stage}`;
    return { method: 'POST', path, errors: 'stage', answer: (call, id) => startStage(call, id, stage) };
  }),
];

interface Found {
  readonly errors: ErrorStyle;
  readonly answer: (call: OimCall) => OimAnswer;
}

/** The route for a request, or the framework's response if there is none. */
export function routeOf(method: string, path: string, host: string): Found | OimAnswer {
  const matching = matchesOf(path);
  const own = matching.find(({ route }) => route.method === method);
  if (own !== undefined) {
    const { route, parts } = own;
    return { errors: route.errors, answer: (call) => route.answer(call, ...parts) };
  }
  const [other] = matching;
  if (other !== undefined) {
    return { status: 405, body: { detail: 'Method Not Allowed' }, headers: { allow: other.route.method } };
  }
  const elsewhere = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
  if (matchesOf(elsewhere).length > 0) return { status: 307, headers: { location: `https://${host}${elsewhere}` } };
  return { status: 404, body: { detail: 'Not Found' } };
}

function matchesOf(path: string): { readonly route: Route; readonly parts: string[] }[] {
  return routes.flatMap((route) => {
    const wanted = route.path.split('/');
    const given = path.split('/');
    const parts: string[] = [];
    const fits = wanted.every((part, at) => {
      const value = given[at] ?? '';
      if (!part.startsWith('{')) return part === value;
      parts.push(decodeURIComponent(value));
      return value !== '';
    });
    return fits && wanted.length === given.length ? [{ route, parts }] : [];
  });
}

function welcome(): OimAnswer {
  return { status: 200, body: { message: 'Welcome to Build Stream API', docs: '/docs', version: '1.0.0' } };
}

function documentation(): OimAnswer {
  const content = '<!DOCTYPE html><html><head><title>Build Stream API - Swagger UI</title></head><body></body></html>';
  return { status: 200, text: { type: 'text/html; charset=utf-8', content } };
}
