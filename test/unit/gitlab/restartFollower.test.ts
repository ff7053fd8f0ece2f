import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { RestartFollower } from '@omnia-buildstream/gitlab/poll/restartFollower';
import { growingLog } from '../../support/growingLog.ts';
import { job } from '../../support/gitlabModel.ts';

const { signal } = new AbortController();

test('the log of a restart is read as it grows, no more often than one that is followed, and each line once', async () => {
  const log = growingLog('TASK [Look] ***\nok: [n1]\n');
  const follower = new RestartFollower(job(33, 'restart:running', 3));
  const look = (nowMs: number): Promise<void> => follower.look(log.client, { projectId: 1, nowMs }, signal);
  await look(0);
  assert.equal(follower.log.nodes.get('n1')?.said, 'Look');
  log.text += 'TASK [Set PXE] ***\n2026-04-10T12:00:00.000000Z 01O ok: [n1]\n';
  await look(1_000);
  assert.equal(follower.log.nodes.get('n1')?.said, 'Look', 'too soon');
  assert.equal(log.reads, 1);
  await look(3_500);
  const node = follower.log.nodes.get('n1');
  assert.equal(node?.said, 'Set PXE');
  assert.equal(node.atMs, Date.parse('2026-04-10T12:00:00Z'), 'the time of the line where it has one');
  // A log that was truncated and restarted is read from scratch.
  log.text = '  [Poll 1/300] Job: RUNNING | Restart: IN_PROGRESS\n';
  await look(60_000);
  assert.equal(follower.log.nodes.size, 0);
  assert.equal(follower.log.stage?.state, 'IN_PROGRESS');
});

test('a log that does not answer is asked less and less', async () => {
  let asked = 0;
  const client = {
    jobs: {
      trace: () => {
        asked += 1;
        return Promise.reject(new GitLabError('not-found', { method: 'GET', path: '/jobs/33/trace', effect: 'none' }));
      },
    },
  } as unknown as Parameters<RestartFollower['look']>[0];
  const follower = new RestartFollower(job(33, 'restart:running', 3));
  for (let nowMs = 0; nowMs < 600_000; nowMs += 3_000) {
    await follower.look(client, { projectId: 1, nowMs }, signal).catch(() => undefined);
  }
  assert.ok(asked >= 15 && asked <= 35, String(asked));
});
