import assert from 'node:assert/strict';
import { test } from 'node:test';
import { originOf, serverSettings, withFingerprint } from '@omnia-buildstream/client/auth/serverSettings';
import { readSessions, writeSessions } from '@omnia-buildstream/client/auth/storedSessions';

test('an address may be given with or without https:// and path, but not with a password', () => {
  assert.equal(originOf(' https://gitlab.example.com/root/omnia '), 'https://gitlab.example.com');
  assert.equal(originOf('gitlab.example.com:8443'), 'https://gitlab.example.com:8443');
  assert.equal(originOf('https://root:secret@gitlab.example.com'), undefined);
  assert.equal(originOf('ftp://gitlab.example.com'), undefined);
  assert.equal(originOf('https://'), undefined);
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

test('pinning keeps the other servers and what else is known of this one', () => {
  const before = { 'https://a.example.com/': { caFile: 'a.pem' }, 'https://b.example.com': { fingerprint: 'BB' } };
  assert.deepEqual(withFingerprint(before, 'https://a.example.com', 'AA'), {
    'https://a.example.com/': { caFile: 'a.pem', fingerprint: 'AA' },
    'https://b.example.com': { fingerprint: 'BB' },
  });
  assert.deepEqual(withFingerprint(undefined, 'https://a.example.com', 'AA'), {
    'https://a.example.com': { fingerprint: 'AA' },
  });
});

test('what is stored is read again, and what is broken counts as signed out', () => {
  const session = { origin: 'https://a.example.com', token: 't', username: 'root', scopes: ['api'] };
  assert.deepEqual(readSessions(writeSessions([session])), [session]);
  for (const broken of [undefined, '', '{', '{}', '[1,null,{"origin":"x"}]'])
    assert.deepEqual(readSessions(broken), []);
});
