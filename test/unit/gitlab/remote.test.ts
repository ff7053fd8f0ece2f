import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeToken } from '@omnia-buildstream/gitlab/actions/judgeToken';
import { readRemote } from '@omnia-buildstream/gitlab/project/remote';
import { withSshNames } from '@omnia-buildstream/gitlab/project/sshName';
import { runJobIdIn } from '@omnia-buildstream/gitlab/trace/runJobId';

const remotes: readonly [address: string, project: string | undefined][] = [
  ['https://gitlab.example.com/root/omnia.git', 'https://gitlab.example.com/ root/omnia'],
  ['https://me:secret@gitlab.example.com:8443/a/b/c.git/', 'https://gitlab.example.com:8443/ a/b/c'],
  ['http://127.0.0.1:8080/root/omnia', 'http://127.0.0.1:8080/ root/omnia'],
  ['git@gitlab.example.com:root/omnia.git', 'https://gitlab.example.com/ root/omnia'],
  ['ssh://git@gitlab.example.com:2222/root/omnia.git', 'https://gitlab.example.com/ root/omnia'],
  ['gitlab.example.com:root/omnia', 'https://gitlab.example.com/ root/omnia'],
  ['https://host/a%20b/c', 'https://host/ a b/c'],
  ['[git@gitlab.example.com:2222]:root/omnia.git', 'https://gitlab.example.com/ root/omnia'],
  ['[gitlab.example.com:2222]:/root/omnia', 'https://gitlab.example.com/ root/omnia'],
  ['omnia-gitlab:root/omnia.git', 'https://omnia-gitlab/ root/omnia'],
  ['git@[2001:db8::7]:root/omnia.git', 'https://[2001:db8::7]/ root/omnia'],
  ['https://host/root/100%omnia.git', 'https://host/ root/100%omnia'],
  ['git@host:root/50%', 'https://host/ root/50%'],
  ['ssh+git://git@gitlab.example.com/root/omnia.git', 'https://gitlab.example.com/ root/omnia'],
  ['https://host/root//omnia.git', 'https://host/ root/omnia'],
  ['C:/repos/root/omnia', undefined],
  ['d:root/omnia', undefined],
  ['C:\\repos\\root\\omnia', undefined],
  ['\\\\server\\share\\root\\omnia', undefined],
  ['codecommit::us-east-1://root/omnia', undefined],
  ['ext::ssh host%20%S/root/omnia', undefined],
  ['https://host/root/om%0Ania', undefined],
  ['https://host/root/.git', undefined],
  ['https://host:99999/root/omnia', undefined],
  ['/srv/git/omnia.git', undefined],
  ['file:///srv/git/omnia.git', undefined],
  ['../omnia', undefined],
  ['https://host/only', undefined],
  ['', undefined],
];
for (const [address, project] of remotes) {
  test(`the remote ${address === '' ? '(empty)' : address} is ${project ?? 'no project'}`, () => {
    const found = readRemote(address);
    assert.equal(found === undefined ? undefined : `${found.server.href} ${found.path}`, project);
  });
}

test('a name of ~/.ssh/config stands for the host that the own ssh tells, and nothing in it is an option', async () => {
  const asked: string[] = [];
  const signal = new AbortController().signal;
  const hostNames = new Map([
    ['Omnia_GitLab', 'gitlab.example.com'],
    ['v6', '2001:db8::7'],
    ['odd', 'a/b'],
    ['-oProxyCommand=x', 'gitlab.example.com'],
  ]);
  const ssh = (args: readonly string[]) => {
    asked.push(args.join(' '));
    const [host = ''] = args.slice(-1);
    if (host === 'away') return Promise.reject(new Error('no ssh'));
    return Promise.resolve({ stdout: `host ${host}\nhostname ${hostNames.get(host) ?? host}\nport 2222\n` });
  };
  for (const [address, servers] of [
    ['git@Omnia_GitLab:root/omnia.git', ['https://gitlab.example.com/', 'https://omnia_gitlab/']],
    ['ssh://git@Omnia_GitLab:2222/root/omnia.git', ['https://gitlab.example.com/', 'https://omnia_gitlab/']],
    ['[git@Omnia_GitLab:2222]:root/omnia', ['https://gitlab.example.com/', 'https://omnia_gitlab/']],
    ['v6:root/omnia', ['https://[2001:db8::7]/', 'https://v6/']],
    ['git@[2001:db8::7]:root/omnia', ['https://[2001:db8::7]/']],
    ['plain.example.com:root/omnia', ['https://plain.example.com/']],
    ['odd:root/omnia', ['https://odd/']],
    ['away:root/omnia', ['https://away/']],
    ['https://gitlab.example.com/root/omnia', ['https://gitlab.example.com/']],
  ] as const) {
    const remote = readRemote(address);
    assert.ok(remote);
    const found = await withSshNames([remote], ssh, signal);
    assert.deepEqual(
      found.map(({ server }) => server.href),
      servers,
      address,
    );
  }
  assert.ok(asked.every((args) => args.startsWith('-G -- ')));
  assert.ok(!asked.some((args) => args.includes('https')));
});

test('a token is judged by scopes and expiry', () => {
  const now = Date.UTC(2026, 3, 10);
  const judge = (more: object) =>
    judgeToken({ name: 'x', scopes: ['api'], expiresMs: undefined, isActive: true, isRevoked: false, ...more }, now);
  const kinds = (more: object) => judge(more).map(({ kind }) => kind);
  assert.deepEqual(kinds({}), []);
  assert.deepEqual(kinds({ scopes: ['granular'] }), []);
  assert.deepEqual(kinds({ scopes: ['read_api'] }), ['cannot-write']);
  assert.deepEqual(kinds({ scopes: ['read_repository'] }), ['cannot-read']);
  assert.deepEqual(kinds({ isRevoked: true }), ['inactive']);
  assert.deepEqual(kinds({ expiresMs: now, isActive: false }), ['expired']);
  assert.deepEqual(judge({ expiresMs: now + 3 * 86_400_000 }), [{ kind: 'expires-soon', days: 3 }]);
  assert.deepEqual(kinds({ expiresMs: now + 30 * 86_400_000 }), []);
});

test('the run is found in the log of the select job, unless it is not clear', () => {
  const id = '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10';
  assert.equal(runJobIdIn(`x\nJOB_ID=${id}\nIMAGE_GROUP_ID=a\n`), id);
  assert.equal(runJobIdIn(`{"job_id": "${id.toUpperCase()}"}`), id);
  assert.equal(runJobIdIn(`JOB_ID=${id}\nJOB_ID=${id.replace('0', '1')}`), undefined);
  assert.equal(runJobIdIn(`pipeline ${id}`), undefined);
});
