/**
 * What the real API (2.2, development version of May 2026) was found to answer, in our own words: the request, the
 * status, and contents of the body. `<JOB>` is the job of an image group with status PASSED, `<NEW>` a job that was
 * just created. Source: omnia.md section 7.
 */
export interface Fact {
  readonly what: string;
  readonly ask: Asked;
  readonly status: number;
  /** Values at paths in the body: `detail.error`, `detail.0.type`. `undefined` means that nothing is there. */
  readonly has?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  /** `full` by default; `narrow` has catalog:read only. */
  readonly as?: 'full' | 'narrow' | 'nobody' | 'account' | 'wrong account' | 'garbage';
  readonly json?: unknown;
  readonly raw?: string;
  readonly form?: Readonly<Record<string, string>>;
  /** One file, sent under this field. */
  readonly file?: { readonly name: string; readonly text: string; readonly field?: string };
  readonly headers?: Readonly<Record<string, string>>;
}

const api = '/api/v1';
const unknownJob = '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10';
const get = (path: string, more: Partial<Asked> = {}): Asked => ({ method: 'GET', path, ...more });
const post = (path: string, more: Partial<Asked> = {}): Asked => ({ method: 'POST', path, ...more });
const upload = (job: string, name: string, more: Partial<Asked> = {}): Asked => ({
  method: 'PUT',
  path: `${api}/jobs/${job}/upload`,
  file: { name, text: 'a: 1\n' },
  ...more,
});
const order = (job: string, stage: string, json: unknown, more: Partial<Asked> = {}): Asked =>
  post(`${api}/jobs/${job}/stages/${stage}`, { json, ...more });
const register = (json: unknown, as: Asked['as'] = 'account'): Asked => post(`${api}/auth/register`, { as, json });
const token = (form: Readonly<Record<string, string>>): Asked => post(`${api}/auth/token`, { as: 'nobody', form });
const key = (name: string): Partial<Asked> => ({ headers: { 'idempotency-key': name } });
const create = (json: unknown, more: Partial<Asked>): Asked => post(`${api}/jobs`, { json, ...more });

const challenge = { 'www-authenticate': 'Bearer' };
const credentials = { grant_type: 'client_credentials', client_id: '<CLIENT>', client_secret: '<SECRET>' };
const goodName = { client_name: 'x', allowed_scopes: ['job:write'] };
const fault = (type: string, field?: string): Record<string, unknown> => ({
  'detail.0.type': type,
  'detail.0.loc.0': 'body',
  'detail.0.loc.1': field,
});
const ofFramework = (detail: string) => ({ detail });
const ofJob = (code: string) => ({
  'detail.error': code,
  'detail.correlation_id': /^[0-9a-f-]{36}$/,
  'detail.timestamp': /\+00:00Z$/,
});
const ofFiles = (code: string) => ({ 'detail.error_code': code, 'detail.correlation_id': undefined });
const ofToken = (code: string) => ({ 'detail.error': code, 'detail.correlation_id': undefined });

const framework: readonly Fact[] = [
  { what: 'health without a token', ask: get('/health', { as: 'nobody' }), status: 200, has: { status: 'healthy' } },
  { what: 'greeting', ask: get('/', { as: 'nobody' }), status: 200, has: { message: 'Welcome to Build Stream API' } },
  { what: 'description', ask: get('/openapi.json'), status: 200, has: { 'info.title': 'Build Stream API' } },
  { what: 'unknown path', ask: get(`${api}/nothing`), status: 404, has: ofFramework('Not Found') },
  { what: 'unknown stage', ask: order('<NEW>', 'promote', {}), status: 404, has: ofFramework('Not Found') },
  {
    what: 'wrong method',
    ask: { method: 'DELETE', path: `${api}/images` },
    status: 405,
    has: ofFramework('Method Not Allowed'),
    headers: { allow: 'GET' },
  },
  { what: 'HEAD', ask: { method: 'HEAD', path: '/health' }, status: 405, headers: { allow: 'GET' } },
  { what: 'trailing slash', ask: get(`${api}/images/`), status: 307, headers: { location: `<ORIGIN>${api}/images` } },
];

