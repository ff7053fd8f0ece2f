import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slowestOf } from '@omnia-buildstream/core/history/timeline';
import { stageTries } from '@omnia-buildstream/gitlab/omnia/stageTries';
import { nodeBars, type TimedLine } from '@omnia-buildstream/gitlab/trace/nodeBars';
import { buildTree } from '@omnia-buildstream/gitlab/tree/build';
import { childJobs, deployAnswers, job } from '../../support/gitlabModel.ts';

const begun = Date.parse('2026-04-10T16:00:00Z');
const at = (seconds: number): string => new Date(begun + seconds * 1_000).toISOString();

test('each try of a stage in GitLab is a bar: who ran it, how long, how it ended; a retry is the next one', () => {
  const answers = new Map(deployAnswers('running', childJobs({ select_a: 'success' })));
  const child = answers.get(3);
  assert.ok(child);
  const user = (name: string) => ({ user: { username: name } });
  const jobs = [
    ...child.jobs.filter(({ stage }) => stage === 'select_image'),
    job(40, 'deploy:success', 3, { started_at: at(0), finished_at: at(60), ...user('ada') }),
    job(41, 'restart:failed', 3, { started_at: at(60), finished_at: at(360), ...user('ada') }),
    job(42, 'restart:running', 3, { started_at: at(400), ...user('grace') }),
    job(43, 'validate:created', 3),
  ];
  const tree = buildTree(1, new Map([...answers, [3, { ...child, jobs }]]));
  assert.ok(tree);
  const tries = stageTries([tree], begun + 500_000).map(({ tried }) => tried);
  assert.deepEqual(
    tries.map((one) => [one.stage, one.number, one.by.user, one.outcome, (one.to - one.from) / 1_000, one.imageGroup]),
    [
      ['deploy', 1, 'ada', 'succeeded', 60, 'a'],
      ['restart', 1, 'ada', 'failed', 300, 'a'],
      ['restart', 2, 'grace', 'open', 100, 'a'],
    ],
  );
});

test('what the log of a restart tells of nodes over time is steps and ends; without times nothing is told', () => {
  const run = { from: begun, to: begun + 300_000 };
  const texts = [
    'TASK [Set PXE] ***',
    'changed: [10.6.0.1]',
    'changed: [10.6.0.2]',
    'changed: [localhost]',
    'TASK [Restart] ***',
    'changed: [10.6.0.1]',
    'fatal: [10.6.0.2]: FAILED! => {"msg": "refused"}',
    'Still waiting for phone-home: 10.5.0.1',
    'Phone-home confirmed: 10.5.0.1',
  ];
  const names: Readonly<Record<string, string>> = { '10.6.0.1': 'cn-1', '10.5.0.1': 'cn-1', '10.6.0.2': 'cn-2' };
  const named = (name: string) =>
    names[name] === undefined ? undefined : { hostname: names[name], bmcIp: `10.6.0.${names[name].slice(-1)}` };
  const timed = (index: number): TimedLine => ({ text: texts[index] ?? '', atMs: begun + index * 10_000 });
  const bars = nodeBars(
    texts.map((_, index) => timed(index)),
    run,
    named,
  );
  assert.deepEqual(
    bars.map(({ hostname, status, message, steps }) => [
      hostname,
      status,
      message,
      ...steps.map(({ step, from, to }) => `${step} ${String((to - from) / 1_000)} s`),
    ]),
    [
      ['cn-1', 'success', '', 'Set PXE 40 s', 'Restart 20 s', 'report 10 s'],
      ['cn-2', 'failed', 'refused', 'Set PXE 40 s'],
    ],
  );
  assert.equal(slowestOf({ nodes: bars }, 1)[0]?.hostname, 'cn-1');
  const untimed = texts.map((text) => ({ text, atMs: undefined }));
  assert.deepEqual(nodeBars(untimed, run, named), []);
});
