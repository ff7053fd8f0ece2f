import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { compareDocument } from '@omnia-buildstream/core/nodes/compareDocument';
import { compareNodes } from '@omnia-buildstream/core/nodes/compareNodes';
import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import { validFile } from '../../support/editing/validFile.ts';
import { mappingText } from '../../support/mappingText.ts';
import { say } from '../../support/modelAt.ts';

const version = fc.constantFrom(...omniaVersions);
const rowsOf = (text: string): string[] => text.split('\n').slice(1, -1);

test('rows that are taken out, added, changed and moved are told as nodes; order, blank lines and quotes do not count', () => {
  const scene = fc.record({
    version,
    count: fc.integer({ min: 1, max: 12 }),
    gone: fc.uniqueArray(fc.nat(11)),
    fresh: fc.nat(5),
    changed: fc.uniqueArray(fc.nat(11)),
    order: fc.integer(),
  });
  fc.assert(
    fc.property(scene, ({ version: of, count, gone, fresh, changed, order }) => {
      const before = validFile(of, count);
      const [header = ''] = before.split('\n');
      const all = rowsOf(validFile(of, count + fresh));
      const after = all
        .flatMap((row, at) => {
          if (at < count && gone.includes(at)) return [];
          return [at < count && changed.includes(at) ? row.replace(/172\.17\.\d+/, '172.30.0') : row];
        })
        .sort((a, b) => (order % 2 === 0 ? 1 : -1) * a.localeCompare(b));
      const text = [header, '', ...after.map((row) => row.replace(/^([^,]*)/, '"$1"')), ''].join('\r\n');
      const files = compareNodes(before, text, of);
      const isIn = (at: number): boolean => at < count && !gone.includes(at);
      const places = Array.from({ length: count }, (_, at) => at);
      assert.equal(files.added.length, fresh);
      assert.equal(files.removed.length, places.filter((at) => !isIn(at)).length);
      assert.deepEqual(
        files.changed.map(({ node }) => node.serviceTag).sort(),
        places.filter((at) => isIn(at) && changed.includes(at)).map((at) => `TAG${String(1000 + at)}`),
      );
      assert.ok(files.changed.every(({ cells }) => cells.length === 1 && cells[0]?.column === 'BMC_IP'));
      // In the reverse direction, the same nodes change, and added and removed nodes are swapped.
      const back = compareNodes(text, before, of);
      assert.equal(back.added.length, files.removed.length);
      assert.equal(back.removed.length, files.added.length);
      assert.equal(back.same, files.same);
    }),
    { numRuns: 100 },
  );
});

test('a node that gets another name, tag or BMC is the same node as long as one of them stays', () => {
  const before = validFile('2.2', 3);
  for (const [old, other, column] of [
    ['cn002', 'cn777', 'HOSTNAME'],
    ['TAG1001', 'NEW1', 'SERVICE_TAG'],
    ['172.17.0.2,', '172.17.9.9,', 'BMC_IP'],
  ] as const) {
    const { added, removed, changed } = compareNodes(before, before.replace(old, other), '2.2');
    assert.deepEqual([added, removed], [[], []]);
    assert.deepEqual(
      changed.map(({ cells }) => cells.map((cell) => cell.column)),
      [[column]],
    );
  }
  const swapped = before.replace('TAG1001', 'X').replace('TAG1002', 'TAG1001').replace('X', 'TAG1002');
  const { changed } = compareNodes(before, swapped, '2.2');
  assert.equal(changed.length, 2, 'the machine is the node, whatever row it stands in');
});

test('a file is the same as itself, whatever is in it', () => {
  fc.assert(
    fc.property(mappingText, version, (text, of) => {
      const { added, removed, changed } = compareNodes(text, text, of);
      assert.deepEqual([added, removed, changed], [[], [], []]);
    }),
  );
});

test('a file that is not there yet has no nodes, and a row behind # is none', () => {
  const text = validFile('2.3', 3);
  assert.equal(compareNodes('', text, '2.3').added.length, 3);
  const lines = text.split('\n');
  const commented = lines.with(2, `#${lines[2] ?? ''}`).join('\n');
  assert.equal(compareNodes(text, commented, '2.3').removed.length, 1);
});

test('the document is words: nothing of a file becomes markup', () => {
  const before = validFile('2.2', 2);
  const after = before.replace('cn002', '<b>[x](y)|`');
  const files = compareNodes(before, after, '2.2');
  const text = compareDocument(files, { before: 'HEAD', after: 'here' }, '<i>none</i>', say).toString();
  assert.match(text, /^# Nodes: HEAD ↔ here/);
  assert.doesNotMatch(text, /<b>|\]\(y\)/);
});
