import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { cellValue } from '@omnia-buildstream/core/csv/record';
import { changeTable } from '@omnia-buildstream/core/editing/changeTable';
import { headersOf, requiredColumns } from '@omnia-buildstream/core/mapping/columns';
import { omniaVersions, traitsOf, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import { strip } from '@omnia-buildstream/core/text/pythonText';
import type { MappingModel } from '@omnia-buildstream/core/validation/model';
import { assertNoNewLayoutFindings, changedAtOnce } from '../../support/editing/newFindings.ts';
import { errorsIn } from '../../support/editing/findings.ts';
import { validFile } from '../../support/editing/validFile.ts';
import { mappingText, validationSettings } from '../../support/mappingText.ts';
import { modelAt, say } from '../../support/modelAt.ts';

const version = fc.constantFrom(...omniaVersions);

function convert(model: MappingModel, to: OmniaVersion, osRelease?: string) {
  return (
    changeTable(model, { kind: 'convert', to, ...(osRelease !== undefined && { osRelease }) }, say) ?? assert.fail()
  );
}

test('a valid file of any version is valid in any other, and comes back as it was', () => {
  fc.assert(
    fc.property(version, version, fc.integer({ min: 2, max: 12 }), (from, to, count) => {
      const { model, text } = modelAt(validFile(from, count), { version: from });
      const change = convert(model, to, 'rhel_10_0');
      assert.equal(change.refused, null);
      const there = modelAt(applyEdits(text, change.edits), { version: to }).model;
      assert.deepEqual(errorsIn(there), []);
      assert.deepEqual(
        there.layout.cells.map(({ name }) => name),
        headersOf(to)[0],
      );
      const back = convert(there, from, 'rhel_10_0');
      const again = applyEdits(there.document.text(), back.edits);
      // Early 2.3 accepts roles with and without a release, so a role that arrived with one keeps it.
      if (traitsOf(from).osRelease !== 'optional' || traitsOf(to).osRelease !== 'demanded') assert.equal(again, text);
      assert.equal(change.edits.length, 1);
    }),
  );
});

test('whatever the file: all rows with their nine columns, or nothing and the reason', () => {
  let converted = 0;
  fc.assert(
    fc.property(mappingText, validationSettings, version, (text, settings, to) => {
      const { model } = modelAt(text, settings);
      const change = convert(model, to, 'rhel_10_0');
      if (change.refused !== null) {
        assert.deepEqual(change.edits, []);
        return;
      }
      converted++;
      const after = changedAtOnce(text, change.edits, { ...model.settings, version: to });
      assertNoNewLayoutFindings(modelAt(text, { ...settings, version: to }).model, after);
      const values = (of: MappingModel): string[] =>
        [...model.rows].map(({ record }) => {
          const row = of === model ? record : after.document.records[model.document.indexOf(record)];
          return requiredColumns
            .filter((column) => column !== 'FUNCTIONAL_GROUP_NAME')
            .map((column) => strip(cellValue(row?.cells[of.layout.cellOf[column] ?? -1] ?? '')))
            .join();
        });
      if (requiredColumns.every((column) => model.layout.cellOf[column] !== undefined)) {
        assert.deepEqual(values(after), values(model));
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(converted > 20, String(converted));
});

test('a file in which it is in doubt where a quote ends is neither converted nor sorted', () => {
  const header = requiredColumns.join();
  for (const rows of ['x,"y,z\nx,"y,z', 'x,"y\nz"w,v\n', 'x,"y,z\n']) {
    const { model } = modelAt(`${header}\n${rows}`, { version: '2.1' });
    for (const change of [
      convert(model, '2.1'),
      changeTable(model, { kind: 'sort', at: { line: 0, character: 0 }, isDescending: false }, say),
    ]) {
      assert.match(change?.refused ?? '', /A quote is not closed/);
      assert.deepEqual(change?.edits, []);
    }
  }
});

test('the old name of a column and the InfiniBand columns are carried over, and what is lost is said', () => {
  const header = [...requiredColumns, 'IB_MAC', 'IB_IP', 'NOTE'];
  const cells = (validFile('2.2', 1).split('\n')[1] ?? '').split(',').slice(0, 9);
  const text = [header.join(','), [...cells, 'InfiniBand.Slot.7-1', '10.99.0.1', 'spare'].join(','), ''].join('\n');
  const change = convert(modelAt(text).model, 'next');
  const after = applyEdits(text, change.edits);
  assert.match(after, /,IB_NIC_NAME,IB_IPV4,IB_IPV6\n.*,InfiniBand\.Slot\.7-1,10\.99\.0\.1,\n$/);
  assert.match(change.notes.join(), /are lost.*NOTE \(1\)/);
});

test('roles that the version cannot have refuse the whole, and say what is missing', () => {
  const { model } = modelAt(validFile('2.2', 3));
  assert.match(convert(model, '2.3os').refused ?? '', /OS release.*slurm_node_x86_64/);
  assert.match(convert(model, '2.3os', 'windows').refused ?? '', /'windows' is not a valid OS release/);
  const custom = modelAt(validFile('2.3', 3).replaceAll('slurm_node_', 'my_nodes_rhel_10_0_'), {
    version: '2.3',
  }).model;
  assert.match(convert(custom, '2.2').refused ?? '', /no such roles.*my_nodes/);
});
