import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { canonicalHeader } from '@omnia-buildstream/core/mapping/columns';
import { omniaVersions, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import type { Fix } from '@omnia-buildstream/core/rules/rule';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import { fixedText } from '@omnia-buildstream/core/validation/fixAll';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { severityOf, type ValidationSettings } from '@omnia-buildstream/core/validation/settings';

const header = canonicalHeader.slice(0, 9);
const rows = [
  [
    'slurm_control_node_x86_64',
    'grp1',
    '7KT001X',
    '',
    'head1',
    '04:3f:72:10:00:01',
    '10.37.0.21',
    '04:3f:72:20:00:01',
    '10.37.16.21',
  ],
  [
    'slurm_node_x86_64',
    'grp2',
    '7KT002X',
    '',
    'cn1',
    '04:3f:72:10:00:02',
    '10.37.0.22',
    '04:3f:72:20:00:02',
    '10.37.16.22',
  ],
  [
    'slurm_node_x86_64',
    'grp2',
    '7KT003X',
    '',
    'cn2',
    '04:3f:72:10:00:03',
    '10.37.0.23',
    '04:3f:72:20:00:03',
    '10.37.16.23',
  ],
  [
    'login_node_x86_64',
    'grp3',
    '7KT004X',
    '',
    'login1',
    '04:3f:72:10:00:04',
    '10.37.0.24',
    '04:3f:72:20:00:04',
    '10.37.16.24',
  ],
] as const;
const line = (cells: readonly string[]): string => cells.join(',');
const table = [header, ...rows].map(line);

const reversed = (text: string): string => text.split(',').toReversed().join(',');

/** Files as produced by spreadsheets, scripts and merges; each is a valid file with something added. */
const nasty: Readonly<Record<string, readonly string[]>> = {
  'sep= line': ['sep=,', ...table],
  'sep=; and semicolons': ['sep=;', ...table.map((text) => text.replaceAll(',', ';'))],
  'title line': ['Rack 3 inventory,,,,,,,,', ...table],
  'title without commas': ['Rack 3 inventory', 'made by hand', '', ...table],
  'commas above the header': [',,,,,,,,', ...table],
  'number column': [header, ...rows].map((cells, at) => line([at === 0 ? '#' : String(at), ...cells])),
  'commented header': [`#${line(header)}`, ...table.slice(1)],
  'commented header with blanks': [`# ${line(header)}`, ...table.slice(1)],
  'blanks in the names': [line(header).replaceAll('_', ' '), ...table.slice(1)],
  'dashes in the names': [line(header).replaceAll('_', '-').toLowerCase(), ...table.slice(1)],
  'a title and a number column': [
    'Rack 3 inventory',
    ...[header, ...rows].map((cells, at) => line([at === 0 ? '#' : String(at), ...cells])),
  ],
  'header sorted to the end': [...table.slice(1), table[0] ?? ''],
  'header sorted into the middle': [...table.slice(1, 3), table[0] ?? '', ...table.slice(3)],
  'header behind slashes': [`// ${line(header)}`, ...table.slice(1)],
  'header behind a semicolon': [`;${line(header)}`, ...table.slice(1)],
  'names in brackets': [header.map((name) => `[${name}]`).join(','), ...table.slice(1)],
  'names in apostrophes': [header.map((name) => `'${name}'`).join(','), ...table.slice(1)],
  'cells in apostrophes': [header, ...rows].map((cells) => cells.map((value) => `'${value}'`).join(',')),
  'columns with names of another language': [
    'Funktionsgruppe,Gruppe,SERVICE_TAG,Eltern,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP',
    ...table.slice(1),
  ],
  'a second export in another order': [...table.slice(0, 3), ...table.toSpliced(1, 2).map(reversed)],
  'a row in quotes': table.map((text, at) => (at === 2 ? `"${text}"` : text)),
  bars: table.map((text) => text.replaceAll(',', '|')),
  tabs: table.map((text) => text.replaceAll(',', '\t')),
  'lines in quotes': table.map((text) => `"${text}"`),
  'two exports': [
    ...table,
    line(header),
    line([
      'slurm_node_x86_64',
      'grp2',
      '7KT009X',
      '',
      'cn9',
      '04:3f:72:10:00:09',
      '10.37.0.29',
      '04:3f:72:20:00:09',
      '10.37.16.29',
    ]),
  ],
  'two exports, each with a title': [
    'Rack 3',
    ...table.slice(0, 3),
    '',
    'Rack 4,,,,,,,,',
    header.join(),
    ...table.slice(3),
  ],
  'three exports with titles, one in another order': [
    ...['Rack 3', ...table.slice(0, 2), 'Rack 4', line(header), ...table.slice(2, 3)],
    ...['Rack 5', 'made by hand', ...[line(header), ...table.slice(3)].map(reversed)],
  ],
  'rows of commas': [...table, ',,,,,,,,', ',,,,,,,,'],
  'rows of commas and blanks': [...table, ', ,,,,,, ,'],
};
const whole = Object.fromEntries(Object.entries(nasty).map(([name, lines]) => [name, `${lines.join('\n')}\n`]));

const errorsIn = (model: MappingModel): number =>
  model.findings().filter((finding) => severityOf(finding, model.settings) === 'error').length;

/** Names of the rows that count as nodes when the file is read with its own header, wherever that is. */
const nodesIn = (text: string): string[] => [...text.matchAll(/(?:cn|head|login)[0-9]+/g)].map(([name]) => name);

function fixesOf(model: MappingModel): readonly { readonly fix: Fix; readonly code: string }[] {
  return model
    .sortedFindings()
    .flatMap((finding) => model.fixes(finding).map((fix) => ({ fix, code: finding.rule.code })));
}

const settingsOf = (version: OmniaVersion): ValidationSettings => ({
  version,
  context: {},
  overrides: new Map(),
  encoding: { kind: 'unchecked' },
});

function judged(text: string, version: OmniaVersion): MappingModel {
  return new MappingModel(new CsvDocument(text), mappingRules, settingsOf(version));
}

suite('a fix never makes a file worse', () => {
  for (const [name, plain] of Object.entries(whole)) {
    for (const version of omniaVersions) {
      test(`${name}, Omnia ${version}`, () => {
        // Late 2.3 requires the release, which is a different matter.
        const text = version === '2.3os' ? plain.replaceAll('_x86_64', '_rhel_10_0_x86_64') : plain;
        const model = judged(text, version);
        const before = errorsIn(model);
        for (const { fix, code } of fixesOf(model)) {
          const after = applyEdits(text, fix.edits);
          assert.ok(errorsIn(judged(after, version)) <= before, `${code}, ${fix.title}:\n${after}`);
          assert.deepEqual(new Set(nodesIn(after)), new Set(nodesIn(text)), fix.title);
        }
      });
    }

    test(`${name}: one or two steps lead to a file without errors in Omnia 2.2`, () => {
      let current = plain;
      for (let step = 0; step < 2; step++) {
        const model = judged(current, '2.2');
        const [first] = fixesOf(model).filter(({ code }) =>
          model
            .findings()
            .some(({ rule }) => rule.code === code && severityOf({ rule } as never, model.settings) === 'error'),
        );
        if (first === undefined) break;
        current = applyEdits(current, first.fix.edits);
      }
      assert.equal(errorsIn(judged(current, '2.2')), 0, current);
    });
  }

  const cell = fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      '#N/A',
      '1.23E+12',
      '#REF!',
      '\u200b10.37.0.22',
      '10.37.0.2２',
      "'7KT002X",
      'cn1',
      'cn_1',
      '10.37.0.22',
      'grp1',
    ),
    fc.constantFrom(
      '04-3f:72:10:00:01',
      '04:3f:72:10:00:01\u200b',
      'slurm node x86_64',
      'SLURM_NODE_X86_64',
      '"',
      '"a',
      ' 7KT001X',
      'GRP2',
      'HOSTNAME',
    ),
    fc.string({ maxLength: 6 }).map((text) => text.replaceAll(/[\r\n]/g, '')),
  );
  const change = fc.record({ row: fc.nat(rows.length), column: fc.nat(header.length - 1), value: cell });

  test('random cells: the number of errors after each fix is not greater, and all safe fixes together lessen it', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 4 }),
        fc.constantFrom(...omniaVersions.slice(0, 2)),
        (changes, version) => {
          const cells = [header, ...rows].map((row) => [...row] as string[]);
          for (const { row, column, value } of changes) if (row > 0) (cells[row] ?? [])[column] = value;
          const text = `${cells.map(line).join('\n')}\n`;
          const model = judged(text, version);
          const before = errorsIn(model);
          for (const { fix, code } of fixesOf(model)) {
            // An open quote hides what is below it. Its repair reveals that and causes no new errors.
            if (code === 'csv-syntax') continue;
            const after = judged(applyEdits(text, fix.edits), version);
            assert.ok(
              errorsIn(after) <= before,
              `${code}, ${fix.title} ${JSON.stringify(fix.params)}: ${String(before)} -> ${String(errorsIn(after))}`,
            );
          }
          assert.ok(errorsIn(fixedText(text, model.settings, model.rules).remaining) <= before);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('exports below one another, each with its titles and its order of columns: no fix makes more errors', () => {
  const title = fc.constantFrom<string>('Rack 3', 'made by hand', 'Rack 4,,,,,,,,', '"Rack, the fifth"', 'sep=,');
  const part = fc.record({
    titles: fc.array(title, { maxLength: 2 }),
    order: fc.shuffledSubarray([...header.keys()], { minLength: header.length }),
    count: fc.integer({ min: 1, max: 2 }),
  });
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(...omniaVersions.slice(0, 2)),
      (parts, version) => {
        const left = [...rows];
        const lines = parts.flatMap(({ titles, order, count }) =>
          titles.concat(
            [header, ...left.splice(0, count)].map((cells) => line(order.map((cell) => cells[cell] ?? ''))),
          ),
        );
        const text = `${lines.join('\n')}\n`;
        const model = judged(text, version);
        const before = errorsIn(model);
        for (const { fix, code } of fixesOf(model)) {
          const after = applyEdits(text, fix.edits);
          assert.ok(errorsIn(judged(after, version)) <= before, `${code}, ${fix.title}:\n${text}\n${after}`);
          assert.deepEqual(new Set(nodesIn(after)), new Set(nodesIn(text)), fix.title);
        }
      },
    ),
  );
});

