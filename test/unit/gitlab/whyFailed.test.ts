import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentencesOf } from '@omnia-buildstream/core/text/phrase';
import { whyPhrases } from '@omnia-buildstream/gitlab/omnia/whyTexts';
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
  assert.equal(said({ cause }), 'The job says: X, a b. Attempt 2. Log on the management server: /l.');
});

test('a list that is older than the run, and a log that is not shown, are told as such', () => {
  assert.match(
    said({ staleListMs: Date.UTC(2026, 8, 1, 7, 5) }),
    /^failed_nodes\.json is of 2026-09-01 07:05 UTC, before this restart began: it is a result of an older run/,
  );
  assert.equal(said({ isLogHidden: true }), 'GitLab does not show the log of this job.');
});
