import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationText } from '@omnia-buildstream/client/pipelines/view/durationText';
import { findProject } from '@omnia-buildstream/client/pipelines/project/findProject';
import { TerminalLog } from '@omnia-buildstream/client/pipelines/logs/terminalLog';
import { viewState } from '@omnia-buildstream/client/pipelines/view/viewState';
import { GitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { readRemote, type RemoteProject } from '@omnia-buildstream/gitlab/project/remote';

const server = 'https://gitlab.example.com';

test('the project comes from the settings, else from the choice, else from a remote of a server with a token', () => {
  const remotes = ['git@gitlab.example.com:root/omnia.git'].flatMap((address) => readRemote(address) ?? []);
  const none = { url: undefined, project: undefined, chosen: undefined, remotes: [], origins: [server] };
  assert.equal(findProject(none), undefined);
  assert.deepEqual(findProject({ ...none, remotes }), { origin: server, project: 'root/omnia' });
  const chosen = { origin: server, project: 'root/chosen' };
  assert.deepEqual(findProject({ ...none, remotes, chosen }), chosen);
  assert.deepEqual(findProject({ ...none, remotes, chosen, project: '7' }), { origin: server, project: '7' });
});

test('a server without a token gets no request because of a remote or an old choice', () => {
  const remotes = ['https://evil.example.com/root/omnia.git'].flatMap((address) => readRemote(address) ?? []);
  const chosen = { origin: 'https://evil.example.com', project: 'root/omnia' };
  const sources = { url: undefined, project: undefined, chosen, remotes, origins: [server] };
  assert.equal(findProject(sources), undefined);
});

test('an SSH remote leads to the server with that host on any port', () => {
  const remotes = ['ssh://git@gitlab.example.com:22/root/omnia.git'].flatMap((address) => readRemote(address) ?? []);
  const origins = ['https://gitlab.example.com:8443'];
  const sources = { url: undefined, project: undefined, chosen: undefined, remotes, origins };
  assert.deepEqual(findProject(sources), { origin: origins[0], project: 'root/omnia' });
});

test('a GitLab below a path is found by the remote that lies below it', () => {
  const [below, beside, ssh] = [
    'https://host.example.com/gitlab/root/omnia.git',
    'https://host.example.com/other/root/omnia.git',
    'git@host.example.com:root/omnia.git',
  ].map(readRemote);
  assert.ok(below && beside && ssh);
  const origin = 'https://host.example.com/gitlab';
  const found = (...remotes: RemoteProject[]) =>
    findProject({ url: undefined, project: undefined, chosen: undefined, remotes, origins: [origin] })?.project;
  assert.equal(found(below), 'root/omnia');
  assert.equal(found(ssh), 'root/omnia');
  assert.equal(found(beside), undefined);
});

test('durations have at most two units', () => {
  assert.deepEqual([4.4, 60, 125, 3599.6, 3720].map(durationText), [
    '4 s',
    '1 min 0 s',
    '2 min 5 s',
    '1 h 0 min',
    '1 h 2 min',
  ]);
});

test('every cause of an empty view has a word of its own', () => {
  const facts = { isSignedIn: true, error: undefined, shown: undefined, all: 0, isFiltered: false };
  const failure = (reason: 'tls' | 'signed-out') =>
    new GitLabError(reason, { method: 'GET', path: '/', effect: 'none' });
  assert.equal(viewState({ ...facts, isSignedIn: false }), 'signed-out');
  assert.equal(viewState(facts), 'no-project');
  assert.equal(viewState({ ...facts, shown: 0 }), 'no-pipelines');
  assert.equal(viewState({ ...facts, shown: 0, all: 3 }), 'no-match');
  assert.equal(viewState({ ...facts, shown: 0, isFiltered: true }), 'no-match');
  assert.equal(viewState({ ...facts, shown: 3, all: 3, error: failure('tls') }), 'shown');
  assert.equal(viewState({ ...facts, error: failure('tls') }), 'tls');
  assert.equal(viewState({ ...facts, error: failure('signed-out') }), 'signed-out-by-server');
  assert.equal(viewState({ ...facts, error: new Error('?') }), 'failed');
});

test('a growing log is drawn in whole lines, also when a letter is cut in two', () => {
  const drawn: string[] = [];
  const log = new TerminalLog((text) => drawn.push(text));
  const bytes = new TextEncoder().encode('section_start:1:a\r\u001b[0Kfirst\nzwölf\nrest');
  for (const byte of bytes) log.append(Uint8Array.of(byte));
  log.end('over');
  assert.equal(drawn.join(''), 'first\r\nzwölf\r\nrest\r\n\u001b[0m\r\nover\r\n');
  drawn.length = 0;
  log.clear();
  log.append(new TextEncoder().encode('anew\n'));
  assert.match(drawn.join(''), /\[2J.*anew\r\n$/s);
});
