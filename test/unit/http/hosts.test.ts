import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { matchesHost, namesHost, parseHost } from '@omnia-buildstream/http/hosts/hostPattern';
import { Credential, credentialsByHost } from '@omnia-buildstream/redfish/credentials/credential';
import { fc } from '../../support/properties/fastCheck.ts';

const signal = new AbortController().signal;

suite('host patterns', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['10.6.0.1', '10.6.0.1', true],
    ['10.6.0.1', '10.6.0.11', false],
    ['10.6.*', '10.6.9.9', true],
    ['10.6.*.*', '10.6.9.9', true],
    ['10.6.*', '10.61.9.9', false],
    ['10.6.*', '10.6.evil.example', false],
    ['10.6.*', '10.6.evil', false],
    ['10.6.*', '10.6.0.1.evil.example', false],
    ['10.6.*', '10.6.0.1@evil.example', false],
    ['10.*', '10.evil.example', false],
    ['127.*', '127.0.0.1', true],
    ['*', '10.6.0.1', true],
    ['*', '10.6.0.1/evil', false],
    ['10.6.0.0/22', '10.6.3.255', true],
    ['10.6.0.0/22', '10.6.4.0', false],
    ['10.6.0.0/33', '10.6.0.0', false],
    ['fd00::/8', 'fd00::1', true],
    ['fd00::/8', 'fe80::1', false],
    ['bmc-1.example', 'BMC-1.Example', true],
    ['bmc-*.example', 'bmc-1.example', false],
    ['*.example', 'bmc-1.example', false],
    ['010.6.0.1', '10.6.0.1', false],
    ['0x0a.6.0.1', '10.6.0.1', false],
  ];
  for (const [pattern, host, expected] of cases) {
    test(`${pattern} ${expected ? 'names' : 'does not name'} ${host}`, () => {
      assert.equal(matchesHost(pattern, host), expected);
    });
  }
});

suite('credentials', () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const address = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));
  const cell = fc.oneof(
    address,
    fc.string(),
    address.map((text) => `${text}.evil.example`),
    address.map((text) => `${text}:8443`),
    address.map((text) => `root@${text}`),
    fc.constantFrom('10.6.evil.example', '10.6.0.1#', '10.6.0.1 ', '[::1]', '2130706433', 'localhost'),
  );

  test('go to an address in the network that the pattern names, and to nothing else that a cell may say', async () => {
    const source = credentialsByHost([{ hosts: '10.6.*', value: new Credential('c', 'root', 'calvin') }], []);
    await fc.assert(
      fc.asyncProperty(cell, async (text) => {
        const mayHave = /^10\.6\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/.test(text);
        assert.equal((await source(text, signal)) !== undefined, mayHave, text);
      }),
    );
  });

  test('for all go only to addresses that were agreed to, never to a name', async () => {
    const agreed = ['10.6.0.1', 'evil.example', '10.6.0.2.evil.example', ' '];
    const source = credentialsByHost([{ hosts: '*', value: new Credential('c', 'root', 'calvin') }], agreed);
    await fc.assert(
      fc.asyncProperty(fc.oneof(cell, fc.constantFrom(...agreed)), async (text) => {
        assert.equal((await source(text, signal)) !== undefined, text === '10.6.0.1', text);
      }),
    );
  });

  test('go to a name that is spelled out', async () => {
    const source = credentialsByHost([{ hosts: 'bmc-1.example', value: new Credential('c', 'root', 'calvin') }], []);
    assert.ok((await source('BMC-1.example', signal)) !== undefined);
    assert.equal(await source('bmc-1.example.evil', signal), undefined);
  });
});

test('whatever is a host stays one in an address, and nothing else is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      const host = parseHost(text);
      if (host?.kind !== 'name') return;
      assert.equal(new URL(`https://${text}:443/redfish`).hostname, text.toLowerCase());
      assert.ok(!namesHost('*', text));
    }),
  );
});
