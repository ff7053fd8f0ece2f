import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { PipelineSummary } from '@omnia-buildstream/client/pipelines/pipelineSummary';
import type { NodeCounts, StatusFacts } from '@omnia-buildstream/client/status/statusRows';
import '../../support/vscode/playedVscode.ts';

const { statusRows } = await import('@omnia-buildstream/client/status/statusRows');
const { connectionRows } = await import('@omnia-buildstream/client/connections/connectionRows');

const nowMs = Date.parse('2026-04-10T23:06:30Z');
const gitlab: PipelineSummary = {
  project: 'root/omnia',
  host: 'gitlab.example',
  answeredMs: nowMs - 30_000,
  isSilent: false,
  run: {
    pipelineId: 1014,
    state: 'failed',
    image: 'rhel_10_r2',
    stages: [
      { title: 'image', state: 'passed', sign: '✓' },
      { title: 'restart', state: 'failed', sign: '✗' },
    ],
    failed: { failed: 3, tried: 60 },
    next: { text: 'mark and retry', command: 'buildstream.markAndRetry', args: [{ kind: 'root', rootId: 1014 }] },
  },
};
const none = { booted: 0, failed: 0, marked: 0, unreported: 0, fresh: 0, unknown: 0 };
const facts: StatusFacts = {
  nowMs,
  folder: 'omnia',
  isSignedIn: true,
  gitlab,
  nodes: { ...none, total: 60, booted: 60 },
  progress: '',
  ended: undefined,
};

function lines(given: Partial<StatusFacts> = {}): string[] {
  return statusRows({ ...facts, ...given }).map(({ label, description }) => `${label} | ${description}`);
}

suite('Status', () => {
  test('four to six rows: project, image, nodes, stages, next; the list on the server counts without a pull', () => {
    const rows = lines();
    assert.match(rows[0] ?? '', /^root\/omnia \| as of \d+:\d\d.* · gitlab\.example$/);
    assert.deepEqual(rows.slice(1), [
      'rhel_10_r2 | #1014 · failed',
      '3 failed | of 60 nodes, as the server has it',
      '✓\u2009image ✗\u2009restart | ',
      'Next: mark and retry | ',
    ]);
    assert.equal(lines({ ended: 'Pipeline #1014: 3 of 60 nodes failed to boot.' }).length, 6);
  });

  test('of nodes only what is known is told: no failure is less than a boot, and the rest is unknown', () => {
    const row = (nodes: Partial<NodeCounts>): string | undefined =>
      lines({ nodes: { ...none, total: 60, ...nodes } }).find((line) => line.includes('of 60 nodes'));
    assert.equal(row({ failed: 3, unreported: 57 }), '3 failed · 57 without a reported failure | of 60 nodes');
    assert.equal(row({ failed: 3, marked: 2, unknown: 55 }), '3 failed · 2 marked · 55 unknown | of 60 nodes');
    const [here] = [{ gitlab: undefined, isSignedIn: false }];
    assert.ok(lines({ ...here, nodes: { ...none, total: 60, unknown: 60 } }).includes('60 unknown | of 60 nodes'));
    assert.ok(lines({ ...here, nodes: { ...none, total: 60, fresh: 60 } }).includes('60 not booted yet | of 60 nodes'));
  });

  test('a server that does not answer is told with how long, and since when all of it is as it is', () => {
    assert.match(lines({ gitlab: { ...gitlab, isSilent: true } })[0] ?? '', /no response for 30 s, as of \d+:\d\d/);
    assert.match(
      lines({ gitlab: { ...gitlab, isSilent: true }, nowMs: nowMs + 600_000 })[0] ?? '',
      /no response for 10 min/,
    );
  });

  test('without GitLab the files of the project count, and the next step is one that is possible', () => {
    assert.deepEqual(lines({ gitlab: undefined, isSignedIn: false }), [
      'omnia | not signed in to GitLab',
      '60 booted | of 60 nodes',
      'Next: sign in to GitLab | ',
    ]);
    assert.match(lines({ gitlab: undefined, nodes: undefined }).at(-1) ?? '', /write a mapping file/);
  });

  test('a click does what a row says', () => {
    const next = statusRows(facts).at(-1);
    assert.deepEqual(next?.click, { command: 'buildstream.markAndRetry', args: [{ kind: 'root', rootId: 1014 }] });
    for (const { click } of statusRows({ ...facts, ended: 'failed' })) assert.ok(click);
  });
});

test('Connections: each way out with its state in words, and a click that does what helps', () => {
  const signedOut = connectionRows({ gitlab: [], api: undefined, bmcs: [], slurm: undefined, lab: undefined });
  assert.deepEqual(
    signedOut.map(({ label, state, command }) => `${label}: ${state} -> ${command}`),
    [
      'GitLab: signed out -> buildstream.signIn',
      'Management server: not set up -> buildstream.signInApi',
      'BMCs: no credentials -> buildstream.setBmcCredentials',
      'Lab: not connected -> buildstream.startLab',
    ],
  );
  const api = { host: 'oim:443', isSignedIn: true };
  const some = connectionRows({
    gitlab: [{ host: 'g', username: 'root' }],
    api,
    bmcs: ['10.6.*'],
    slurm: { host: 'ctl:6820', hasToken: true },
    lab: 'https://127.0.0.1:1',
  });
  assert.ok(some.every(({ isUsable }) => isUsable));
});