test('rows below a header in another order get no repairs of values, and those below the next one in order do', () => {
  const bad = (row: string): string => row.replace(/04:3f:72:10:00:(\d\d)/, '04-3f:72-10:00:$1');
  const [first = '', one = '', two = '', three = ''] = table;
  const lines = [first, one, reversed(first), reversed(bad(two)), first, bad(three)];
  const model = judged(`${lines.join('\n')}\n`, '2.2');
  const repaired = model.sortedFindings().flatMap((finding) => {
    const { record } = finding.place;
    const isRow = record !== undefined && model.rowOf(record) !== undefined && model.fixes(finding).length > 0;
    return isRow ? [model.document.indexOf(record)] : [];
  });
  assert.deepEqual([...new Set(repaired)], [5]);
});

test('rows in quotes below a header that is not: each is one finding, and "fix all" takes the quotes away', () => {
  const wide = table.map((text, at) => `${text}${at === 0 ? ',IB_NIC_NAME,IB_IP' : ',,'}`);
  const text = `${wide.map((row, at) => (at === 0 ? row : `"${row}"`)).join('\n')}\n`;
  for (const version of omniaVersions.slice(0, 3)) {
    const model = judged(text, version);
    assert.equal(errorsIn(model), rows.length, version);
    assert.equal(fixedText(text, model.settings, model.rules).text, `${wide.join('\n')}\n`);
  }
});