const signingIn: readonly Fact[] = [
  {
    what: 'registration without an account',
    ask: register(goodName, 'nobody'),
    status: 401,
    has: ofFramework('Not authenticated'),
    headers: { 'www-authenticate': 'Basic' },
  },
  {
    what: 'registration with a wrong one',
    ask: register(goodName, 'wrong account'),
    status: 401,
    has: ofToken('invalid_credentials'),
  },
  { what: 'registration without a body', ask: register(undefined), status: 422, has: fault('missing') },
  {
    what: 'a bad name, before the number of clients',
    ask: register({ ...goodName, client_name: 'a b!' }),
    status: 422,
    has: fault('value_error', 'client_name'),
  },
  {
    what: 'an unknown scope',
    ask: register({ ...goodName, allowed_scopes: ['x:y'] }),
    status: 422,
    has: fault('value_error', 'allowed_scopes'),
  },
  { what: 'a second client', ask: register(goodName), status: 409, has: ofToken('max_clients_reached') },
  {
    what: 'a token for JSON',
    ask: post(`${api}/auth/token`, { json: credentials }),
    status: 422,
    has: fault('missing', 'grant_type'),
  },
  {
    what: 'another grant',
    ask: token({ ...credentials, grant_type: 'password' }),
    status: 422,
    has: fault('enum', 'grant_type'),
  },
  {
    what: 'no client',
    ask: token({ grant_type: 'client_credentials' }),
    status: 400,
    has: ofToken('invalid_request'),
  },
  {
    what: 'a malformed id',
    ask: token({ ...credentials, client_id: 'abc' }),
    status: 422,
    has: fault('value_error', 'client_id'),
  },
  {
    what: 'a malformed secret',
    ask: token({ ...credentials, client_secret: 'abc' }),
    status: 422,
    has: fault('value_error', 'client_secret'),
  },
  {
    what: 'a wrong secret',
    ask: token({ ...credentials, client_secret: 'bld_s_wrong' }),
    status: 401,
    has: ofToken('invalid_client'),
  },
  {
    what: 'a scope that the client lacks',
    ask: token({ ...credentials, scope: 'catalog:write' }),
    status: 400,
    has: ofToken('invalid_scope'),
  },
  {
    what: 'a narrower token',
    ask: token({ ...credentials, scope: 'catalog:read' }),
    status: 200,
    has: { scope: 'catalog:read', token_type: 'Bearer', expires_in: 3600, access_token: /^.{300,}$/ },
  },
  {
    what: 'no token',
    ask: get(`${api}/images`, { as: 'nobody' }),
    status: 401,
    has: ofToken('missing_token'),
    headers: challenge,
  },
  {
    what: 'a token of nobody',
    ask: get(`${api}/images`, { as: 'garbage' }),
    status: 401,
    has: ofToken('invalid_token'),
    headers: challenge,
  },
  {
    what: 'a stage for a token without the scope',
    ask: order('<NEW>', 'restart', {}, { as: 'narrow' }),
    status: 403,
    has: ofToken('insufficient_scope'),
  },
];

const lists: readonly Fact[] = [
  {
    what: 'image groups',
    ask: get(`${api}/images`),
    status: 200,
    has: {
      'image_groups.0.images.0.image_name': /^s3:\/\/boot-images\//,
      'image_groups.0.status': 'PASSED',
      'image_groups.0.created_at': /T\d\d:\d\d:\d\d(?:\.\d{6})?Z$/,
      'pagination.limit': 100,
    },
  },
  { what: 'an empty status', ask: get(`${api}/images?status=`), status: 200, has: { 'pagination.total_count': 1 } },
  { what: 'cleaned ones', ask: get(`${api}/images?status=CLEANED`), status: 200, has: { 'pagination.total_count': 0 } },
  { what: 'an unknown status', ask: get(`${api}/images?status=FOO`), status: 400, has: ofFiles('INVALID_STATUS') },
  {
    what: 'a page of none',
    ask: get(`${api}/images?limit=0`),
    status: 422,
    has: { 'detail.0.type': 'greater_than_equal', 'detail.0.ctx.ge': 1 },
  },
  {
    what: 'a page that is too large',
    ask: get(`${api}/images?limit=1001`),
    status: 422,
    has: { 'detail.0.type': 'less_than_equal' },
  },
  { what: 'no number', ask: get(`${api}/images?limit=x`), status: 422, has: { 'detail.0.type': 'int_parsing' } },
  {
    what: 'a negative offset',
    ask: get(`${api}/images?offset=-1`),
    status: 422,
    has: { 'detail.0.loc.1': 'offset' },
  },
];

