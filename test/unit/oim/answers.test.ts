import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sentencesOf } from '@omnia-buildstream/core/text/phrase';
import type { HttpAnswer } from '@omnia-buildstream/http/client/httpClient';
import { errorOfAnswer, isLostAnswer } from '@omnia-buildstream/oim/errors/fromAnswer';
import { readImagePage } from '@omnia-buildstream/oim/model/imageGroups';
import { hasEnded, readJob } from '@omnia-buildstream/oim/model/job';
import { OimError } from '@omnia-buildstream/oim/oimError';
import { endPhrases } from '@omnia-buildstream/oim/stage/words';

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
      { id: 'g', jobId: undefined, status: 'UNKNOWN', images: [{ role: 'r', name: '', boot: undefined }] },
    ]);
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

  test("only a proxy's failure leaves open whether an order was carried out", () => {
    assert.equal(isLostAnswer(errorOf(502, '<html>')), true);
    assert.equal(isLostAnswer(errorOf(500, { detail: 'Internal Server Error' })), true);
    assert.equal(isLostAnswer(errorOf(500, { detail: { error: 'QUEUE_SUBMISSION_FAILED', message: '' } })), false);
    assert.equal(isLostAnswer(errorOf(409, { detail: { error: 'INVALID_STATE_TRANSITION' } })), false);
  });

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
      /deploy stage failed\. It could not be queued.*server says: NFS is away\. Its log on the management server: \/log\./,
    );
  });
});
