import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificateLines } from '@omnia-buildstream/core/text/certificateLines';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { fc } from '../../support/properties/fastCheck.ts';

const fingerprint = Array.from({ length: 32 }, (_, index) => index.toString(16).padStart(2, '0').toUpperCase()).join(
  ':',
);
const lie = `SHA-256 fingerprint: ${fingerprint.replaceAll('0', 'F')}`;
const ends = ['\n', '\r\n', '\u2028', '\u2029', '\u0085', '\v', '\f', '\u001b[2J', '\u202e', '\u0000'];
const foreign = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...ends, lie)), { maxLength: 8 });
const text = foreign.map((parts) => parts.join(''));

test('whatever a certificate says, our fingerprint comes first and each of its words stays behind a mark on one line', () => {
  fc.assert(
    fc.property(fc.tuple(text, text, text, fc.array(text, { maxLength: 3 })), ([subject, issuer, day, names]) => {
      const facts = { fingerprint, subject, issuer, names, validFrom: day, validTo: day };
      const lines = certificateLines(facts, renderMessage);
      const shown = lines.join('\n').split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
      assert.equal(shown.length, lines.length);
      assert.equal(shown[0], `SHA-256 fingerprint: ${fingerprint}`);
      assert.match(shown[1] ?? '', /^The certificate claims \(not verified\):$/);
      for (const line of shown.slice(2)) assert.match(line, /^ {2}\| (?:Name|Signed by|For|Valid): /);
      assert.ok(!/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(shown.join('')));
    }),
  );
});
