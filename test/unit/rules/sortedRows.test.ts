import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import type { MappingRow } from '@omnia-buildstream/core/mapping/row';
import { SortedRows } from '@omnia-buildstream/core/rules/sortedRows';

const rowAt = (order: number): MappingRow => ({ record: { order } }) as MappingRow;

test('rows come in file order, whatever was added and removed', () => {
  const steps = fc.array(fc.tuple(fc.boolean(), fc.nat(10_000)), { minLength: 1_500, maxLength: 2_500 });
  fc.assert(
    fc.property(steps, (wanted) => {
      const first = rowAt(5_000);
      const rows = new SortedRows(first);
      let expected = [first];
      for (const [isAdded, number] of wanted) {
        const removed = expected[number % Math.max(1, expected.length)];
        if (isAdded || number % 3 > 0 || removed === undefined) {
          const row = rowAt(number);
          rows.add(row);
          expected.push(row);
        } else {
          rows.remove(removed);
          expected = expected.filter((row) => row !== removed);
        }
      }
      const orders = (list: readonly MappingRow[]): number[] => list.map(({ record }) => record.order);
      expected.sort((a, b) => a.record.order - b.record.order);
      assert.deepEqual(orders(rows.all()), orders(expected));
      assert.equal(rows.first?.record.order, expected[0]?.record.order);
      assert.equal(rows.isEmpty, expected.length === 0);
      assert.deepEqual(new Set(rows.all()), new Set(expected));
    }),
    { numRuns: 20 },
  );
});

test('a row whose number is of an earlier time is found all the same', () => {
  const old = rowAt(1);
  const rows = new SortedRows(old);
  for (let order = 2; order < 3_000; order++) rows.add(rowAt(order));
  old.record.order = 99_999;
  rows.remove(old);
  assert.equal(rows.all().includes(old), false);
  assert.equal(rows.all().length, 2_998);
});
