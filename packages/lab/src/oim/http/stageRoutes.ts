import { imageGroupStatuses, type ImageGroupStatus } from '../imageGroups.ts';
import { Refusal } from '../refusal.ts';
import type { OimStageName } from '../stages.ts';
import { bearerOf, type OimAnswer, type OimCall } from './exchange.ts';
import { Fields, jsonBody } from './fields.ts';
import { groupShape, utc } from './shapes.ts';

const longestId = 128;
const longestTests = 480;
const largestPage = 1000;

/** Lists the groups of all clients, including those whose job belongs to another client. */
export function images({ request, oim }: OimCall): OimAnswer {
  oim.clients.authenticate(bearerOf(request), 'catalog:read');
  const fields = new Fields('query', Object.fromEntries(request.query));
  const limit = fields.whole('limit', 100, { min: 1, max: largestPage });
  const offset = fields.whole('offset', 0, { min: 0, max: Number.MAX_SAFE_INTEGER });
  fields.finish();
  const wanted = statusIn(request.query);
  // BUILT, and no status, mean "BUILT or later" (omnia.md section 7).
  const isWanted = ({ status }: { readonly status: ImageGroupStatus }): boolean =>
    status === wanted || ((wanted === undefined || wanted === 'BUILT') && status !== 'CLEANED');
  const all = oim.imageGroups.filter(isWanted);
  const page = all.slice(offset, offset + limit);
  const pagination = { total_count: all.length, limit, offset, has_more: offset + page.length < all.length };
  return { status: 200, body: { image_groups: page.map(groupShape), pagination } };
}

function statusIn(query: URLSearchParams): ImageGroupStatus | undefined {
  const text = query.get('status') ?? '';
  if (text === '') return undefined;
  const found = imageGroupStatuses.find((status) => status === text);
  if (found !== undefined) return found;
  const allowed = `Allowed values: ${imageGroupStatuses.join(', ')}`;
  throw new Refusal(400, 'INVALID_STATUS', `Invalid status filter value '${text}'. ${allowed}`);
}

/** Checks the token and its scope, the form of the body, the job, and then what the stage itself requires. */
export function startStage(call: OimCall, id: string, stage: OimStageName): OimAnswer {
  const { request, oim, correlationId, now, mishap } = call;
  const clientId = oim.clients.authenticate(bearerOf(request), 'job:write');
  const imageGroupId = bodyOf(stage, call);
  const { job, stage: started } = oim.startStage(id, stage, { clientId, imageGroupId, mishap });
  const self = `/api/v1/jobs/${job.id}`;
  const common = {
    job_id: job.id,
    stage,
    status: 'accepted',
    submitted_at: utc(now),
    correlation_id: correlationId,
  };
  switch (stage) {
    case 'deploy':
      return { status: 202, body: { ...common, image_group_id: imageGroupId } };
    case 'restart':
      return { status: 202, body: { ...common, image_group_id: '', _links: { self, status: self } } };
    case 'validate':
      return { status: 202, body: { ...common, attempt: started.attempt } };
  }
}

/** The image group that a body names. @throws Unprocessable | Refusal */
function bodyOf(stage: OimStageName, { request }: OimCall): string {
  // It is unknown whether restart requires a body; it was always sent one.
  if (stage === 'restart') return '';
  const fields = new Fields('body', jsonBody(request));
  if (stage === 'validate') {
    fields.texts('scenario_names', []);
    fields.whole('timeout_minutes', 1, { min: 1, max: longestTests });
    fields.finish();
    return '';
  }
  const group = fields.text('image_group_id', { min: 1, max: longestId });
  fields.finish();
  if (group.trim() !== '') return group;
  throw new Refusal(400, 'INVALID_IMAGE_GROUP_ID', 'Invalid image_group_id: ImageGroupId cannot be empty');
}
