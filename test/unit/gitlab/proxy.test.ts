import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queryOf, snakeCaseKeys } from '@omnia-buildstream/gitlab/http/encoding';
import { proxyFor } from '@omnia-buildstream/gitlab/http/proxy';
import { readFingerprint } from '@omnia-buildstream/gitlab/http/trust';

const target = new URL('https://gitlab.example.com/x');
const proxied = (env: Record<string, string>, proxy?: string, noProxy?: string[], url = target) =>
  proxyFor(url, { env, proxy, noProxy })?.href;

test('the proxy comes from the setting, else from the environment', () => {
  assert.equal(proxied({}), undefined);
  assert.equal(proxied({ HTTPS_PROXY: 'http://p:1' }), 'http://p:1/');
  assert.equal(proxied({ https_proxy: 'http://small:1', HTTPS_PROXY: 'http://big:1' }), 'http://small:1/');
  assert.equal(proxied({ HTTP_PROXY: 'http://p:1' }), undefined, 'HTTP_PROXY is not for https');
  assert.equal(proxied({ ALL_PROXY: 'p.example.com:3128' }), 'http://p.example.com:3128/');
  assert.equal(proxied({ HTTPS_PROXY: 'http://env:1' }, 'http://setting:2'), 'http://setting:2/');
  assert.equal(proxied({ HTTPS_PROXY: '', ALL_PROXY: ' ' }), undefined);
});

test('exceptions are hosts, domains, ports, networks and everything', () => {
  const env = { HTTPS_PROXY: 'http://p:1' };
  for (const pattern of [
    '*',
    'gitlab.example.com',
    'example.com',
    '.example.com',
    '*.example.com',
    'GITLAB.example.com',
    'gitlab.example.com:443',
  ]) {
    assert.equal(proxied({ ...env, NO_PROXY: `other.org, ${pattern}` }), undefined, pattern);
    assert.equal(proxied(env, undefined, [pattern]), undefined, pattern);
  }
  for (const pattern of ['ample.com', 'gitlab.example.com:8443', 'example.org', '10.0.0.0/8', '', 'nonsense/x']) {
    assert.equal(proxied({ ...env, NO_PROXY: pattern }), 'http://p:1/', pattern);
  }
  const address = new URL('https://10.1.2.3');
  assert.equal(proxied({ ...env, NO_PROXY: '10.0.0.0/8' }, undefined, [], address), undefined);
  assert.equal(proxied({ ...env, NO_PROXY: '10.1.2.4' }, undefined, [], address), 'http://p:1/');
  assert.equal(proxied({ ...env, no_proxy: '[::1]' }, undefined, [], new URL('https://[::1]:8443')), undefined);
});

test('a proxy that is none is refused without showing it', () => {
  assert.throws(
    () => proxied({}, 'ftp://user:secret@p'),
    (error: Error) => !error.message.includes('secret'),
  );
});

test('fingerprints are read in any spelling', () => {
  const plain = 'ab'.repeat(32);
  const wanted = Array.from({ length: 32 }, () => 'AB').join(':');
  for (const text of [plain, wanted, wanted.toLowerCase(), `SHA256:${plain}`, ` sha-256 ${plain} `]) {
    assert.equal(readFingerprint(text), wanted, text);
  }
  assert.equal(readFingerprint('ab:cd'), undefined);
  assert.equal(readFingerprint('zz'.repeat(32)), undefined);
});

test('queries and bodies are written as GitLab reads them', () => {
  assert.equal(
    queryOf({ perPage: 20, scope: ['a b', 'c'], ref: 'x&y', none: undefined }),
    'per_page=20&scope[]=a%20b&scope[]=c&ref=x%26y',
  );
  assert.deepEqual(
    snakeCaseKeys({
      lastCommitId: 'A',
      variables: [{ key: 'PIPELINE_TYPE', variableType: 'x' }],
      inputs: { fooBar: 1 },
    }),
    {
      last_commit_id: 'A',
      variables: [{ key: 'PIPELINE_TYPE', variable_type: 'x' }],
      inputs: { fooBar: 1 },
    },
  );
});
