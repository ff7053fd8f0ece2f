import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { changeTable } from '@omnia-buildstream/core/editing/changeTable';
import type { ColumnMap } from '@omnia-buildstream/core/editing/importColumns';
import { importParts, type ImportPart } from '@omnia-buildstream/core/editing/importNodes';
import { headersOf, type ColumnName } from '@omnia-buildstream/core/mapping/columns';
import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import type { SourceTable } from '@omnia-buildstream/core/mapping/sourceTable';
import { cellValue } from '@omnia-buildstream/core/csv/record';
import { strip } from '@omnia-buildstream/core/text/pythonText';
import type { MappingModel } from '@omnia-buildstream/core/validation/model';
import { readInventoryText } from '@omnia-buildstream/runner/inventory/readInventoryText';
import { assertNewFindingsAreOfTheSource, changedAtOnce } from '../../support/editing/newFindings.ts';
import { validFile } from '../../support/editing/validFile.ts';
import { modelAt, say } from '../../support/modelAt.ts';

const all: readonly ImportPart[] = importParts;

function tableIn(text: string): SourceTable {
  const read = readInventoryText(text);
  return 'table' in read ? read.table : assert.fail(JSON.stringify(read.problem));
}

function imported(
  model: MappingModel,
  text: string,
  { map = {}, take = ['new', 'changed'] as readonly ImportPart[] } = {},
) {
  const change = changeTable(model, { kind: 'import', table: tableIn(text), map, take }, say) ?? assert.fail();
  const after = changedAtOnce(model.document.text(), change.edits, model.settings);
  return { change, text: after.document.text(), after };
}

const header = headersOf('2.2')[0] ?? [];
const base = validFile('2.2', 4, header);
const { model } = modelAt(base);
const line = (at: number): string[] => (base.split('\n')[at] ?? '').split(',');
const cellOf = (text: string, row: number, column: ColumnName): string =>
  (text.split('\n')[row] ?? '').split(',')[header.indexOf(column)] ?? '';

suite('whatever is imported', () => {
  const odd = fc.constantFrom('', 'N/A', 'Rack 1, unit 2', 'a"b', 'grp1', 'x y', '10.1', 'ä', '172.17.0.1', 'TAG1001');
  const scene = fc.record({
    version: fc.constantFrom(...omniaVersions),
    count: fc.integer({ min: 1, max: 70 }),
    from: fc.integer({ min: 0, max: 60 }),
    told: fc.integer({ min: 1, max: 70 }),
    separator: fc.constantFrom('\t', ';', '|', ','),
    eol: fc.constantFrom('\n', '\r\n'),
    ended: fc.boolean(),
    columns: fc.nat(0xffffff),
    oddAt: fc.array(fc.tuple(fc.nat(69), fc.nat(11), odd), { maxLength: 6 }),
    take: fc.subarray([...all]),
  });

  test('findings are of the source, other cells keep their bytes, no row goes, and a second time changes nothing', () => {
    let changes = 0;
    fc.assert(
      fc.property(scene, ({ version, count, from, told, separator, eol, ended, columns, oddAt, take }) => {
        const whole = validFile(version, count).replaceAll('\n', eol);
        const text = ended ? whole : whole.slice(0, -eol.length);
        const { model: before } = modelAt(text, { version });
        const names = headersOf(version)[0] ?? [];
        let bits = columns;
        const chosen = names
          .map((name, cell) => ({ name, cell, key: (bits = (bits * 7919 + 13) % 0xffffff) }))
          .filter(({ key, name }) => key % 3 > 0 || name === 'SERVICE_TAG')
          .sort((a, b) => a.key - b.key);
        const rows = validFile(version, from + told)
          .split('\n')
          .slice(1 + from, -1)
          .map((row, at) =>
            chosen.map(
              ({ cell }, index) => oddAt.find(([r, c]) => r === at && c === index)?.[2] ?? row.split(',')[cell] ?? '',
            ),
          );
        const quoted = (value: string): string => (/[",;|\t]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
        const source = [chosen.map(({ name }): string => name), ...rows]
          .map((row) => row.map(quoted).join(separator) + eol)
          .join('');
        if (chosen.length < 2) return;
        const { change, after, text: result } = imported(before, source, { take });
        assert.equal(change.refused, null);
        if (change.edits.length > 0) changes++;
        const old = before.document.records;
        const own = new Set(old.map((record) => record.cells.join(',')));
        const given = new Set(rows.flat().map(strip));
        assertNewFindingsAreOfTheSource(before, after, (record) => !own.has(record.cells.join(',')), given);
        // Every row is in its place; each cell has its old bytes or a value from the source.
        for (const [index, record] of old.entries()) {
          const now = after.document.records[index] ?? assert.fail('a row is gone');
          for (const [cell, raw] of record.cells.entries()) {
            const value = now.cells[cell] ?? '';
            if (value !== raw) assert.ok(given.has(strip(cellValue(value))) && raw !== value, `${raw} -> ${value}`);
          }
        }
        assert.deepEqual(imported(after, source, { take }).change.edits, [], result);
      }),
      { numRuns: 80 },
    );
    assert.ok(changes > 15, String(changes));
  });

  test('any text is read or has a reason, and nothing is thrown', () => {
    const piece = fc.constantFrom(
      '{',
      '[',
      '"',
      ',',
      ';',
      '\n',
      'lease 10.0.0.1 {',
      '}',
      'a',
      '{"a":1}',
      '\ufeff',
      '[[[[',
      '1 02:00:00:00:00:01 10.0.0.1 * *',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const read = readInventoryText(pieces.join(''));
        if ('problem' in read) return;
        assert.ok(read.table.rows.every((row) => row.length === read.table.width));
        changeTable(model, { kind: 'import', table: read.table, map: {}, take: all }, say);
      }),
      { numRuns: 300 },
    );
  });
});

