import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sentencesOf } from '@omnia-buildstream/core/text/phrase';
import type { HttpAnswer } from '@omnia-buildstream/http/client/httpClient';
import { errorOfAnswer, mayHaveBegun } from '@omnia-buildstream/oim/errors/fromAnswer';
import { readImagePage } from '@omnia-buildstream/oim/model/imageGroups';
import { hasEnded, readJob } from '@omnia-buildstream/oim/model/job';
import { OimError } from '@omnia-buildstream/oim/oimError';
import { endPhrases } from '@omnia-buildstream/oim/stage/words';
import { oimStage } from '../../support/oimStage.ts';

const answer = (status: number, body: unknown): HttpAnswer => ({
  status,
  header: () => undefined,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const errorOf = (status: number, body: unknown): OimError => errorOfAnswer(answer(status, body), 'POST /x');

suite('answers of the BuildStreaM API', () => {
  test('times with two zones, unknown stages, states and keys are read', () => {
    const job = readJob(
      JSON.stringify({
        job_id: 'j',
        job_state: 'DREAMING',
        surprise: 1,
        stages: [
          {
            stage_name: 'deploy',
            stage_state: 'COMPLETED',
            started_at: '2026-04-10T16:32:15+00:00Z',
            error_code: null,
          },
          { stage_name: 'polish', stage_state: 'HUMMING', started_at: '2026-04-10T18:32:15+0200Z', ended_at: 'soon' },
          'not a stage',
        ],
      }),
      'GET /jobs',
    );
    const at = Date.UTC(2026, 3, 10, 16, 32, 15);
    assert.equal(job.state, 'DREAMING');
    assert.deepEqual(
      job.stages.map(({ name, startedAt, endedAt, errorCode }) => [name, startedAt, endedAt, errorCode]),
      [
        ['deploy', at, undefined, undefined],
        ['polish', at, undefined, undefined],
      ],
    );
    assert.deepEqual(job.stages.map(hasEnded), [true, false]);
  });

  test('an answer that is no JSON, or has no job, says that the address may be wrong', () => {
    for (const text of ['<html>', '[]', '{"stages":[]}']) {
      assert.throws(
        () => readJob(text, 'GET /jobs'),
        (error: unknown) => OimError.is(error, 'unexpected-answer') && error.message.includes('address'),
      );
    }
  });

  test('image groups without an id are left out, and pages need no pagination', () => {
    const page = readImagePage(
      '{"image_groups":[{"image_group_id":"g","images":[{"role":"r"},{}]},{"status":"BUILT"}]}',
    );
    assert.deepEqual(page.groups, [
      {
        id: 'g',
        jobId: undefined,
        status: 'UNKNOWN',
        images: [{ role: 'r', name: '', boot: undefined }],
        updatedAt: undefined,
      },
    ]);
    const text = '{"image_groups":[{"image_group_id":"g","updated_at":"2026-11-28T22:18:05.123456Z"}]}';
    assert.deepEqual(
      readImagePage(text).groups.map(({ updatedAt }) => updatedAt),
      [Date.UTC(2026, 10, 28, 22, 18, 5, 123)],
    );
    assert.deepEqual([page.total, page.hasMore], [undefined, undefined]);
  });

  test('all shapes of errors give reason, code, correlation and a sentence', () => {
    const stage = errorOf(409, {
      detail: { error: 'IMAGEGROUP_MISMATCH', message: 'It belongs elsewhere.', correlation_id: 'c-1' },
    });
    assert.deepEqual([stage.reason, stage.code, stage.correlationId], ['conflict', 'IMAGEGROUP_MISMATCH', 'c-1']);
    assert.match(stage.message, /It belongs elsewhere.*exactly one image group/);
    const auth = errorOf(401, { detail: { error: 'token_expired', error_description: 'Over' } });
    assert.deepEqual([auth.reason, auth.code], ['signed-out', 'token_expired']);
    const upload = errorOf(400, { detail: { error_code: 'FILE_SIZE_EXCEEDED', message: 'Big' } });
    assert.deepEqual([upload.reason, upload.code], ['refused', 'FILE_SIZE_EXCEEDED']);
    const form = errorOf(422, { detail: [{ loc: ['body', 'client_id'], msg: 'Field required', input: 'hush' }] });
    assert.match(form.message, /body\.client_id: Field required/);
    assert.doesNotMatch(form.message, /hush/);
    assert.equal(errorOf(404, { detail: 'Not Found' }).reason, 'not-found');
    assert.equal(errorOf(502, '<html>Bad Gateway</html>').reason, 'server');
    assert.equal(errorOf(302, '').reason, 'unexpected-answer');
    assert.equal(errorOf(412, { detail: {} }).reason, 'precondition');
  });

  for (const [begun, status, body] of [
    [false, 500, { detail: { error: 'DEPLOY_EXECUTION_ERROR', message: '' } }],
    [false, 500, { detail: { error: 'VALIDATION_EXECUTION_ERROR', message: '' } }],
    [true, 500, { detail: { error: 'INTERNAL_ERROR', message: 'An unexpected error occurred' } }],
    [true, 500, { detail: { error: 'QUEUE_SUBMISSION_FAILED', message: '' } }],
    [true, 500, { status: 'error', message: 'An internal server error occurred' }],
    [true, 500, { detail: 'Internal Server Error' }],
    [true, 502, '<html>Bad Gateway</html>'],
    [true, 503, { message: 'no healthy upstream' }],
    [true, 408, '<html>'],
    [true, 302, ''],
    [false, 400, { detail: { error: 'INVALID_JOB_ID', message: '' } }],
    [false, 404, { detail: 'Not Found' }],
    [false, 409, { detail: { error: 'INVALID_STATE_TRANSITION' } }],
    [false, 412, { detail: { error: 'UPSTREAM_STAGE_NOT_COMPLETED' } }],
    [false, 422, { detail: [{ loc: ['body'], msg: 'Field required' }] }],
  ] as const) {
    test(`${String(status)} ${JSON.stringify(body)}: a stage ${begun ? 'may run all the same' : 'has not begun'}`, () => {
      assert.equal(mayHaveBegun(errorOf(status, body)), begun);
    });
  }

  for (const [status, body, words] of [
    [409, 'client_exists', /disabled client has this name/],
    [409, 'max_clients_reached', /one client only.*BSM_CLIENT_ID/],
    [409, 'max_clients_limit_reached', /one client only.*BSM_CLIENT_ID/],
    [503, 'service_unavailable', /vault/],
    [404, 'JOB_NOT_FOUND', /another client looks the same/],
    [412, 'UPSTREAM_STAGE_NOT_COMPLETED', /build, deploy, restart, validate/],
    [412, 'PRECONDITION_FAILED', /PASSED is not deployed again\..*run a new build/],
    [409, 'JOB_IN_TERMINAL_STATE', /takes no more files\..*run a new build/],
    [400, 'INVALID_FILENAME', /layout of the Omnia version/],
    [500, 'DEPLOY_EXECUTION_ERROR', /did not start/],
    [500, 'INTERNAL_ERROR', /failed on POST \/x.*API's log/],
  ] as const) {
    test(`${body} is told in words that help`, () => {
      const [name, text] = status === 400 ? ['error_code', 'message'] : ['error', 'message'];
      assert.match(errorOf(status, { detail: { [name]: body, [text]: 'Said.' } }).message, words);
    });
  }

  test('a wrong prefix, and a page of a proxy, are told apart from what the API says', () => {
    assert.match(errorOf(404, { detail: 'Not Found' }).message, /no such path.*\/api\/v1/);
    assert.match(errorOf(404, '<html>nginx</html>').message, /no such path/);
    assert.match(errorOf(502, '<html>Bad Gateway</html>').message, /failed on POST \/x \(502\)\. .*from a proxy/);
    assert.doesNotMatch(errorOf(502, '<html>Bad Gateway</html>').message, /html/);
  });

  test('the stages of a job come in working order, those that nobody knows last; times and attempts are read', () => {
    const names = ['build-image-x86_64', 'create-local-repository', 'deploy', 'generate-input-files', 'parse-catalog'];
    const rest = ['polish', 'restart', 'upload', 'validate'];
    const log = '/opt/omnia/log/build_stream/j/set_pxe_boot.yml_20261128_222147_attempt4.log';
    const job = readJob(
      JSON.stringify({
        job_id: 'j',
        updated_at: '2026-11-28T22:21:15.971326+00:00Z',
        state_timestamps: { CREATED: '2026-11-28T22:17:19.295002+00:00Z', ODD: 'soon' },
        stages: [...names, ...rest].map((name) => ({
          stage_name: name,
          log_file_path: name === 'restart' ? log : null,
        })),
      }),
      'GET /jobs',
    );
    assert.equal(
      job.stages.map(({ name }) => name).join(' '),
      'parse-catalog generate-input-files create-local-repository build-image-x86_64 upload deploy restart validate polish',
    );
    assert.equal(job.updatedAt, Date.UTC(2026, 10, 28, 22, 21, 15, 971));
    assert.deepEqual([...job.stateTimes], [['CREATED', Date.UTC(2026, 10, 28, 22, 17, 19, 295)]]);
    assert.equal(job.stages.find(({ name }) => name === 'restart')?.attempt, 4);
  });

  for (const [code, words] of [
    ['PLAYBOOK_EXECUTION_FAILED', /ended with failures.*usually some nodes failed/],
    ['PLAYBOOK_FAILED', /tests failed/],
    ['PLAYBOOK_TIMEOUT', /exceeded the time limit.*check them/],
    ['SYSTEM_ERROR', /could not run its playbook/],
  ] as const) {
    test(`a stage that failed with ${code} is told in words, with the nodes that are known`, () => {
      const failed = oimStage({ name: 'restart', state: 'FAILED', errorCode: code, errorSummary: 'code 2' });
      assert.match(sentencesOf(endPhrases(code === 'PLAYBOOK_FAILED' ? 'validate' : 'restart', failed)), words);
      const node = (hostname: string, hasFailed: boolean) => ({ bmcIp: '10.0.0.1', hostname, hasFailed, message: '' });
      const nodes = [node('cn-1', true), node('cn-2', false), node('', true)];
      assert.match(sentencesOf(endPhrases('restart', failed, nodes)), /2 of 3 nodes failed: cn-1, 10\.0\.0\.1\./);
    });
  }

  test('an end is put into words with code, summary and log', () => {
    const [stage] = readJob(
      JSON.stringify({
        job_id: 'j',
        stages: [
          {
            stage_name: 'deploy',
            stage_state: 'FAILED',
            error_code: 'QUEUE_SUBMISSION_FAILED',
            error_summary: 'NFS is away',
            log_file_path: '/log',
          },
        ],
      }),
      'GET /jobs',
    ).stages;
    assert.ok(stage !== undefined);
    assert.match(
      sentencesOf(endPhrases('deploy', stage)),
      /deploy stage failed\. The management server could not queue it.*server says: NFS is away\. Its log on the management server: \/log\./,
    );
  });
});
