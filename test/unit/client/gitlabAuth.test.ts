import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverSettings } from '@omnia-buildstream/client/auth/serverSettings';
import { serverAddress } from '@omnia-buildstream/gitlab/project/server';
import { readSessions, writeSessions } from '@omnia-buildstream/client/auth/storedSessions';

test('an address may be given with or without https:// and path, but not with a password', () => {
  assert.equal(serverAddress(' https://example.com/gitlab/ '), 'https://example.com/gitlab');
  assert.equal(serverAddress('gitlab.example.com:8443'), 'https://gitlab.example.com:8443');
  assert.equal(serverAddress('https://root:secret@gitlab.example.com'), undefined);
  assert.equal(serverAddress('ftp://gitlab.example.com'), undefined);
  assert.equal(serverAddress('https://'), undefined);
});

test('the settings of a server are found by its address, however it is written', () => {
  const setting = { 'https://gitlab.example.com/': { caFile: ' /etc/ca.pem ', fingerprint: 7 }, odd: null };
  const found = serverSettings(setting, 'https://gitlab.example.com');
  assert.deepEqual(found, { caFile: '/etc/ca.pem', fingerprint: undefined });
  for (const broken of [undefined, null, 'text', [], { 'https://other.example.com': {} }]) {
    const none = serverSettings(broken, 'https://gitlab.example.com');
    assert.deepEqual(none, { caFile: undefined, fingerprint: undefined });
  }
});

test('what is stored is read again, and what is broken counts as signed out', () => {
  const session = { origin: 'https://a.example.com', token: 't', username: 'root', scopes: ['api'] };
  assert.deepEqual(readSessions(writeSessions([session])), [session]);
  for (const broken of [undefined, '', '{', '{}', '[1,null,{"origin":"x"}]'])
    assert.deepEqual(readSessions(broken), []);
});