suite('nodes are told apart', () => {
  const source = [
    'Service Tag;Device Name;IP Address;Managed State;Rack',
    'tag1001;cn002.example.com;172.17.0.99;Managed;grp9',
    'NEW0001;;172.17.9.9;Managed;grp9',
    'NEW0001;;172.17.9.10;Managed;grp9',
    'TAG1000;other;172.17.0.1;Managed;',
  ].join('\n');

  test('by service tag: new, changed, decided otherwise, vanished, and told twice', () => {
    const { change, text } = imported(model, source);
    assert.equal(change.count, 2);
    assert.equal(cellOf(text, 2, 'BMC_IP'), '172.17.0.99');
    assert.equal(cellOf(text, 2, 'SERVICE_TAG'), 'TAG1001');
    assert.equal(cellOf(text, 2, 'GROUP_NAME'), 'grp1');
    assert.equal(cellOf(text, 1, 'HOSTNAME'), 'cn001');
    assert.deepEqual([cellOf(text, 5, 'SERVICE_TAG'), cellOf(text, 5, 'BMC_IP')], ['NEW0001', '172.17.9.9']);
    const notes = change.notes.join('\n');
    for (const told of [
      /New nodes \(1\): NEW0001\./,
      /Nodes that change \(1\), by column: BMC_IP \(1\)\./,
      /another role, group, parent, or hostname \(2\), by column: GROUP_NAME \(1\), HOSTNAME \(1\)/,
      /does not have \(2\): cn003, cn004\. Their rows stay/,
      /contradict a line above about the same node \(1\): NEW0001\. What the first line says holds/,
      /Problems that the new values bring \(\d+\), by kind: .*empty-cell/,
      /left out: Managed State\./,
    ]) {
      assert.match(notes, told);
    }
  });

  test('of lines about one node the first that says something of a cell holds, in the file or not; others complete it', () => {
    const told = 'SERVICE_TAG,BMC_IP,IB_IP\n';
    const there = imported(model, `${told}TAG1001,172.17.0.2,\nTAG1001,172.17.0.99,10.9.9.9\n`);
    assert.equal(cellOf(there.text, 2, 'BMC_IP'), '172.17.0.2');
    assert.equal(cellOf(there.text, 2, 'IB_IP'), '10.9.9.9');
    const fresh = imported(model, `${told}NEW0001,172.17.9.9,\nNEW0001,172.17.9.10,10.9.9.9\n`);
    assert.deepEqual(
      (['BMC_IP', 'IB_IP'] as const).map((column) => cellOf(fresh.text, 5, column)),
      ['172.17.9.9', '10.9.9.9'],
    );
    for (const { change } of [there, fresh])
      assert.match(change.notes.join(), /contradict a line above about the same node \(1\)/);
  });

  test('roles and groups of nodes that are there change only when that is taken, and the drain is said', () => {
    const roles = `SERVICE_TAG,FUNCTIONAL_GROUP_NAME\nTAG1001,login_node_x86_64\n`;
    assert.deepEqual(imported(model, roles).change.edits, []);
    const { change, text } = imported(model, roles, { take: ['assigned'] });
    assert.equal(cellOf(text, 2, 'FUNCTIONAL_GROUP_NAME'), 'login_node_x86_64');
    assert.match(change.notes.join('\n'), /Slurm nodes that get another role \(1\): cn002/);
  });

  test('one step of undo takes changed cells and new rows back: edits do not touch each other', () => {
    const last = `SERVICE_TAG,IB_IP\nTAG1003,10.9.9.9\nNEW1,10.9.9.10\n`;
    for (const text of [base, base.trimEnd(), base.trimEnd().replace(/,,$/, '')]) {
      const { change, text: after } = imported(modelAt(text).model, last);
      assert.equal(change.edits.length, 1, text);
      assert.match(after, /,10\.9\.9\.9\n,,NEW1,.*,10\.9\.9\.10\n?$/);
    }
  });

  test('without tags by MAC address; a lease of a BMC gives BMC_IP, and an empty cell is filled', () => {
    const [, admin = '', bmc = ''] = ['', line(2)[5], line(3)[7]];
    const empty = base.replace('172.17.0.3', '');
    const leases = `1700000000 ${admin} 172.16.0.77 cn002 *\n1700000000 ${bmc} 172.17.0.78 idrac-x *\n1700000000 02:00:00:00:99:99 172.16.0.79 * *\n`;
    const { change, text } = imported(modelAt(empty).model, leases);
    assert.equal(cellOf(text, 2, 'ADMIN_IP'), '172.16.0.77');
    assert.equal(cellOf(text, 3, 'BMC_IP'), '172.17.0.78');
    assert.equal(cellOf(text, 3, 'ADMIN_MAC'), line(3)[5]);
    assert.equal(cellOf(text, 5, 'ADMIN_MAC'), '02:00:00:00:99:99');
    assert.doesNotMatch(change.notes.join('\n'), /does not have/);
  });

  test('a MAC address in another spelling is no change', () => {
    const text = `SERVICE_TAG,ADMIN_MAC\nTAG1001,${(line(2)[5] ?? '').toUpperCase().replaceAll(':', '-')}\n`;
    assert.match(imported(model, text).change.notes.join(), /already has everything that is in the source/);
  });
});

