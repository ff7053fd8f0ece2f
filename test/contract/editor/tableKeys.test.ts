import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { evaluateWhen, type ContextValue } from '../../support/vscode/whenClause.ts';

interface Keybinding {
  readonly command: string;
  readonly key: string;
  readonly when?: string;
}

const manifestText = readFileSync(path.resolve(import.meta.dirname, '../../../package.json'), 'utf8');
const { contributes } = JSON.parse(manifestText) as {
  readonly contributes: { readonly keybindings: readonly Keybinding[] };
};

/** A mapping file in the active editor, shown as a table. */
const table: Readonly<Record<string, ContextValue>> = {
  editorTextFocus: true,
  'buildstream.activeMappingFile': true,
  'buildstream.tableMode': true,
};

/** In each of these states Tab has a meaning that must not be overridden. */
const taken = [
  'suggestWidgetVisible',
  'inlineSuggestionVisible',
  'inSnippetMode',
  'editorTabMovesFocus',
  'editorHasMultipleSelections',
  'editorReadonly',
];

for (const [key, command] of [
  ['tab', 'buildstream.nextCell'],
  ['shift+tab', 'buildstream.previousCell'],
] as const) {
  test(`${key} goes to a cell while the table is shown, and never during suggestions, snippets or Tab-moves-focus`, () => {
    const [binding = assert.fail('no key'), ...more] = contributes.keybindings.filter(
      (each) => each.command === command,
    );
    assert.deepEqual(more, []);
    assert.equal(binding.key, key);
    const works = (state: Readonly<Record<string, ContextValue>>): boolean =>
      evaluateWhen(binding.when ?? '', (word) => state[word]);
    assert.ok(works(table));
    for (const word of Object.keys(table)) assert.ok(!works({ ...table, [word]: false }), word);
    for (const word of taken) assert.ok(!works({ ...table, [word]: true }), word);
  });
}