const jobs: readonly Fact[] = [
  {
    what: 'a finished job',
    ask: get(`${api}/jobs/<JOB>`, { headers: { 'x-correlation-id': unknownJob } }),
    status: 200,
    has: {
      correlation_id: unknownJob,
      job_state: 'SUCCEEDED',
      tombstone: false,
      'stages.0.stage_name': 'build-image-x86_64',
      'stages.1.stage_name': 'create-local-repository',
      'stages.2.log_file_path': /\/<JOB>\/provision\.yml_\d{8}_\d{6}_attempt1\.log$/,
      'stages.5.log_file_path': /set_pxe_boot\.yml_\d{8}_\d{6}_attempt2\.log$/,
      'stages.7.stage_name': 'validate',
      'stages.7.log_file_path': null,
      'stages.7.attempt': undefined,
      'stages.7.result_detail': undefined,
      'stages.7.ended_at': /\+00:00Z$/,
      'state_timestamps.FAILED': /\+00:00Z$/,
      'state_timestamps.COMPLETED': /\+00:00Z$/,
      'state_timestamps.IN_PROGRESS': undefined,
    },
  },
  { what: 'a malformed id', ask: get(`${api}/jobs/abc`), status: 400, has: ofJob('INVALID_JOB_ID') },
  { what: 'an unknown job', ask: get(`${api}/jobs/${unknownJob}`), status: 404, has: ofJob('JOB_NOT_FOUND') },
  { what: 'a job for any token', ask: get(`${api}/jobs/<JOB>`, { as: 'narrow' }), status: 200 },
  {
    what: 'no key',
    ask: create({ client_id: 'c' }, {}),
    status: 422,
    has: ofFramework('Idempotency-Key must be provided'),
  },
  {
    what: 'a long key',
    ask: create({ client_id: 'c' }, key('k'.repeat(256))),
    status: 422,
    has: ofFramework('Idempotency-Key length must be <= 255 characters'),
  },
  { what: 'no client_id', ask: create({}, key('k')), status: 422, has: fault('missing', 'client_id') },
  {
    what: 'no JSON',
    ask: post(`${api}/jobs`, { raw: '{', ...key('k') }),
    status: 422,
    has: { 'detail.0.type': 'json_invalid' },
  },
  {
    what: 'a new job, with the inner name of its state, for any token',
    ask: create({ client_id: 'c' }, { ...key('k'), as: 'narrow' }),
    status: 201,
    has: { job_state: 'CREATED', 'stages.0.stage_name': 'build-image-aarch64', 'stages.0.log_file_path': undefined },
  },
  {
    what: 'the same key with other metadata',
    ask: create({ client_id: 'c', metadata: { a: 1 } }, key('k')),
    status: 200,
  },
  {
    what: 'the same key with another client_name',
    ask: create({ client_id: 'c', client_name: 'other' }, key('k')),
    status: 409,
    has: ofJob('IDEMPOTENCY_CONFLICT'),
  },
  {
    what: 'single nodes',
    ask: get(`${api}/jobs/<JOB>/artifacts/node-results`),
    status: 500,
    has: ofJob('INTERNAL_ERROR'),
  },
  {
    what: 'roles',
    ask: get(`${api}/jobs/<JOB>/catalog/roles`),
    status: 200,
    has: { image_key: 'rhel10-slurm', 'architectures.0': 'x86_64' },
  },
  {
    what: 'removal of a job that built nothing',
    ask: { method: 'DELETE', path: `${api}/jobs/<NEW>` },
    status: 404,
    has: ofJob('JOB_NOT_FOUND'),
  },
];

const uploads: readonly Fact[] = [
  {
    what: 'a file, for any token',
    ask: upload('<NEW>', 'network_spec.yml', { as: 'narrow' }),
    status: 200,
    has: { job_id: /^[0-9a-f-]{36}$/, 'files.0.status': 'CHANGED', 'files.0.size_bytes': 5 },
  },
  {
    what: 'the same again',
    ask: upload('<NEW>', 'network_spec.yml'),
    status: 200,
    has: { 'files.0.status': 'UNCHANGED', 'upload_summary.unchanged_files': 1 },
  },
  {
    what: 'a name that is not on the list',
    ask: upload('<NEW>', 'orchestrator_config.yml'),
    status: 400,
    has: ofFiles('INVALID_FILENAME'),
  },
  { what: 'a path', ask: upload('<NEW>', '../network_spec.yml'), status: 400, has: ofFiles('INVALID_FILENAME') },
  {
    what: 'an empty file',
    ask: upload('<NEW>', 'storage_config.yml', { file: { name: 'storage_config.yml', text: '' } }),
    status: 200,
    has: { 'files.0.size_bytes': 0 },
  },
  {
    what: 'another field',
    ask: upload('<NEW>', 'x', { file: { name: 'network_spec.yml', text: 'a', field: 'file' } }),
    status: 422,
    has: fault('missing', 'files'),
  },
  { what: 'a malformed id', ask: upload('abc', 'network_spec.yml'), status: 400, has: ofFiles('INVALID_JOB_ID') },
  {
    what: 'an unknown job',
    ask: upload(unknownJob, 'network_spec.yml'),
    status: 404,
    has: ofFiles('JOB_NOT_FOUND'),
  },
  {
    what: 'a job that has succeeded',
    ask: upload('<JOB>', 'network_spec.yml'),
    status: 409,
    has: ofFiles('JOB_IN_TERMINAL_STATE'),
  },
];

