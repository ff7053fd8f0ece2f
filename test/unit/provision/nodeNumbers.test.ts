import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { numberInName, numbersFor } from '@omnia-buildstream/provision/openchami/nodeNumbers';

test('a hostname of the form nid001 tells a number, no other does', () => {
  for (const [hostname, number] of [
    ['nid001', 1],
    ['nid7', 7],
    ['nid16400384', 16_400_384],
    ['nid000', undefined],
    ['NID001', undefined],
    ['nid1a', undefined],
    ['cn-1', undefined],
    ['nid9999999999', undefined],
  ] as const) {
    assert.equal(numberInName(hostname), number, hostname);
  }
});

test('whatever SMD has, its numbers stay and no number is given twice', () => {
  const hostname = fc.oneof(
    fc.nat({ max: 12 }).map((number) => `nid00${String(number)}`),
    fc.constant('cn'),
  );
  const others = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'other'), fc.integer({ min: 1, max: 12 }));
  fc.assert(
    fc.property(fc.array(hostname, { maxLength: 6 }), others, (names, known) => {
      const nodes = names.map((name, index) => ({ node: { hostname: name }, xname: 'abcdef'.charAt(index) }));
      const components = new Map<string, number | undefined>(Object.entries(known));
      const numbers = numbersFor(nodes, components);
      const given = numbers.filter((_, index) => !components.has(nodes[index]?.xname ?? ''));
      const kept = nodes.flatMap(({ xname }, index) => (components.has(xname) ? [[xname, numbers[index]]] : []));
      assert.deepEqual(
        kept,
        kept.map(([xname]) => [xname, known[String(xname)]]),
      );
      assert.equal(
        new Set([...Object.values(known), ...given]).size,
        new Set(Object.values(known)).size + given.length,
      );
      assert.ok(numbers.every((number) => Number.isSafeInteger(number) && number > 0));
    }),
  );
});
