import { imageGroupStatuses, type ImageGroupStatus } from '../imageGroups.ts';
import type { LabOim } from '../labOim.ts';
import { Refusal } from '../refusal.ts';
import { oimStageNames } from '../stages.ts';
import * as exchange from './exchange.ts';
import { type OimAnswer, type OimRequest, Unprocessable } from './exchange.ts';
import { groupShape, jobShape } from './shapes.ts';

export interface OimCall {
  readonly request: OimRequest;
  readonly oim: LabOim;
  readonly correlationId: string;
  readonly now: Date;
}

/** The shape of a route's errors. */
export type ErrorStyle = 'auth' | 'upload' | 'stage';

/** Answers a request, or throws Refusal or Unprocessable. */
export function answerRoute(call: OimCall): OimAnswer {
  const { method, path } = call.request;
  if (path === '/health') return { status: 200, body: { status: 'healthy' } };
  const [kind, id, action, name] = path.replace(/^\/api\/v1\//, '').split('/');
  const what = `${method} ${[kind, id === undefined ? '' : kind === 'auth' ? id : ':id', action].filter(Boolean).join('/')}`;
  switch (what) {
    case 'POST auth/register':
      return register(call);
    case 'POST auth/token':
      return token(call);
    case 'POST jobs':
      return createJob(call);
    case 'GET jobs/:id':
      return getJob(call, id ?? '');
    case 'PUT jobs/:id/upload':
      return upload(call, id ?? '');
    case 'GET images':
      return images(call);
    case 'POST jobs/:id/stages':
      return startStage(call, id ?? '', name ?? '');
    default:
      throw new Refusal(404, 'NOT_FOUND', 'Not Found');
  }
}

export function errorStyle({ path }: OimRequest): ErrorStyle {
  if (path.includes('/auth/')) return 'auth';
  return path.endsWith('/upload') ? 'upload' : 'stage';
}

function register({ request, oim, now }: OimCall): OimAnswer {
  const body = exchange.jsonBody(request);
  const client = oim.clients.register(exchange.basicOf(request), exchange.textIn(body, 'client_name'));
  return {
    status: 201,
    body: {
      client_id: client.clientId,
      client_secret: client.clientSecret,
      client_name: client.name,
      allowed_scopes: client.scopes,
      grant_types: ['client_credentials'],
      created_at: now.toISOString(),
    },
  };
}

function token({ request, oim }: OimCall): OimAnswer {
  const form = new URLSearchParams(request.bytes.toString('utf8'));
  if (form.get('grant_type') !== 'client_credentials') {
    throw new Refusal(400, 'invalid_request', 'grant_type must be client_credentials');
  }
  const issued = oim.clients.issue(form.get('client_id') ?? '', form.get('client_secret') ?? '');
  return {
    status: 200,
    body: {
      access_token: issued.token,
      token_type: 'Bearer',
      expires_in: issued.expiresInSeconds,
      scope: 'catalog:read catalog:write job:write',
    },
  };
}

function createJob({ request, oim, now }: OimCall): OimAnswer {
  const clientId = oim.clients.authenticate(exchange.bearerOf(request), 'job:write');
  const key = request.header('idempotency-key') ?? '';
  if (key === '' || key.length > 255) throw new Unprocessable('Idempotency-Key', 'Field required');
  exchange.textIn(exchange.jsonBody(request), 'client_id');
  const { job, isReplay } = oim.jobs.create(clientId, key, request.bytes.toString('utf8'), now);
  return { status: isReplay ? 200 : 201, body: jobShape(job) };
}

function getJob({ request, oim }: OimCall, id: string): OimAnswer {
  const clientId = oim.clients.authenticate(exchange.bearerOf(request), undefined);
  return { status: 200, body: jobShape(oim.jobs.get(id, clientId)) };
}

function upload({ request, oim }: OimCall, id: string): OimAnswer {
  const clientId = oim.clients.authenticate(exchange.bearerOf(request), 'job:write');
  const files = oim.upload(id, exchange.filesIn(request), clientId);
  const changed = files.filter(({ status }) => status === 'CHANGED').length;
  return {
    status: 200,
    body: {
      upload_summary: {
        total_files: files.length,
        changed_files: changed,
        unchanged_files: files.length - changed,
      },
      files: files.map(({ name, status, sizeBytes }) => ({ filename: name, status, size_bytes: sizeBytes })),
    },
  };
}

function images({ request, oim }: OimCall): OimAnswer {
  oim.clients.authenticate(exchange.bearerOf(request), 'catalog:read');
  const { query } = request;
  const wanted = query.get('status') ?? undefined;
  if (wanted !== undefined && !imageGroupStatuses.includes(wanted as ImageGroupStatus)) {
    throw new Refusal(400, 'INVALID_STATUS', `Invalid status: ${wanted}`);
  }
  // BUILT means "BUILT or later" (omnia.md section 7).
  const isWanted = (status: ImageGroupStatus): boolean =>
    wanted === undefined || status === wanted || (wanted === 'BUILT' && status !== 'CLEANED');
  const all = oim.imageGroups.filter(({ status }) => isWanted(status));
  const limit = Math.min(100, Math.max(1, exchange.numberIn(query, 'limit', 100)));
  const offset = exchange.numberIn(query, 'offset', 0);
  const page = all.slice(offset, offset + limit);
  const pagination = { total_count: all.length, limit, offset, has_more: offset + page.length < all.length };
  return { status: 200, body: { image_groups: page.map(groupShape), pagination } };
}

function startStage({ request, oim, correlationId, now }: OimCall, id: string, name: string): OimAnswer {
  const clientId = oim.clients.authenticate(exchange.bearerOf(request), 'job:write');
  const stage = oimStageNames.find((one) => one === name);
  if (stage === undefined) throw new Refusal(404, 'STAGE_NOT_FOUND', `Stage not found: ${name}`);
  const imageGroupId = exchange.jsonBody(request)['image_group_id'];
  const started = oim.startStage(id, stage, {
    clientId,
    ...(typeof imageGroupId === 'string' ? { imageGroupId } : {}),
  });
  const self = `/api/v1/jobs/${id}`;
  return {
    status: 202,
    body: {
      job_id: id,
      stage,
      status: 'accepted',
      submitted_at: now.toISOString(),
      correlation_id: correlationId,
      ...(stage === 'deploy' ? { image_group_id: imageGroupId } : {}),
      ...(stage === 'restart' ? { _links: { self: `${self}/stages/restart`, status: self } } : {}),
      ...(stage === 'validate' ? { attempt: started.stage.attempt } : {}),
    },
  };
}
