import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colourOf, styleKey } from '@omnia-buildstream/client/pipelines/logs/ansiStyles';

test('the sixteen colours of a terminal come from the theme, the others are as xterm has them', () => {
  assert.deepEqual(colourOf(1), { kind: 'theme', id: 'terminal.ansiRed' });
  assert.deepEqual(colourOf(15), { kind: 'theme', id: 'terminal.ansiBrightWhite' });
  assert.deepEqual(colourOf(16), { kind: 'own', hex: '#000000' });
  assert.deepEqual(colourOf(208), { kind: 'own', hex: '#ff8700' });
  assert.deepEqual(colourOf(255), { kind: 'own', hex: '#eeeeee' });
  assert.deepEqual(colourOf('#010203'), { kind: 'own', hex: '#010203' });
});

test('styles that look the same share one decoration', () => {
  assert.equal(styleKey({ foreground: 1, bold: undefined }), styleKey({ foreground: 1 }));
  assert.notEqual(styleKey({ foreground: 1 }), styleKey({ background: 1 }));
});