suite('columns', () => {
  const source = 'Kennung;Adresse am Rack;X\nTAG1001;10.9.9.9;1\nTAG1002;10.9.9.8;2\n';
  const map: ColumnMap = { SERVICE_TAG: 'kennung', BMC_IP: 'Adresse am Rack' };

  test('are mapped by hand, by their name or number, and a map that fits nothing is refused', () => {
    for (const chosen of [map, { SERVICE_TAG: 'Kennung', BMC_IP: '2' }]) {
      const { text } = imported(model, source, { map: chosen });
      assert.equal(cellOf(text, 2, 'BMC_IP'), '10.9.9.9');
    }
    assert.match(imported(model, source, { map: { SERVICE_TAG: 'Tag' } }).change.refused ?? '', /no column 'Tag'/);
    assert.match(imported(model, source, { map: { TAG: 'Kennung' } }).change.refused ?? '', /no column 'TAG'/);
    assert.match(
      imported(model, 'Foo;Bar\n1;2\n', { map: { BMC_IP: 'Bar' } }).change.refused ?? '',
      /cannot be told apart/,
    );
  });

  test('an empty name takes a column away', () => {
    const own = 'SERVICE_TAG,BMC_IP\nTAG1001,10.9.9.9\n';
    assert.deepEqual(imported(model, own, { map: { BMC_IP: '' } }).change.edits, []);
  });

  test('the address of a device of OpenManage is its BMC; elsewhere it is that of the system', () => {
    const open = 'Name,IP Address,Identifier,Managed State\nxe1,172.17.9.1,NEW1,Managed\n';
    assert.equal(cellOf(imported(model, open).text, 5, 'BMC_IP'), '172.17.9.1');
    const plain = 'Name,IP Address,Serial\nxe1,172.16.9.1,NEW1\n';
    assert.equal(cellOf(imported(model, plain).text, 5, 'ADMIN_IP'), '172.16.9.1');
  });

  test('what a name does not say, the values do where they can mean one column only', () => {
    const text = 'Serial;Aufgabe;Netz;Platz\nNEW1;slurm_node_x86_64;172.17.0.200;1.2.3.4\n';
    const { text: after } = imported(model, text.replace(';Platz', ';Ort').replace(';1.2.3.4', ';Halle 3'));
    assert.equal(cellOf(after, 5, 'FUNCTIONAL_GROUP_NAME'), 'slurm_node_x86_64');
    assert.equal(cellOf(after, 5, 'BMC_IP'), '172.17.0.200');
    assert.equal(cellOf(imported(model, text).text, 5, 'BMC_IP'), '', 'two columns of addresses mean either');
  });
});
