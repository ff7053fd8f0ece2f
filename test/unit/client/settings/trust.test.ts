import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  authoritiesAt,
  pinsAt,
  pinText,
  readTrust,
  trustedOn,
  trustKey,
  withoutTrust,
  withTrust,
} from '@omnia-buildstream/client/settings/trust';

const pin = `sha256:${'ab'.repeat(32)}`;

function rulesOf(value: unknown) {
  const map = readTrust(value);
  return map.kind === 'rules' ? map.rules : assert.fail(map.host);
}

suite('the map of trust', () => {
  const rules = rulesOf({
    '10.6.*': '/etc/pki/bmc.pem',
    'gitlab.example.com': '/etc/ssl/ca.pem',
    'https://Other.example.com/': pin,
    '10.20.0.5:8443': pin,
    '10.20.0.5': '/etc/ssl/api.pem',
    '[fd00::1]:8443': pin,
    'fd00::/8': '/etc/ssl/six.pem',
  });
  const cases: readonly (readonly [host: string, port: number, expected: string | undefined])[] = [
    ['10.6.0.9', 443, '/etc/pki/bmc.pem'],
    ['10.7.0.9', 443, undefined],
    ['gitlab.example.com', 8443, '/etc/ssl/ca.pem'],
    ['GITLAB.example.com', 443, '/etc/ssl/ca.pem'],
    ['other.example.com', 443, pin],
    ['evil.gitlab.example.com', 443, undefined],
    ['10.20.0.5', 8443, pin],
    ['10.20.0.5', 443, '/etc/ssl/api.pem'],
    ['fd00::1', 8443, pin],
    ['fd00::1', 443, '/etc/ssl/six.pem'],
  ];
  for (const [host, port, expected] of cases) {
    test(`on ${host}:${String(port)} it names ${String(expected)}`, () => {
      const found = trustedOn(rules, host, port);
      assert.equal(found?.kind === 'pin' ? found.fingerprint : found?.file, expected);
    });
  }

  test('for many hosts at one port, what is for other ports is left out', () => {
    assert.deepEqual(
      pinsAt(rules, 443).map(({ hosts }) => hosts),
      ['Other.example.com'],
    );
    assert.deepEqual(
      pinsAt(rules, 8443).map(({ hosts }) => hosts),
      ['10.20.0.5', 'fd00::1', 'Other.example.com'],
    );
    assert.equal(authoritiesAt(rules, 443).length, 4);
  });

  for (const [key, value] of [
    ['*.example.com', '/etc/ca.pem'],
    ['host', 'ca.pem'],
    ['host', 'sha256:12'],
    ['host', 7],
    ['host', { caFile: '/etc/ca.pem' }],
    ['', '/etc/ca.pem'],
    ['host', ''],
  ] as const) {
    test(`an entry that cannot be used is no trust: ${JSON.stringify([key, value])}`, () => {
      assert.deepEqual(readTrust({ a: '/a.pem', [key]: value }), { kind: 'fault', host: key });
    });
  }

  test('nothing at all trusts the usual authorities', () => {
    for (const none of [undefined, null, {}, 'odd']) assert.deepEqual(rulesOf(none), []);
  });

  test('an entry is written first, in place of the one before, and the others stay', () => {
    const map = withTrust({ a: '/a.pem', b: '/b.pem' }, 'b', pin);
    assert.deepEqual(Object.entries(map), [
      ['b', pin],
      ['a', '/a.pem'],
    ]);
    assert.deepEqual(withoutTrust(map, 'b'), { a: '/a.pem' });
    assert.equal(pinText('AB:'.repeat(31) + 'AB'), pin);
    assert.equal(trustKey(new URL('https://gitlab.example.com:443/x')), 'gitlab.example.com');
    assert.equal(trustKey(new URL('https://10.20.0.5:8443')), '10.20.0.5:8443');
  });
});