suite('what a spreadsheet or a clipboard left is told for what it is', () => {
  const withCell = (column: number, value: string): string =>
    `${[header, ...rows.map((row, at) => row.map((old, index) => (at === 1 && index === column ? value : old)))].map(line).join('\n')}\n`;

  for (const [what, column, value, right] of [
    ['zero width space in an address', 6, '\u200b10.37.0.22', '10.37.0.22'],
    ['zero width space in a MAC', 5, '04:3f:72:10:00:02\u200b', '04:3f:72:10:00:02'],
    ['soft hyphen in a hostname', 4, 'c\u00adn1', 'cn1'],
    ['a mark of direction in a tag', 2, '7KT002X\u200e', '7KT002X'],
    ['an apostrophe before an address', 8, "'10.37.16.22", '10.37.16.22'],
    ['digits of full width', 6, '10.37.0.2２', '10.37.0.22'],
    ['a byte order mark inside the file', 0, '\ufeffslurm_node_x86_64', 'slurm_node_x86_64'],
    ['a word joiner in a group', 1, 'grp\u20602', 'grp2'],
  ] as const) {
    test(what, () => {
      const text = withCell(column, value);
      for (const version of ['2.1', '2.2'] as const) {
        const model = judged(text, version);
        const errors = model.sortedFindings().filter((finding) => severityOf(finding, model.settings) === 'error');
        assert.match(String(errors[0]?.params['character']), /^U\+[0-9A-F]{4}/);
        assert.equal(
          applyEdits(text, model.fixes(errors[0] ?? assert.fail())[0]?.edits ?? []),
          withCell(column, right),
        );
        assert.equal(fixedText(text, model.settings, model.rules).text, withCell(column, right));
      }
    });
  }

  for (const value of ['#N/A', '#REF!', '1.23E+12', '1.5E+10', '#NAME?']) {
    for (const column of [2, 3, 4]) {
      test(`${value} in ${header[column] ?? ''} is no value to be made from`, () => {
        const model = judged(withCell(column, value), '2.2');
        const bad = model.findings().filter(({ rule }) => rule.code.startsWith('bad-'));
        assert.equal(bad.length, 1);
        for (const finding of bad) assert.deepEqual(model.fixes(finding), []);
      });
    }
  }

  test('a row of commas is one finding, and its fix is the removal', () => {
    const text = whole['rows of commas'] ?? '';
    const model = judged(text, '2.2');
    assert.deepEqual(
      model
        .sortedFindings()
        .map(({ rule, place }) => [
          rule.code,
          model.document.lineOf(model.document.indexOf(place.record ?? assert.fail())),
        ]),
      [
        ['empty-cell', 5],
        ['empty-cell', 6],
      ],
    );
    assert.equal(fixedText(text, model.settings, model.rules).text, `${table.join('\n')}\n`);
  });
});

