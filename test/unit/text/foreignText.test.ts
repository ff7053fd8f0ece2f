import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainLine, plainText, safeLine } from '@omnia-buildstream/core/text/foreignText';

test('a log keeps its colours, and nothing else that steers a terminal', () => {
  assert.equal(safeLine('\u001b[1;32mok\u001b[0m\tend'), '\u001b[1;32mok\u001b[0m\tend');
  assert.equal(safeLine('a\u001b]0;title\u0007b\u001b]52;c;ZXZpbA==\u001b\\c'), 'abc');
  assert.equal(safeLine('a\u001b[2J\u001b[H\u001bcb\u0008\u0085\u009b2Jc'), 'ab2Jc');
  assert.equal(safeLine('a\u001bPq#0\u001b\\b\u001b[?1049hc'), 'abc');
  assert.equal(safeLine('a\u001b]0;never closed'), 'a');
});

test('a text of somebody else is words alone: no colours, no line ends, nothing that turns it round', () => {
  assert.equal(plainText('  \u001b[31mred\u001b[0m\tand\u0007 \u202eback\u2069'), '  red\tand back');
  assert.equal(plainText('a\u001b]0;never closed'), 'a');
  assert.equal(plainLine(' two\r\nlines\u001b[2J '), 'two lines');
});
