import { architecturesOf } from '../imageGroups.ts';
import { isJobId } from '../jobs.ts';
import { Refusal } from '../refusal.ts';
import { bearerOf, type OimAnswer, type OimCall } from './exchange.ts';
import { Fields, jsonBody, missing, Unprocessable } from './fields.ts';
import { readMultipart } from './multipart.ts';
import { jobShape, newJobShape } from './shapes.ts';

const longestKey = 255;

/** Requires no scope. All clients share the keys, and only the name of the client in the body counts. */
export function createJob({ request, oim, now, correlationId }: OimCall): OimAnswer {
  const clientId = oim.clients.authenticate(bearerOf(request), undefined);
  const key = request.header('idempotency-key') ?? '';
  if (key.trim() === '') throw new Unprocessable('Idempotency-Key must be provided');
  if (key.length > longestKey) {
    throw new Unprocessable(`Idempotency-Key length must be <= ${String(longestKey)} characters`);
  }
  const body = jsonBody(request);
  const fields = new Fields('body', body);
  fields.text('client_id');
  fields.finish();
  const { job, isReplay } = oim.jobs.create(clientId, key, JSON.stringify(body['client_name'] ?? null), now);
  return { status: isReplay ? 200 : 201, body: newJobShape(job, correlationId) };
}

export function getJob({ request, oim, correlationId }: OimCall, id: string): OimAnswer {
  const clientId = oim.clients.authenticate(bearerOf(request), undefined);
  const job = oim.jobs.get(id, clientId);
  const { generation } = oim;
  return { status: 200, body: jobShape(job, { correlationId, generation, group: oim.groupOf(job.id) }) };
}

/**
 * The lab responds only for a job that has built nothing, which the API then does not know. The API's other responses
 * are unknown.
 */
export function deleteJob({ request, oim }: OimCall, id: string): OimAnswer {
  const clientId = oim.clients.authenticate(bearerOf(request), undefined);
  const job = oim.jobs.get(id, clientId);
  if (oim.groupOf(job.id) === undefined) throw new Refusal(404, 'JOB_NOT_FOUND', `Job not found: ${id}`);
  throw new Refusal(500, 'INTERNAL_ERROR', 'The lab does not play the removal of images');
}

/** Any token may do this, regardless of the job's owner. */
export function upload({ request, oim }: OimCall, id: string): OimAnswer {
  oim.clients.authenticate(bearerOf(request), undefined);
  const given = readMultipart(request.bytes, request.header('content-type') ?? '', 'files');
  if (given === undefined || given.size === 0) throw new Unprocessable([missing(['body', 'files'], null)]);
  if (!isJobId(id)) {
    throw new Refusal(400, 'INVALID_JOB_ID', `Invalid job ID format: Invalid UUID format: ${id}`);
  }
  const files = uploaded(() => oim.upload(id, given));
  const changed = files.filter(({ status }) => status === 'CHANGED').length;
  return {
    status: 200,
    body: {
      job_id: id.toLowerCase(),
      upload_summary: {
        total_files: files.length,
        changed_files: changed,
        unchanged_files: files.length - changed,
      },
      files: files.map(({ name, status, sizeBytes }) => ({ filename: name, status, size_bytes: sizeBytes })),
    },
  };
}

/** The upload's message says twice that there is no such job. */
function uploaded<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'JOB_NOT_FOUND') throw error;
    throw new Refusal(error.status, error.code, `Job not found: ${error.message}`);
  }
}

const artifactLabels = ['node-results', 'catalog-metadata', 'failed-nodes'];

/** Meant to return per-node results. By default the request ends in a server error, as was found in the real API. */
export function artifact({ request, oim }: OimCall, id: string, label: string): OimAnswer {
  const clientId = oim.clients.authenticate(bearerOf(request), undefined);
  if (!artifactLabels.includes(label)) {
    throw new Refusal(400, 'INVALID_LABEL', `Artifact label '${label}' is not downloadable`);
  }
  const job = oim.jobs.get(id, clientId);
  if (!oim.servesArtifacts) throw new Refusal(500, 'INTERNAL_ERROR', 'An unexpected error occurred');
  const content = oim.artifact(job.id, label);
  if (content === undefined) {
    throw new Refusal(404, 'ARTIFACT_NOT_FOUND', `No '${label}' artifact found for job ${id}`);
  }
  const headers = { 'content-disposition': `attachment; filename="${label}.json"` };
  return { status: 200, text: { type: 'application/json', content }, headers };
}

export function roles({ request, oim }: OimCall, id: string): OimAnswer {
  const clientId = oim.clients.authenticate(bearerOf(request), 'catalog:read');
  const job = oim.jobs.get(id, clientId);
  const group = oim.groupOf(job.id);
  if (group === undefined) throw new Refusal(404, 'JOB_NOT_FOUND', `Job not found: ${id}`);
  return {
    status: 200,
    body: {
      job_id: job.id,
      roles: group.images.map(({ role }) => role),
      image_key: group.id,
      architectures: architecturesOf(group),
    },
  };
}
