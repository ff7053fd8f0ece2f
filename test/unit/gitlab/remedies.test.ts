import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { phrase, wordsOf, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { remedies, remedyTexts } from '@omnia-buildstream/gitlab/omnia/why/remedies';
import type { WhyFailed } from '@omnia-buildstream/gitlab/omnia/why/whyFailed';
import { adviceFor } from '@omnia-buildstream/oim/errors/advice';

const ofApi = (code: string): Phrase[] => adviceFor(0, code, true);
const node = { bmcIp: '192.0.2.1', hostname: 'cn1', status: 'failed', message: 'm' } as never;

function why(code: string | undefined, more: Partial<WhyFailed> = {}): WhyFailed {
  const rest = { summary: undefined, logFile: undefined, stageState: undefined, attempt: undefined };
  const cause = code === undefined ? undefined : { code, ...rest };
  return { cause, failedNodes: [], totalNodes: undefined, ...more };
}

function helps(stage: string, of: WhyFailed, failureReason?: string): readonly string[] {
  return remedies(of, { stage, failureReason }, ofApi).map((one) => wordsOf(one));
}

suite('what helps against a job that failed', () => {
  const playbook = why('PLAYBOOK_EXECUTION_FAILED');
  for (const [stage, remedy] of [
    ['parse-catalog', remedyTexts.catalog],
    ['configure-local-repository', remedyTexts.repository],
    ['build-images', remedyTexts.build],
    ['deploy', remedyTexts.deploy],
    ['deploy-and-validate', remedyTexts.deploy],
  ] as const) {
    test(`a playbook of ${stage}, whatever little the job says`, () => {
      for (const said of [playbook, why('INTERNAL_ERROR'), why('PLAYBOOK_TIMEOUT'), why(undefined)]) {
        assert.deepEqual(helps(stage, said), [remedy]);
      }
    });
  }

  test('a code that tells more than its stage', () => {
    const full = helps('parse-catalog', why('RETENTION_LIMIT_EXCEEDED'));
    assert.deepEqual(
      full,
      ofApi('RETENTION_LIMIT_EXCEEDED').map((one) => wordsOf(one)),
    );
    assert.match(helps('initialization', why('max_clients_limit_reached'))[0] ?? '', /one client only/);
    for (const code of ['INVALID_STATE_TRANSITION', 'UPSTREAM_STAGE_NOT_COMPLETED']) {
      assert.deepEqual(helps('restart', why(code)), [remedyTexts.conflict]);
    }
    assert.deepEqual(helps('list_images', why('invalid_token')), [remedyTexts.token]);
  });

  test('an API that said nothing to a job that only asks it', () => {
    assert.deepEqual(helps('list_images', why(undefined)), [remedyTexts.api]);
    assert.deepEqual(helps('initialization', why(undefined)), [remedyTexts.api]);
    assert.deepEqual(helps('list_images', why(undefined, { isLogHidden: true })), []);
  });

  for (const [words, remedy] of [
    ['BSM API health check returned 502', 'api'],
    ['Connection refused - BSM API server unreachable at https://oim', 'api'],
    ['Authentication failed (HTTP 401)', 'token'],
    ['BSM_CLIENT_ID or BSM_CLIENT_SECRET not available', 'token'],
    ['SSL certificate validation failed', 'certificate'],
    ['BSM_API_CERT variable is not set', 'certificate'],
    ['Deploy polling timed out after 300 attempts', 'waited'],
  ] as const) {
    test(`a script that only says: ${words}`, () => {
      const cause = { code: undefined, summary: words, logFile: undefined, stageState: undefined, attempt: undefined };
      for (const stage of ['initialization', 'deploy', 'list_images'])
        assert.deepEqual(helps(stage, { ...why(undefined), cause }), [remedyTexts[remedy]]);
    });
  }

  test('a job that no runner took, whatever its stage', () => {
    assert.deepEqual(helps('deploy', why(undefined), 'stuck_or_timeout_failure'), [remedyTexts.runner]);
    assert.deepEqual(helps('deploy', playbook, 'script_failure'), [remedyTexts.deploy]);
  });

  test('nodes that failed to boot say more, and for an unknown job nothing is made up', () => {
    assert.deepEqual(helps('restart', { ...playbook, failedNodes: [node] }), []);
    assert.deepEqual(helps('restart', playbook), []);
    assert.deepEqual(helps('lint', why(undefined)), []);
    assert.deepEqual(remedies(playbook, { stage: 'deploy', failureReason: undefined }, () => [phrase('x')]).length, 1);
  });
});
