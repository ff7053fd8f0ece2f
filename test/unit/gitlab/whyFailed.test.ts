import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentencesOf } from '@omnia-buildstream/core/text/phrase';
import { whyPhrases } from '@omnia-buildstream/gitlab/omnia/why/whyTexts';
import { jobCauseIn } from '@omnia-buildstream/gitlab/trace/jobCause';

const nothing = { code: undefined, summary: undefined, logFile: undefined, stageState: undefined, attempt: undefined };

test('the cause is read in every form in which a job script writes it', () => {
  const whole = {
    code: 'PLAYBOOK_EXECUTION_FAILED',
    summary: 'Playbook failed: 2 hosts',
    logFile: '/opt/omnia/log/restart.log',
  };
  const written = (mark: string, colon: string) => [
    'Restart stage ended',
    `${mark}Error Code${colon}${whole.code}`,
    `${mark}Error Summary${colon}${whole.summary}`,
    `${mark}Log File Path${colon}${whole.logFile}`,
    'ERROR: Job failed: exit code 1',
  ];
  for (const mark of ['', '  ', '- ', '[!] ']) {
    for (const colon of [': ', '   : ', '=']) {
      assert.deepEqual(jobCauseIn(written(mark, colon)), { ...nothing, ...whole }, `${mark}|${colon}`);
    }
  }
  const newer = [...written('', ': '), 'Stage State: FAILED', 'Attempt: 2'];
  assert.deepEqual(jobCauseIn(newer), { ...whole, stageState: 'FAILED', attempt: 2 });
});

test('of several causes the last counts, and one that is empty is none', () => {
  assert.equal(jobCauseIn(['Error Code: A', 'Error Code: B'])?.code, 'B');
  assert.equal(jobCauseIn(['Error Code: null', 'Error Summary: N/A']), undefined);
  assert.equal(jobCauseIn(['Attempt: 1', 'Log File Path: /x']), undefined);
  assert.equal(jobCauseIn(['The Error Code: is explained elsewhere', 'error codes: 3']), undefined);
  assert.equal(jobCauseIn([]), undefined);
});

const answer = (value: object): string[] => JSON.stringify(value, undefined, 2).split('\n');

test('an answer of the API that a job prints is read: the stage of 2.1, and a request that is refused', () => {
  const stage = {
    stage_name: 'validate-image-on-test',
    stage_state: 'FAILED',
    attempt: 1,
    started_at: 'T',
    ended_at: 'T',
  };
  const failed = { error_code: 'PLAYBOOK_FAILED', error_summary: 'Playbook "discovery" exited with code 2' };
  const printed = answer({ ...stage, ...failed, log_file_path: '/opt/omnia/log/discovery.log' });
  assert.deepEqual(jobCauseIn(['  ERROR: Validation stage reached FAILED', '  Stage Details:', ...printed]), {
    code: 'PLAYBOOK_FAILED',
    summary: failed.error_summary,
    logFile: '/opt/omnia/log/discovery.log',
    stageState: 'FAILED',
    attempt: 1,
  });
  const nulls = answer({
    ...stage,
    stage_state: 'COMPLETED',
    error_code: null,
    error_summary: null,
    log_file_path: null,
  });
  assert.equal(jobCauseIn(nulls), undefined, 'one that worked tells none');
  for (const body of [
    { detail: { error: 'JOB_IN_TERMINAL_STATE', message: 'The job takes no files' } },
    { detail: { error_code: 'JOB_IN_TERMINAL_STATE', message: 'The job takes no files' } },
  ]) {
    for (const lines of [answer(body), [JSON.stringify(body)]]) {
      assert.deepEqual(jobCauseIn(['  ERROR: Upload failed (HTTP 409)', ...lines]), {
        ...nothing,
        code: 'JOB_IN_TERMINAL_STATE',
        summary: 'The job takes no files',
      });
    }
  }
  assert.equal(jobCauseIn(answer({ message: 'Job accepted', status: 'accepted' })), undefined);
});

test('an answer after which the job went on is not the cause', () => {
  const refused = answer({ detail: { error_code: 'JOB_IN_TERMINAL_STATE', message: 'The job takes no files' } });
  const warned = [
    '  [WARN] Config upload returned HTTP 409, continuing anyway',
    ...refused,
    '  Waiting for restart to complete...',
  ];
  assert.equal(jobCauseIn(warned), undefined);
  assert.equal(jobCauseIn([...warned, '  Error Code: PLAYBOOK_TIMEOUT'])?.summary, undefined);
});

test('a request that was tried again lends nothing to the cause', () => {
  const first = answer({ detail: { error: 'token_expired', message: 'Access token has expired' } });
  const gap = Array.from({ length: 12 }, (_, index) => `  [Poll ${String(index)}/300] Job: RUNNING`);
  const cause = ['  Error Code:            PLAYBOOK_TIMEOUT', '  Log File Path:         N/A (not reported yet)'];
  for (const between of [gap, []]) {
    assert.deepEqual(jobCauseIn([...first, ...between, ...cause]), { ...nothing, code: 'PLAYBOOK_TIMEOUT' });
  }
});

