import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownText } from '@omnia-buildstream/cli/shown';
import { painted, terminalLines } from '@omnia-buildstream/client/stages/session/terminalText';
import { TerminalLog } from '@omnia-buildstream/client/pipelines/logs/terminalLog';
import { plainLine, plainText, safeLine } from '@omnia-buildstream/core/text/foreignText';
import { terminalLine, terminalText } from '@omnia-buildstream/core/text/terminal';
import { parseAnsi, stripAnsi } from '@omnia-buildstream/gitlab/trace/ansi';
import { fc } from '../../support/properties/fastCheck.ts';
import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import { hostileText } from '../../support/hostileText.ts';

const runs = { numRuns: 2000 };
/** Control characters of C0 and C1, DEL, and those that change the text direction. */
const steering = /\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;
const escape = '\u001b';
const ownColour = new RegExp(`${escape}\\[(?:0|2|3[1-6])m`, 'g');
const anyColour = new RegExp(`${escape}\\[[\\d;:]*m`, 'g');

function assertOnly(text: string, ...allowed: readonly (RegExp | string)[]): void {
  const rest = allowed.reduce<string>((left, part) => left.replaceAll(part, ''), text);
  assert.doesNotMatch(rest, steering);
}

test('what a command writes steers no terminal, but for line feeds, tabs and our colours', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      assertOnly(shownText(text, true), ownColour, '\n', '\t');
      assertOnly(shownText(text, false), ownColour, '\n', '\t');
      assertOnly(shownText({ as: 'file', text }, true), ownColour, '\n', '\t');
      assertOnly(shownText({ as: 'status', text }, true).replace('\r\u001b[K', ''), ownColour, '\t');
      assertOnly(shownText({ as: 'log', text }, true), anyColour, '\n', '\t');
    }),
    runs,
  );
});

test('nothing of a text is swallowed: a name in a list cannot hide the next one', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (one, other) => {
      const separator = ' next ';
      assert.equal(terminalText(one) + separator + terminalText(other), terminalText(one + separator + other));
      assert.equal(terminalLine(one).includes('\n'), false);
    }),
    runs,
  );
  assert.equal(terminalText('a\u001b]0;t'), String.raw`a\u001b]0;t`);
  assert.equal(terminalText('\u001b[8mhidden\u001b[0m'), '\\u001b[8mhidden\u001b[0m');
});

test('JSON on a terminal means what it meant, and a file that is piped is exact', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      // A text may look like an address with a password, which is never shown in a terminal.
      const json = secretsInUse.clean(JSON.stringify(text));
      assert.equal(JSON.parse(shownText(json, true)), JSON.parse(json));
      assert.equal(shownText({ as: 'file', text }, false), text);
    }),
    runs,
  );
});

test('the terminals of stages draw one line for each line, with our colours alone', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (one, other) => {
      const drawn = terminalLines([one, painted('red', other)]);
      assertOnly(drawn, ownColour, '\r\n', '\t');
      assert.equal(drawn.split('\n').length, 3);
    }),
    runs,
  );
});

test('a job log has its colours in a terminal and nothing else, however it is cut into pieces', () => {
  const clear = '\u001b[0m\u001b[2J\u001b[3J\u001b[H';
  fc.assert(
    fc.property(fc.array(hostileText, { maxLength: 6 }), fc.integer({ min: 1, max: 9 }), (texts, size) => {
      const pieces: string[] = [];
      const log = new TerminalLog((text) => pieces.push(text));
      const bytes = new TextEncoder().encode(texts.join('\n'));
      for (let at = 0; at < bytes.length; at += size) log.append(bytes.subarray(at, at + size));
      log.end(texts.join(''));
      assertOnly(pieces.join(''), anyColour, '\r\n', '\t');
      log.clear();
      assert.equal(pieces.at(-1), clear);
    }),
    runs,
  );
});

test('a log as a document and a text of somebody else have no control characters at all', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const line = text.replaceAll('\n', '');
      const shown = stripAnsi(line);
      assert.doesNotMatch(shown.replaceAll('\t', ''), /\p{Cc}/u);
      assert.equal(
        parseAnsi(line)
          .spans.map((span) => span.text)
          .join(''),
        shown,
      );
      assertOnly(plainText(text), '\t');
      assertOnly(plainLine(text), '\t');
      assert.doesNotMatch(safeLine(text).replaceAll(anyColour, '').replaceAll('\t', ''), /\p{Cc}/u);
    }),
    runs,
  );
});