suite('what is cut, shifted, open or kept behind a # is not repaired into something else', () => {
  const wide = (cells: readonly string[], port = ',,'): string => `${line(cells)}${port}`;
  const later = [wide(header, ',IB_NIC_NAME,IB_IP'), ...rows.map((row) => wide(row))];
  const cn1 = line(rows[1]);
  const released = (text: string, version: OmniaVersion): string =>
    version === '2.3os' ? text.replaceAll('_x86_64', '_rhel_10_0_x86_64') : text;
  const files: Readonly<Record<string, readonly string[]>> = {
    'a row that was cut short': [...later, 'slurm_node_x86_64,grp2,7KT009X,,cn9'],
    'a comma too many in an address, and room for it at the end': [
      later[0] ?? '',
      ...later.slice(1).map((row, at) => (at === 1 ? row.replace('10.37.0.22', '10,37.0.22') : row)),
    ],
    'an older copy of a row behind a #': [...later, `#${wide(rows[1])}`],
    'a column that is not there': later.map((row) => row.split(',').toSpliced(4, 1).join(',')),
    'an open quote': [...later.slice(0, 2), `"${cn1},,`.replace('10.37.16.22', '"10.37.16.22'), ...later.slice(3)],
  };
  for (const [name, lines] of Object.entries(files)) {
    for (const version of omniaVersions.filter((one) => one !== '2.1' && one !== '2.2')) {
      test(`${name}, Omnia ${version}`, () => {
        const text = released(`${lines.join('\n')}\n`, version);
        const model = judged(text, version);
        const before = errorsIn(model);
        for (const { fix, code } of fixesOf(model)) {
          const after = applyEdits(text, fix.edits);
          assert.notEqual(after, text, `${code}, ${fix.title}: nothing is changed`);
          // A user who adds a column has to fill it in, and closing a quote reveals what it hid.
          if (!fix.safe) continue;
          assert.ok(
            code === 'csv-syntax' || errorsIn(judged(after, version)) <= before,
            `${code}, ${fix.title}:\n${after}`,
          );
        }
        const all = fixedText(text, model.settings, model.rules);
        assert.ok(errorsIn(all.remaining) <= before, all.text);
        assert.equal(fixedText(all.text, model.settings, model.rules).text, all.text);
      });
    }
  }

  for (const version of omniaVersions) {
    test(`"fix all" adds nothing behind a quote that is never closed, Omnia ${version}`, () => {
      const text = released(`${later.join('\n')}\n`.replace('10.37.16.22,', '"10.37.16.22,'), version);
      const { text: once } = fixedText(text, settingsOf(version), mappingRules);
      assert.ok(!once.includes('"10.37.16.22,,,'), once);
      assert.equal(fixedText(once, settingsOf(version), mappingRules).text, once);
    });
  }

  test('an older copy of a row is not brought back beside the newer one', () => {
    const files = [
      [...later, `#${wide(rows[1])}`],
      [...later.toSpliced(2, 1), `#${wide(rows[1])}`],
    ];
    const offers = files.map((lines) => fixesOf(judged(`${lines.join('\n')}\n`, '2.3')).map(({ fix }) => fix.title));
    assert.deepEqual(
      offers.map((titles) => titles.includes('Remove the # and keep the row')),
      [false, true],
    );
  });

  test('a tag that is right, of a worker with a blank before its own: no change of nothing is offered', () => {
    const parent = rows.map((row, at) => [...row].map((cell, index) => (at === 1 && index === 3 ? '7KT009X' : cell)));
    const worker = ['service_kube_node_x86_64', 'grp4', ' 7KT009X', '', 'kw1', '04:3f:72:10:00:09', '10.37.0.29'];
    const file = [header, ...parent, [...worker, '04:3f:72:20:00:09', '10.37.16.29']].map(line).join('\n');
    const model = judged(`${file}\n`, '2.2');
    for (const { fix } of fixesOf(model)) assert.notEqual(applyEdits(`${file}\n`, fix.edits), `${file}\n`, fix.title);
  });
});