test('without a code the last complaint is the cause, and where the log of the stage is', () => {
  const poll = ['  [Poll 1/300] Job: RUNNING | Build: IN_PROGRESS', '  [Poll 2/300] Job: FAILED | Build: FAILED'];
  const block = (log: readonly string[]) => [
    '  Stage:                 build-image',
    '  Stage State:           FAILED',
    ...log,
  ];
  const end = [
    '  ------------',
    'Cleaning up project directory and file based variables',
    'ERROR: Job failed: exit code 1',
  ];
  const reached = '  ERROR: Build stage reached FAILED';
  const summary = 'Build stage reached FAILED';
  const path = ['  Attempt:               1', '  Log File Path:         /opt/omnia/log/b.log'];
  assert.deepEqual(jobCauseIn([...poll, reached, ...block(path), ...end]), {
    ...nothing,
    ...{ summary, stageState: 'FAILED', attempt: 1, logFile: '/opt/omnia/log/b.log' },
  });
  const folder = ['  Log File Path:         N/A (not reported yet)', '  Job Log Directory:     /opt/omnia/log/018f/'];
  assert.deepEqual(jobCauseIn([...poll, reached, ...block(folder), ...end]), {
    ...nothing,
    ...{ summary, stageState: 'FAILED', logFile: '/opt/omnia/log/018f/' },
  });
  const alone = (line: string) => jobCauseIn([...poll, line, ...end])?.summary;
  assert.equal(alone('  ERROR: BSM API health check returned 502'), 'BSM API health check returned 502');
  assert.equal(alone('ERROR: BSM_API_CERT variable is not set'), 'BSM_API_CERT variable is not set');
  assert.equal(alone('  [TOKEN] ERROR: Token refresh failed (HTTP 401)'), 'Token refresh failed (HTTP 401)');
  assert.equal(alone('  WARNING: Deploy initiation returned HTTP 412'), 'Deploy initiation returned HTTP 412');
  const late = ['ERROR: Job failed: execution took longer than 2h0m0s seconds'];
  assert.equal(jobCauseIn([...poll, ...late])?.summary, 'Job failed: execution took longer than 2h0m0s seconds');
});

test('a complaint after which the script went on is not the cause', () => {
  const timeout = '  ERROR: Request timeout - BSM API server did not respond within 45s';
  for (const on of [
    '  [Poll 3/300] HTTP 000 - retrying...',
    '  [OK] Restart request accepted',
    '    [+] network_spec.yml',
  ]) {
    assert.equal(jobCauseIn([timeout, on, 'ERROR: Job failed: exit code 1']), undefined, on);
    assert.equal(jobCauseIn([timeout, on, '  ERROR: Deploy polling timed out'])?.summary, 'Deploy polling timed out');
  }
  assert.equal(jobCauseIn([timeout, '  Error Code: PLAYBOOK_TIMEOUT'])?.summary, undefined);
});

const node = (hostname: string) =>
  ({ hostname, bmcIp: '10.6.0.1' }) as Parameters<typeof whyPhrases>[0]['failedNodes'][0];
const said = (why: Partial<Parameters<typeof whyPhrases>[0]>) =>
  sentencesOf(whyPhrases({ cause: undefined, failedNodes: [], totalNodes: undefined, ...why }));

test('nodes are named only when a list tells of them, with their number', () => {
  assert.equal(said({}), '');
  assert.equal(
    said({ failedNodes: [node('n1'), node('')], totalNodes: 60 }),
    '2 of 60 nodes failed to boot (n1, 10.6.0.1).',
  );
  assert.equal(said({ failedNodes: [node('n1')], totalNodes: 1 }), 'Nodes that failed to boot: 1 (n1).');
  const many = Array.from({ length: 7 }, (_, index) => node(`n${String(index)}`));
  assert.equal(said({ failedNodes: many, totalNodes: 9 }), '7 of 9 nodes failed to boot (n0, n1, n2, n3, n4, …).');
});

test('what the job says is foreign text on one line', () => {
  const cause = { ...nothing, code: 'X', summary: 'a\u001b[31m\nb', attempt: 2, logFile: '/l' };
  assert.equal(said({ cause }), 'The job reports: X, a b. Attempt 2. Log on the management server: /l.');
});

test('a list that is older than the run, and a log that is not shown, are told as such', () => {
  assert.match(
    said({ staleListMs: Date.UTC(2026, 8, 1, 7, 5) }),
    /^failed_nodes\.json is of 2026-09-01 07:05 UTC, before this restart began: it is the result of an older run/,
  );
  assert.equal(said({ isLogHidden: true }), 'GitLab does not show the log of this job.');
});
