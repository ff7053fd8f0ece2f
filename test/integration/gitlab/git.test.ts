import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import type { GitLabLab } from '@omnia-buildstream/lab/gitlab/lab';
import { call, connect, goodToken, startLab } from '../../support/gitlabLab.ts';

const execute = promisify(execFile);

/** Clones with git itself, trusting the lab's certificate and signing in with a token. */
async function clone(t: TestContext, lab: GitLabLab, token = goodToken) {
  const folder = mkdtempSync(path.join(tmpdir(), 'buildstream-clone-'));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const ca = path.join(folder, 'ca.pem');
  writeFileSync(ca, lab.certificate?.cert ?? '');
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    GIT_SSL_CAINFO: ca,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    NO_PROXY: '127.0.0.1',
    GIT_AUTHOR_NAME: 'me',
    GIT_AUTHOR_EMAIL: 'me@example.com',
    GIT_COMMITTER_NAME: 'me',
    GIT_COMMITTER_EMAIL: 'me@example.com',
  };
  const work = path.join(folder, 'work');
  const address = `${lab.origin.replace('//', `//oauth2:${token}@`)}/root/omnia.git`;
  await execute('git', ['clone', '--quiet', address, work], { env });
  return { work, git: (...args: string[]) => execute('git', ['-C', work, ...args], { env }) };
}

test('a push of the mapping file starts a deploy pipeline, a push of something else does not', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  const { work, git } = await clone(t, lab);
  appendFileSync(path.join(work, 'input/pxe_mapping_file.csv'), '\n');
  await git('commit', '--quiet', '-am', 'Edit the mapping file');
  await git('push', '--quiet');
  await lab.project.idle();
  const { pipelines } = await client.pipelines.list(1, {}, call);
  assert.deepEqual(
    pipelines.map(({ source, ref }) => [source, ref]),
    [['push', 'main']],
  );
  const file = await client.files.show(1, 'input/pxe_mapping_file.csv', 'main', call);
  assert.equal(file.lastCommitId, (await git('rev-parse', 'HEAD')).stdout.trim());
  writeFileSync(path.join(work, 'notes.txt'), 'x');
  await git('add', '.');
  await git('commit', '--quiet', '-m', 'Notes');
  await git('push', '--quiet');
  assert.equal((await client.pipelines.list(1, {}, call)).pipelines.length, 1);
});

test('a commit through the API is there for git, and an outdated push is refused', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  const { work, git } = await clone(t, lab);
  const files = [{ path: 'from api ü.txt', content: Buffer.from('hello'), lastCommitId: undefined }];
  await client.files.commit(1, { branch: 'main', message: 'From the API', files }, call);
  writeFileSync(path.join(work, 'mine.txt'), 'x');
  await git('add', '.');
  await git('commit', '--quiet', '-m', 'Mine');
  await assert.rejects(git('push', '--quiet'), /rejected/);
  await git('pull', '--quiet', '--rebase');
  await git('push', '--quiet');
  const { stdout } = await git('log', '--format=%s');
  assert.deepEqual(stdout.trim().split('\n'), ['Mine', 'From the API', 'Initial commit']);
});

test('git needs a token with the right scope', async (t) => {
  const lab = await startLab(t);
  lab.tokens.add({ value: 'reader', scopes: ['read_repository'] });
  await assert.rejects(clone(t, lab, 'wrong'), /Authentication failed|Access denied/);
  const { work, git } = await clone(t, lab, 'reader');
  writeFileSync(path.join(work, 'mine.txt'), 'x');
  await git('add', '.');
  await git('commit', '--quiet', '-m', 'Mine');
  await assert.rejects(git('push', '--quiet'), /Authentication failed|Access denied/);
});
