import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compose } from '@omnia-buildstream/gitlab/status/compose';
import { groupStatus, jobStatus, knownStatuses, phaseOf } from '@omnia-buildstream/gitlab/status/statuses';

const plain = { hasWarnings: false };

test('every status of GitLab has its words, colour and phase', () => {
  const shown = knownStatuses.map((status) => {
    const { text, label, icon, tone, phase } = jobStatus({ status, allowFailure: false });
    return [status, text, label, icon, tone, phase].join(' | ');
  });
  assert.deepEqual(shown, [
    'created | Created | created | created | neutral | active',
    'waiting_for_resource | Waiting | waiting for resource | pending | warning | active',
    'preparing | Preparing | preparing | preparing | neutral | active',
    'waiting_for_callback | Waiting | waiting for callback | pending | warning | active',
    'pending | Pending | pending | pending | warning | active',
    'running | Running | running | running | info | active',
    'success | Passed | passed | passed | success | over',
    'failed | Failed | failed | failed | danger | over',
    'canceling | Canceling | canceling | canceled | neutral | active',
    'canceled | Canceled | canceled | canceled | neutral | over',
    'skipped | Skipped | skipped | skipped | neutral | over',
    'manual | Manual | manual action | manual | neutral | waiting',
    'scheduled | Delayed | delayed | scheduled | neutral | waiting',
  ]);
});

test('a status that a newer GitLab invents is shown as it is, neutral, and never throws', () => {
  for (const status of ['hibernating_deeply', '', 'toString', '__proto__', 'constructor']) {
    const info = jobStatus({ status, allowFailure: false });
    assert.deepEqual([info.tone, info.icon, info.phase], ['neutral', 'unknown', 'unknown'], status);
    assert.equal(phaseOf(status), 'unknown');
  }
  assert.equal(groupStatus({ status: 'hibernating_deeply', ...plain }).label, 'hibernating deeply');
});

test('what is allowed to fail is a warning, and a pipeline that waits is blocked', () => {
  assert.equal(jobStatus({ status: 'failed', allowFailure: true }).label, 'failed (allowed to fail)');
  assert.equal(jobStatus({ status: 'failed', allowFailure: true }).tone, 'warning');
  assert.equal(groupStatus({ status: 'success', hasWarnings: true }).label, 'passed with warnings');
  assert.equal(groupStatus({ status: 'manual', ...plain }).text, 'Blocked');
});

/** `failed?` means allowed to fail. */
function composed(text: string): string | undefined {
  const parts = text
    .split(' ')
    .filter(Boolean)
    .map((word) => ({ status: word.replace('?', ''), allowFailure: word.endsWith('?') }));
  const state = compose(parts);
  return state === undefined ? undefined : `${state.status}${state.hasWarnings ? '!' : ''}`;
}

const cases: readonly [parts: string, state: string | undefined][] = [
  ['', undefined],
  ['skipped', 'skipped'],
  ['manual?', 'skipped'],
  ['manual? skipped', 'skipped'],
  ['success', 'success'],
  ['success skipped manual?', 'success'],
  ['failed?', 'success!'],
  ['success failed?', 'success!'],
  ['canceled? success', 'success!'],
  ['created', 'created'],
  ['created created', 'created'],
  ['preparing', 'preparing'],
  ['canceled', 'canceled'],
  ['success canceled skipped', 'canceled'],
  ['pending', 'pending'],
  ['pending created skipped', 'pending'],
  ['success pending', 'running'],
  ['running failed', 'running'],
  ['failed pending', 'running'],
  ['canceling failed', 'canceling'],
  ['waiting_for_resource success', 'waiting_for_resource'],
  ['waiting_for_callback success', 'waiting_for_callback'],
  ['manual created', 'manual'],
  ['success manual failed', 'manual'],
  ['running manual', 'running'],
  ['scheduled success', 'scheduled'],
  ['preparing success', 'preparing'],
  ['success created', 'running'],
  ['failed', 'failed'],
  ['failed success', 'failed'],
  ['failed skipped', 'failed'],
  ['failed canceled', 'failed'],
  ['brand_new success', 'unknown'],
  ['brand_new failed', 'failed'],
  ['brand_new running', 'running'],
];

for (const [parts, state] of cases) {
  test(`a stage of [${parts}] is ${String(state)}`, () => {
    assert.equal(composed(parts), state);
  });
}
