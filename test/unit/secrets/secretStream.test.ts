import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { formsOf } from '@omnia-buildstream/core/secrets/forms';
import { secretMark, SecretFilter, secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import { SecretStream } from '@omnia-buildstream/core/secrets/secretStream';
import { Lines } from '@omnia-buildstream/engine/validate/molecule/lines';
import { TraceLines } from '@omnia-buildstream/gitlab/trace/lines';
import { fc } from '../../support/properties/fastCheck.ts';

/** Few different characters, so that beginnings of secrets and secrets within secrets are frequent. */
const secret = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '"', '&', 'ü', '/'), minLength: 4, maxLength: 9 });
const word = fc.constantFrom(
  'password: ',
  '"password": "',
  'client_secret=',
  'Authorization: Basic ',
  'Bearer ',
  'glpat-',
  'https://me:',
  '@host ',
  '"',
  '=',
  ' ',
  '\n',
  'abcabcabc',
  ...['a', 'b', 'c'],
);

/**
 * Texts made of secrets in their forms, beginnings of them, and words that announce a secret; and positions at which to
 * cut.
 */
const cases = fc.array(secret, { minLength: 1, maxLength: 3 }).chain((secrets) => {
  const form = fc.constantFrom(...secrets.flatMap(formsOf));
  const beginning = fc.tuple(form, fc.nat(20)).map(([text, units]) => text.slice(0, units));
  return fc.record({
    secrets: fc.constant(secrets),
    text: fc.array(fc.oneof(word, form, beginning), { maxLength: 30 }).map((parts) => parts.join('')),
    cuts: fc.array(fc.nat(400), { maxLength: 20 }),
    short: fc.string({ unit: fc.constantFrom('a', 'b', '"', 'ü'), minLength: 1, maxLength: 3 }),
  });
});

function piecesOf(text: string, cuts: readonly number[]): string[] {
  const places = [0, ...cuts.filter((cut) => cut < text.length).toSorted((a, b) => a - b), text.length];
  return places.slice(1).map((place, index) => text.slice(places[index], place));
}

function streamed(filter: SecretFilter, pieces: readonly string[]): string {
  const stream = new SecretStream(filter);
  return pieces.map((piece) => stream.push(piece)).join('') + stream.end();
}

function assertSilent(clean: string, secrets: readonly string[]): void {
  for (const part of clean.split(secretMark))
    for (const form of secrets.flatMap(formsOf)) assert.ok(!part.includes(form));
}

suite('text in pieces', () => {
  test('gives what the whole gives, and no secret, however it is cut', () => {
    fc.assert(
      fc.property(cases, ({ secrets, text, cuts, short }) => {
        const filter = new SecretFilter();
        for (const one of [...secrets, short]) filter.add(one);
        const joined = streamed(filter, piecesOf(text, cuts));
        assert.equal(joined, filter.clean(text));
        assertSilent(joined, secrets);
      }),
      { numRuns: 2_000 },
    );
  });

  test('the same in a line that does not end, which passes while it grows', () => {
    fc.assert(
      fc.property(cases, fc.nat(300), fc.nat(400), ({ secrets, text, short }, lead, step) => {
        const filter = new SecretFilter();
        for (const one of [...secrets, short]) filter.add(one);
        const line = text.replaceAll('\n', '');
        const long = '.'.repeat(lead) + (line === '' ? 'x' : line).repeat(Math.ceil(22_000 / Math.max(1, line.length)));
        const stream = new SecretStream(filter, 1_000);
        const early = stream.push(long.slice(0, 20_000 + step));
        const joined = early + stream.push(long.slice(20_000 + step)) + stream.end();
        assert.equal(joined, filter.clean(long));
        assertSilent(joined, secrets);
      }),
      { numRuns: 60 },
    );
    const stream = new SecretStream(new SecretFilter());
    assert.ok(stream.push('. '.repeat(100_000)).length > 50_000, 'passes before the end');
  });

  test('of a line that is one secret after the other not all is kept', () => {
    const filter = new SecretFilter();
    filter.add('....');
    const stream = new SecretStream(filter);
    let passed = '';
    for (let n = 0; n < 40; n += 1) passed += stream.push('.'.repeat(100_000));
    assert.ok(passed.includes(secretMark) && !passed.includes('....'));
  });
});

suite('who reads text in pieces', () => {
  const known = 'Cut-In-Two-42';
  secretsInUse.add(known);

  for (let at = 1; at < known.length; at += 1) {
    test(`a job log that the runner cuts after ${known.slice(0, at)}`, () => {
      const time = (mark: string): string => `2026-01-01T00:00:00.000000Z 01O${mark}`;
      const raw = `${time(' ')}login ${known.slice(0, at)}\n${time('+')}${known.slice(at)} ok\n${time(' ')}next\n`;
      for (const width of [1, 7, 1_000]) {
        const lines = new TraceLines();
        const pieces = raw.match(new RegExp(`[^]{1,${String(width)}}`, 'g')) ?? [];
        const found = [...pieces.flatMap((piece) => lines.push(piece)), ...lines.end()].map(({ text }) => text);
        assert.deepEqual(found, [`login ${secretMark} ok`, 'next']);
      }
    });

    test(`a program's line that is cut for its length after ${known.slice(0, at)}`, () => {
      const told: string[] = [];
      const lines = new Lines((line) => told.push(line));
      const text = `${'x'.repeat(4_000 - at)}${known} more\n`;
      for (const piece of [text.slice(0, 4_001), text.slice(4_001)]) lines.add(piece);
      lines.end();
      assert.ok(told.length === 1 && !told.join('').includes(known.slice(0, at)), told.join('').slice(-40));
    });
  }

  test('a line that ends like any other is told at once', () => {
    const lines = new TraceLines();
    const task = 'TASK [restart the nodes] ****';
    assert.deepEqual(
      lines.push(`2026-01-01T00:00:00.000000Z 01O ${task}\n`).map(({ text }) => text),
      [task],
    );
  });
});

suite('a secret of less than four characters', () => {
  const filter = new SecretFilter();
  for (const short of ['ab1', '"x', 'é']) filter.add(short);
  const hidden = [
    'password: ab1',
    '{"Password": "ab1"}',
    'x=ab1&y=2',
    "PASSWORD='ab1'",
    '{"p":"\\"x"}',
    'p=%C3%A9',
    'token: ab1',
  ];
  for (const text of hidden) {
    test(`goes as a value: ${text}`, () => {
      const clean = filter.clean(text);
      assert.ok(clean.includes(secretMark) && !/ab1|"x|%C3/.test(clean), clean);
    });
  }
  for (const text of ['node ab1 failed', 'x=ab12', 'row: ab1', '{"p": "ab1 and more"}', 'café']) {
    test(`stays anywhere else: ${text}`, () => {
      assert.equal(filter.clean(text), text);
    });
  }
});
