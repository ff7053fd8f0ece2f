import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { SecretFilter, secretMark } from '@omnia-buildstream/core/secrets/secretFilter';
import { fc } from '../../support/properties/fastCheck.ts';

const xml = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (unit) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[unit] ?? '',
  );

/** How servers, tools and formats may write a text that was sent to them. */
const writers: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  json: (secret) => JSON.stringify({ Password: secret }),
  'json in json': (secret) => JSON.stringify({ message: JSON.stringify({ secret }) }),
  'json, ascii': (secret) =>
    JSON.stringify(secret).replace(/[^ -~]/g, (u) => `\\u${u.charCodeAt(0).toString(16).padStart(4, '0')}`),
  address: (secret) => `https://x/?p=${encodeURIComponent(secret)}`,
  form: (secret) => new URLSearchParams({ p: secret }).toString(),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  basic: (secret) => `Basic ${Buffer.from(`root:${secret}`).toString('base64')}`,
  'basic without its word': (secret) => Buffer.from(`root:${secret}`).toString('base64'),
  xml,
  shell: (secret) => `'${secret.replaceAll("'", String.raw`'\''`)}'`,
  csv: (secret) => `"${secret.replaceAll('"', '""')}"`,
};

const secret = fc
  .oneof(fc.string({ minLength: 6, maxLength: 40 }), fc.string({ unit: 'grapheme', minLength: 6, maxLength: 20 }))
  .filter(
    (text) => !/\p{Cs}/u.test(text) && !/[\r\n]/.test(text) && !secretMark.includes(text) && text.trim().length > 5,
  );
const around = fc.string({ maxLength: 20 });

suite('a secret in use', () => {
  for (const [name, write] of Object.entries(writers)) {
    test(`is in no text, written as ${name}`, () => {
      fc.assert(
        fc.property(secret, around, around, (text, before, after) => {
          const filter = new SecretFilter();
          filter.addLogin('root', text);
          const written = write(text);
          const clean = filter.clean(`${before} ${written} ${after}`);
          // The characters that the format adds around it may stay.
          const core = written.replace(/^(?:"|'|\{"\w+":"|https:\/\/x\/\?p=|p=|Basic )/, '').replace(/["'}]*$/, '');
          assert.ok(!clean.includes(text) && (core.length < 6 || !clean.includes(core)), clean);
        }),
      );
    });
  }

  test('leaves every other text as it is', () => {
    const filter = new SecretFilter();
    for (const known of ['calvin-1', 'abc', '']) filter.add(known);
    const text = 'Power operation failed on 10.6.0.1: abc (HTTP 400, PropertyValueFormatError)\n';
    assert.equal(filter.clean(text), text);
  });
});

suite('a secret that nobody told us', () => {
  const cases = [
    'grant_type=client_credentials&client_id=bld_1&client_secret=S3cr3t-Value&x=1',
    '{"client_secret": "S3cr3t-Value"}',
    "'client_secret': 'S3cr3t-Value'",
    'Authorization: Bearer S3cr3t-Value',
    '{"authorization":"Basic S3cr3t-Value"}',
    'PRIVATE-TOKEN: S3cr3t-Value',
    'token glpat-S3cr3t-Value is not valid',
    'secret bld_s_S3cr3t-Value',
    'https://me:S3cr3t-Value@gitlab.example.com/x.git',
    'X-Auth-Token: S3cr3t-Value',
    '"Password": "S3cr3t-Value"',
  ];
  for (const text of cases) {
    test(text.slice(0, 40), () => {
      const clean = new SecretFilter().clean(text);
      assert.ok(!clean.includes('S3cr3t-Value') && clean.includes(secretMark), clean);
    });
  }
});