const stages: readonly Fact[] = [
  { what: 'deploy without a body', ask: order('<NEW>', 'deploy', undefined), status: 422, has: fault('missing') },
  {
    what: 'deploy without a group',
    ask: order('<NEW>', 'deploy', {}),
    status: 422,
    has: fault('missing', 'image_group_id'),
  },
  {
    what: 'deploy of an empty name',
    ask: order('<NEW>', 'deploy', { image_group_id: '' }),
    status: 422,
    has: fault('string_too_short', 'image_group_id'),
  },
  {
    what: 'deploy of a blank name',
    ask: order('<NEW>', 'deploy', { image_group_id: ' ' }),
    status: 400,
    has: ofJob('INVALID_IMAGE_GROUP_ID'),
  },
  {
    what: 'deploy of a long name',
    ask: order('<NEW>', 'deploy', { image_group_id: 'g'.repeat(129) }),
    status: 422,
    has: fault('string_too_long', 'image_group_id'),
  },
  {
    what: 'deploy before a build',
    ask: order('<NEW>', 'deploy', { image_group_id: 'rhel10-slurm' }),
    status: 412,
    has: { ...ofJob('UPSTREAM_STAGE_NOT_COMPLETED'), 'detail.message': /x86_64: PENDING, aarch64: PENDING/ },
  },
  {
    what: 'deploy of another group, known or not',
    ask: order('<JOB>', 'deploy', { image_group_id: 'nope' }),
    status: 409,
    has: ofJob('IMAGEGROUP_MISMATCH'),
  },
  {
    what: 'deploy of a group whose tests have passed',
    ask: order('<JOB>', 'deploy', { image_group_id: 'rhel10-slurm' }),
    status: 412,
    has: { ...ofJob('PRECONDITION_FAILED'), 'detail.message': /^ImageGroup status is 'PASSED', required: \[/ },
  },
  {
    what: 'validate before a restart',
    ask: order('<NEW>', 'validate', {}),
    status: 412,
    has: { ...ofJob('UPSTREAM_STAGE_NOT_COMPLETED'), 'detail.message': /'restart' must be COMPLETED/ },
  },
  {
    what: 'tests that may take too long',
    ask: order('<NEW>', 'validate', { timeout_minutes: 481 }),
    status: 422,
    has: { ...fault('less_than_equal', 'timeout_minutes'), 'detail.0.ctx.le': 480 },
  },
  {
    what: 'scenarios that are no list',
    ask: order('<NEW>', 'validate', { scenario_names: 'provision' }),
    status: 422,
    has: fault('list_type', 'scenario_names'),
  },
  { what: 'a stage of a malformed id', ask: order('abc', 'restart', {}), status: 400, has: ofJob('INVALID_JOB_ID') },
  { what: 'a stage of nobody', ask: order('<NEW>', 'restart', {}, { as: 'nobody' }), status: 401, headers: challenge },
  {
    what: 'restart of a job that was never deployed',
    ask: order('<NEW>', 'restart', {}),
    status: 202,
    has: { status: 'accepted', image_group_id: '', '_links.self': '/api/v1/jobs/<NEW>', '_links.status': /\/jobs\// },
  },
  {
    what: 'restart of one whose tests have passed',
    ask: order('<JOB>', 'restart', {}),
    status: 202,
    has: { stage: 'restart' },
  },
];

/** In an order in which they can be requested one after another. */
export const oimFacts: Readonly<Record<string, readonly Fact[]>> = {
  framework,
  'signing in': signingIn,
  lists,
  jobs,
  uploads,
  stages,
};
