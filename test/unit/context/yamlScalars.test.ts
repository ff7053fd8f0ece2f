import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { parseYaml } from '@omnia-buildstream/core/context/yamlValue';

/** How PyYAML's safe_load reads each text. */
const table: readonly (readonly [text: string, as: 'text' | 'blank' | 'other' | boolean])[] = [
  ['yes', true],
  ['On', true],
  ['no', false],
  ['OFF', false],
  ['y', 'text'],
  ['yEs', 'text'],
  ['"yes"', 'text'],
  ['!!str yes', 'text'],
  ['!!bool yes', true],
  ['~', 'blank'],
  ['Null', 'blank'],
  ['', 'blank'],
  ["''", 'blank'],
  ['nULL', 'text'],
  ['24', 'other'],
  ['0o17', 'text'],
  ['0777', 'other'],
  ['089', 'text'],
  ['1_000', 'other'],
  ['12:30', 'other'],
  ['04:3f:72:10:00:01', 'text'],
  ['1e3', 'text'],
  ['1.5e+3', 'other'],
  ['.inf', 'other'],
  ['10.37.0.1', 'text'],
  ['2026-11-29', 'other'],
  ['2026-11-29 1', 'text'],
  ['!vault abc', 'text'],
];

for (const [text, as] of table) {
  test(`${text === '' ? 'nothing' : text} is what it is for Python`, () => {
    const value = parseYaml(`key: ${text}\n`).root?.get('key');
    assert.ok(value);
    const seen = value.boolean ?? (value.isBlank ? 'blank' : value.isString ? 'text' : 'other');
    assert.equal(seen, as);
  });
}

test('a list or mapping is marked from its first character to its last', () => {
  const text = 'a: [1, {b: "]"}, # no ]\n  2 ]\nc:\n  - d: e\n    f:\n';
  const { root } = parseYaml(text);
  const [list, block] = [root?.get('a'), root?.get('c')];
  assert.deepEqual(list?.range, { start: { line: 0, character: 3 }, end: { line: 1, character: 5 } });
  assert.deepEqual(block?.range, { start: { line: 3, character: 2 }, end: { line: 4, character: 5 } });
  assert.deepEqual(block.items()?.[0]?.get('f')?.range, {
    start: { line: 4, character: 4 },
    end: { line: 4, character: 5 },
  });
});

test('a second document is refused, as Python refuses it', () => {
  assert.equal(parseYaml('a: 1\n---\nb: 2\n').fault?.value, 'expected a single document in the stream');
  assert.equal(parseYaml('---\na: 1\n...\n').fault, undefined);
});

test('whatever the text is, it is read or a fault, with places inside of it', () => {
  const parts = [
    'a: ',
    '- ',
    '\n',
    '  ',
    '*n',
    '&n ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '|',
    '>',
    '#',
    ',',
    '---',
    '...',
    '%',
    '\t',
    '!',
    '? ',
    'é',
  ];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 3 }))), (pieces) => {
      const text = pieces.join('');
      const { root, fault } = parseYaml(text);
      assert.notEqual(root === undefined, fault === undefined);
      const { end } = (root ?? fault)?.range ?? { end: undefined };
      assert.ok(end !== undefined && end.line <= text.split(/\r\n?|\n/).length);
    }),
    { numRuns: 2_000 },
  );
});

for (const [text, expected] of [
  ['24', 24],
  ['"24"', 24],
  ['0', 0],
  ['030', 24],
  ['"030"', 30],
  ['0x18', 24],
  ['0b11000', 24],
  ['1_000', 1000],
  ['"1_000"', undefined],
  ['089', 89],
  ['-1', undefined],
  ['24.0', undefined],
  ['1e3', undefined],
  ['1:30', undefined],
  ['0x', undefined],
  ['~', undefined],
  ['[24]', undefined],
] as const) {
  test(`the whole number of ${text} is ${String(expected)}, as Python has it`, () => {
    assert.equal(parseYaml(`key: ${text}\n`).root?.get('key')?.whole, expected);
  });
}
