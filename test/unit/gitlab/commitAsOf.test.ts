import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commitAsOf } from '@omnia-buildstream/gitlab/api/commitAsOf';
import type { GitLabClient } from '@omnia-buildstream/gitlab/api/client';

const at = Date.parse('2026-04-10T16:32:15Z');
const commits = [5_400, 900, 0, -1, -60_000].map((ms) => ({ id: String(ms), title: '', createdMs: at + ms }));
const client = { files: { commits: () => Promise.resolve(commits) } } as unknown as Pick<GitLabClient, 'files'>;

for (const [ms, id] of [
  [0, '-1'],
  [999, '-1'],
  [1_000, '900'],
  [60_000, '5400'],
  [-1, '-60000'],
  [-3_600_000, '-60000'],
] as const) {
  test(`what a file was ${String(ms)} ms later: a commit of the same second counts as newer`, async () => {
    const place = { projectId: 1, branch: 'main', path: 'file', timeMs: at + ms };
    assert.equal((await commitAsOf(client, place, { signal: AbortSignal.abort() }))?.id, id);
  });
}
