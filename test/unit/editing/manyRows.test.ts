import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { cellValue } from '@omnia-buildstream/core/csv/record';
import { changeTable, type TableAction } from '@omnia-buildstream/core/editing/changeTable';
import { neighbourCell } from '@omnia-buildstream/core/editing/columnCells';
import { omniaVersions, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import type { Range } from '@omnia-buildstream/core/text/position';
import { strip } from '@omnia-buildstream/core/text/pythonText';
import type { MappingModel } from '@omnia-buildstream/core/validation/model';
import {
  assertNewFindingsAreOfTheSource,
  assertNoNewLayoutFindings,
  changedAtOnce,
} from '../../support/editing/newFindings.ts';
import { errorsIn } from '../../support/editing/findings.ts';
import { validFile } from '../../support/editing/validFile.ts';
import { mappingText, validationSettings } from '../../support/mappingText.ts';
import { modelAt, say } from '../../support/modelAt.ts';

const version = fc.constantFrom(...omniaVersions);

function changed(model: MappingModel, action: TableAction) {
  const change = changeTable(model, action, say) ?? assert.fail('nothing to do');
  assert.equal(change.refused, null);
  const after = changedAtOnce(model.document.text(), change.edits, model.settings);
  return { change, text: after.document.text(), after };
}

const lines = (from: number, to: number): Range => ({
  start: { line: from, character: 0 },
  end: { line: to, character: 1 },
});

/** The cell of one column in each of the given rows, as selected by Select Column. */
function cells(model: MappingModel, column: 'BMC_IP' | 'HOSTNAME' | 'GROUP_NAME', from: number, to: number): Range[] {
  const cell = model.layout.cellOf[column] ?? 0;
  return Array.from({ length: to - from + 1 }, (_, at) => model.document.cellRange(from + at, cell));
}

/** All cells except those of one column. */
function others(model: MappingModel, cell: number): string[] {
  return model.document.records.map((record) => record.cells.toSpliced(cell, 1).join());
}

suite('filling a column', () => {
  const scene = fc.record({
    version,
    count: fc.integer({ min: 3, max: 120 }),
    from: fc.nat(1000),
    length: fc.integer({ min: 1, max: 120 }),
    column: fc.constantFrom('BMC_IP', 'HOSTNAME', 'GROUP_NAME'),
  });

  function place({
    version: of,
    count,
    from,
    length,
    column,
  }: {
    version: OmniaVersion;
    count: number;
    from: number;
    length: number;
    column: 'BMC_IP' | 'HOSTNAME' | 'GROUP_NAME';
  }) {
    const { model } = modelAt(validFile(of, count), { version: of });
    const first = 1 + (from % (count - 1));
    const last = Math.min(count, first + length);
    return { model, first, last, ranges: cells(model, column, first, last), cell: model.layout.cellOf[column] ?? 0 };
  }

  test('Fill Down gives the selected cells the first value, and leaves the others their bytes', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const { model, first, last, ranges, cell } = place(given);
        const { after, change } = changed(model, { kind: 'fill-down', ranges });
        const value = model.document.records[first]?.cells[cell];
        for (let index = first; index <= last; index++) assert.equal(after.document.records[index]?.cells[cell], value);
        assert.deepEqual(others(after, cell), others(model, cell));
        assert.equal(change.count, last - first);
        assertNewFindingsAreOfTheSource(
          model,
          after,
          () => false,
          new Set([value ?? '', ...(after.document.records[first]?.cells ?? [])]),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('Fill Series gives names and addresses that nobody has: the file stays valid', () => {
    fc.assert(
      fc.property(scene, (given) => {
        if (given.column === 'GROUP_NAME') return;
        const { model, ranges, cell } = place(given);
        const { after } = changed(model, { kind: 'fill-series', ranges });
        assert.deepEqual(errorsIn(after), []);
        assert.deepEqual(others(after, cell), others(model, cell));
      }),
      { numRuns: 60 },
    );
  });

  test('with one cursor the empty cells below are filled', () => {
    const text = validFile('2.2', 6)
      .split('\n')
      .map((line, at) => (at > 2 && at < 5 ? line.replace(/,172\.17[^,]*/, ',') : line))
      .join('\n');
    const { model } = modelAt(text);
    const { after, change } = changed(model, { kind: 'fill-series', ranges: cells(model, 'BMC_IP', 2, 2) });
    assert.equal(change.count, 2);
    assert.deepEqual(errorsIn(after), []);
    assert.notEqual(
      changeTable(after, { kind: 'fill-series', ranges: cells(after, 'BMC_IP', 2, 2) }, say)?.refused,
      null,
    );
  });
});

suite('sorting by a column', () => {
  test('comments stay above their row, all rows are there, and sorting again does nothing', () => {
    fc.assert(
      fc.property(mappingText, validationSettings, fc.nat(10), fc.boolean(), (text, settings, at, isDescending) => {
        const { model } = modelAt(text, settings);
        const index = model.layout.headerIndex;
        const { start } = model.document.cellRange(index, at % Math.max(1, model.layout.cells.length));
        const action = { kind: 'sort', at: start, isDescending } as const;
        const change = changeTable(model, action, say);
        if (change === undefined || change.refused !== null || change.edits.length === 0) return;
        const after = changedAtOnce(text, change.edits, settings);
        const given = model.document.records.flatMap(({ cells: all }) => all.map((raw) => strip(cellValue(raw))));
        assertNewFindingsAreOfTheSource(model, after, () => false, new Set(given));
        assertNoNewLayoutFindings(model, after);
        const content = (of: MappingModel): string[] => of.document.records.map(({ cells: all }) => all.join());
        assert.deepEqual(content(after).toSorted(), content(model).toSorted());
        const above = (of: MappingModel): string[] =>
          of.document.records
            .flatMap((record, place) => (of.kindOf(record) === 'comment' ? [place] : []))
            .map((place) => `${content(of)[place] ?? ''} / ${content(of)[place + 1] ?? ''}`);
        assert.deepEqual(above(after).toSorted(), above(model).toSorted());
        assert.deepEqual(changeTable(after, action, say)?.edits, []);
        assert.equal(change.edits.length, 1);
      }),
      { numRuns: 300 },
    );
  });

  test('addresses are sorted by their number, and it is said that Omnia wants rows appended', () => {
    const [header = '', ...rows] = validFile('2.2', 12).trimEnd().split('\n');
    const { model } = modelAt([header, ...rows.toReversed(), ''].join('\n'));
    const at = model.document.cellRange(0, 6).start;
    const { text, change } = changed(model, { kind: 'sort', at, isDescending: false });
    assert.equal(text, [header, ...rows, ''].join('\n'));
    assert.match(change.notes.join(), /xnames.*append new rows at the end/);
  });
});

suite('adding, duplicating and moving nodes', () => {
  const scene = fc.record({
    version,
    count: fc.integer({ min: 4, max: 20 }),
    added: fc.integer({ min: 1, max: 30 }),
    gap: fc.nat(100),
  });

  test('new nodes are valid rows at the end, gaps of a series first, and nothing else changes', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const full = validFile(given.version, given.count).split('\n');
        const gone = 2 + (given.gap % (given.count - 2));
        const { model, text } = modelAt(full.toSpliced(gone, 1).join('\n'), { version: given.version });
        const [first] = [...model.rows].filter((row) => row.text.GROUP_NAME === 'grp1');
        const worker = first?.text ?? assert.fail('no worker');
        const {
          after,
          text: now,
          change,
        } = changed(model, {
          kind: 'add',
          count: given.added,
          shared: { FUNCTIONAL_GROUP_NAME: worker.FUNCTIONAL_GROUP_NAME, GROUP_NAME: 'grp1' },
          starts: { HOSTNAME: 'cn001', ADMIN_IP: '172.16.0.1', BMC_IP: '172.17.0.1' },
          lists: { SERVICE_TAG: ['NEW0001'] },
        });
        assert.ok(now.startsWith(text.trimEnd()));
        assert.equal(after.rowCount, model.rowCount + given.added);
        const added = [...after.rows].slice(model.rowCount);
        assert.equal(added[0]?.text.HOSTNAME, `cn${String(gone).padStart(3, '0')}`);
        assert.equal(added[0].text.SERVICE_TAG, 'NEW0001');
        assert.match(change.notes.join(), /left for you to fill in/);
        const fresh = new Set(added.map(({ record }) => record));
        assertNewFindingsAreOfTheSource(model, after, (record) => fresh.has(record), new Set());
      }),
      { numRuns: 60 },
    );
  });

  test('duplicates go on in the series of the rows that they come from', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const { model } = modelAt(validFile(given.version, given.count), { version: given.version });
        const last = Math.min(given.count, 2 + (given.added % given.count));
        const { after, change } = changed(model, { kind: 'duplicate', ranges: [lines(2, last)] });
        assert.equal(change.count, last - 1);
        const added = [...after.rows].slice(model.rowCount);
        const fresh = new Set(added.map(({ record }) => record));
        assertNewFindingsAreOfTheSource(model, after, (record) => fresh.has(record), new Set());
      }),
      { numRuns: 60 },
    );
  });

  test('a node that moves gets role and parent of its group, and what that does to a Slurm worker is said', () => {
    const { model } = modelAt(validFile('2.2', 5));
    const { after, change } = changed(model, { kind: 'move-to-group', ranges: [lines(2, 3)], group: 'grp0' });
    const roles = [...after.rows].map(({ text }) => `${text.GROUP_NAME} ${text.FUNCTIONAL_GROUP_NAME}`);
    assert.deepEqual(roles.slice(1, 3), Array(2).fill('grp0 slurm_control_node_x86_64'));
    assert.match(change.notes.join('\n'), /Slurm nodes that get another role \(2\).*drains these nodes/);
    const apart = changed(model, { kind: 'move-to-group', ranges: [lines(2, 2)], group: 'grp7' });
    assert.deepEqual(apart.change.notes, []);
    assert.deepEqual(errorsIn(apart.after), []);
    assert.match(
      changeTable(model, { kind: 'move-to-group', ranges: [lines(2, 2)], group: 'rack' }, say)?.refused ?? '',
      /rack/,
    );
  });
});

test('the next cell and the one before lead through the table and back', () => {
  const { model } = modelAt(validFile('2.3', 3));
  let at = { line: 0, character: 0 };
  const seen: string[] = [];
  for (let next = neighbourCell(model, at, 1); next !== undefined; next = neighbourCell(model, at, 1)) {
    seen.push(JSON.stringify((at = next.start)));
  }
  assert.equal(seen.length, 11 * 4 - 1);
  const back: string[] = [];
  for (let next = neighbourCell(model, at, -1); next !== undefined; next = neighbourCell(model, at, -1)) {
    at = next.start;
    back.push(JSON.stringify(at));
  }
  assert.deepEqual(back.toReversed().slice(1), seen.slice(0, -1));
});
