import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellSpotAt } from '@omnia-buildstream/core/language/cellSpot';
import { definitions, occurrences } from '@omnia-buildstream/core/language/occurrences';
import { rename } from '@omnia-buildstream/core/language/rename';
import { selectionSteps } from '@omnia-buildstream/core/language/selection';
import { containsPosition } from '@omnia-buildstream/core/text/position';
import { applyEdits } from '../../support/textEdits.ts';
import { cluster, fileOf, header, node1, node2, rows } from '../../support/cluster.ts';
import { modelAt } from '../../support/modelAt.ts';

function places(marked: string, look: typeof occurrences): string[] {
  const { model, position } = modelAt(marked);
  const spot = cellSpotAt(model, position);
  assert.ok(spot);
  return look(model, spot).map(({ row, column }) => `${row.text.HOSTNAME} ${column}`);
}

/** The text after a rename, or the reason for its refusal. */
function renamed(marked: string, newName: string): string {
  const { model, position, text } = modelAt(marked);
  const result = rename(model, cellSpotAt(model, position), newName);
  return 'refusal' in result ? result.refusal : applyEdits(text, result.edits);
}

test('an address is found in all address columns', () => {
  assert.deepEqual(places(cluster.replace('10.6.0.15', '10.5.0.14|'), occurrences), [
    'cn-001 ADMIN_IP',
    'cn-002 BMC_IP',
  ]);
});

test('the first row of a group is its definition', () => {
  assert.deepEqual(places(cluster.replace('grp3,COMP002', 'grp3|,COMP002'), definitions), ['cn-001 GROUP_NAME']);
});

test('empty cells and header cells lead nowhere', () => {
  assert.deepEqual(places(cluster.replace('CPLANE1,,', 'CPLANE1,|,'), occurrences), []);
  assert.deepEqual(places(cluster.replace('HOSTNAME', 'HOST|NAME'), occurrences), []);
});

test('a parent cell renames the tag everywhere', () => {
  assert.equal(
    renamed(cluster.replace('COMP002,KNODE01', 'COMP002,KNO|DE01'), 'NEW'),
    cluster.replaceAll('KNODE01', 'NEW'),
  );
});

test('a renamed hostname keeps quotes and padding', () => {
  const quoted = cluster.replace('cn-002', '" cn-002"');
  assert.equal(renamed(quoted.replace('cn-002', 'cn-|002'), 'cn-9'), quoted.replace('cn-002', 'cn-9'));
});

test('of two rows with the same hostname only the one at the cursor is renamed', () => {
  const text = fileOf(header, ...rows, node2.replace('COMP002', 'COMP003'));
  const at = text.lastIndexOf('cn-002');
  const wanted = `${text.slice(0, at)}cn-003${text.slice(at + 6)}`;
  assert.equal(renamed(`${text.slice(0, at)}|${text.slice(at)}`, 'cn-003'), wanted);
});

test('invalid and taken names are refused', () => {
  const host = cluster.replace('cn-002', 'cn-|002');
  assert.match(renamed(host, 'a_b'), /not a valid hostname/);
  assert.match(renamed(host, 'cn-001'), /already/);
  const tag = cluster.replace('COMP002', 'COMP|002');
  assert.match(renamed(tag, 'A-1'), /not a valid service tag/);
  assert.match(renamed(tag, 'COMP001'), /already/);
});

test('renaming to the same name changes nothing', () => {
  assert.equal(renamed(cluster.replace('cn-002', 'cn-|002'), 'cn-002'), cluster);
});

test('each step of a selection holds the cursor', () => {
  const text = fileOf(header, '', '# note', node1, '"a\nb",x');
  for (let at = 0; at <= text.length; at++) {
    const { model, position } = modelAt(`${text.slice(0, at)}|${text.slice(at)}`);
    const steps = selectionSteps(model, position);
    assert.ok(steps.length > 0 && steps.every((step) => containsPosition(step, position)), String(at));
  }
});
