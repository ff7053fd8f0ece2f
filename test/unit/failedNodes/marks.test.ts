import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import type { NodeStatus } from '@omnia-buildstream/core/failedNodes/edits';
import { entriesToMark, markEdits, statusRepairs, type MarkTargets } from '@omnia-buildstream/core/failedNodes/marks';
import { bothFailed, entry1, entry2, failedNodesText } from '../../support/failedNodesText.ts';
import { applyEdits } from '../../support/textEdits.ts';

function mark(text: string, targets: MarkTargets, status: NodeStatus = 'success'): string {
  const document = readFailedNodesDocument(text);
  return applyEdits(text, markEdits(document, entriesToMark(document, targets, status), status));
}

const marked = (text: string): string => text.replaceAll('"failed"', '"success"');

test('all nodes are marked, and nothing else changes', () => {
  assert.equal(mark(bothFailed, 'all'), marked(bothFailed));
  assert.equal(mark(marked(bothFailed), 'all', 'failed'), bothFailed);
  assert.equal(mark(marked(bothFailed), 'all'), marked(bothFailed));
});

test('the nodes of some addresses are marked, wherever they stand', () => {
  assert.deepEqual(JSON.parse(mark(failedNodesText(entry1, entry2, entry1), ['10.6.0.14'])), {
    ...(JSON.parse(failedNodesText(entry1, entry2, entry1)) as object),
    failed_nodes: [{ ...entry1, status: 'success' }, entry2, { ...entry1, status: 'success' }],
  });
});

test('the nodes of one cause are marked', () => {
  assert.equal(mark(bothFailed, { cause: 'unreachable' }), mark(bothFailed, ['10.6.0.15']));
  assert.equal(mark(bothFailed, { cause: 'power' }), bothFailed);
});

test('a status that Omnia ignores is replaced', () => {
  assert.equal(mark(bothFailed.replaceAll('"failed"', '"Fixed"'), 'all'), marked(bothFailed));
});

for (const [title, text] of [
  ['one below the other', failedNodesText({ bmc_ip: 'a' }, { bmc_ip: 'b' })],
  ['all in one line', '{"failed_nodes":[{"bmc_ip":"a"},{"bmc_ip":"b"}]}'],
  ['with blanks', '{"failed_nodes": [ { "bmc_ip" : "a" }, { "bmc_ip": "b" } ]}'],
  ['empty', '{"failed_nodes": [{}, { }]}'],
] as const) {
  test(`missing statuses are added to entries that stand ${title}`, () => {
    const { failed_nodes: entries } = JSON.parse(mark(text, 'all')) as { failed_nodes: { status: string }[] };
    assert.deepEqual(
      entries.map(({ status }) => status),
      ['success', 'success'],
    );
  });
}

test('an added status stands in a line of its own where the other keys do', () => {
  assert.match(mark(failedNodesText({ bmc_ip: 'a' }), 'all'), /"bmc_ip": "a",\n {12}"status": "success"\n/);
});

test('only sure spellings of a status are repaired without asking', () => {
  const text = failedNodesText(
    { ...entry1, status: ' Success ' },
    { ...entry2, status: 'FAILED' },
    { ...entry2, status: 'passed' },
  );
  const document = readFailedNodesDocument(text);
  const repaired = applyEdits(text, statusRepairs(document));
  assert.equal(repaired, text.replace('" Success "', '"success"').replace('"FAILED"', '"failed"'));
  assert.deepEqual(statusRepairs(readFailedNodesDocument(repaired)), []);
});
