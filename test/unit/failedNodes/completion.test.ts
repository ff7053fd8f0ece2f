import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeEntry, type EntrySuggestions } from '@omnia-buildstream/core/language/failedNodes/completion';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { NodeModel } from '@omnia-buildstream/core/nodes/nodeModel';
import { cluster, largeFile } from '../../support/cluster.ts';
import { positionAt } from '../../support/csvText.ts';
import { bothFailed } from '../../support/failedNodesText.ts';
import { modelAt, say } from '../../support/modelAt.ts';
import { applyEdits } from '../../support/textEdits.ts';

/** `|` marks the cursor and is removed. */
function complete(marked: string, mappingText = cluster): { text: string; found: EntrySuggestions | undefined } {
  const at = marked.indexOf('|');
  const text = marked.replace('|', '');
  const nodes = new NodeModel({ mapping: modelAt(mappingText).model, failed: readFailedNodesDocument(text) });
  return { text, found: completeEntry(nodes, positionAt(text, at), say) };
}

function labels(marked: string): string[] {
  return complete(marked).found?.items.map(({ label }) => label) ?? [];
}

/** The text after accepting a suggestion. */
function choose(marked: string, label: string): string {
  const { text, found } = complete(marked);
  const item = found?.items.find((each) => each.label === label);
  assert.ok(found && item);
  return applyEdits(text, [{ range: found.range, newText: item.newText }, ...item.alsoEdits]);
}

const entry = (inside: string): string => `{"failed_nodes": [${inside}]}`;

test('the two statuses that Omnia knows are offered', () => {
  assert.deepEqual(labels(bothFailed.replace('"failed"', '"fai|led"')), ['success', 'failed']);
  assert.equal(choose(bothFailed.replace('"failed"', '"|"'), 'success'), bothFailed.replace('"failed"', '"success"'));
  assert.equal(choose(entry('{"status": |}'), 'failed'), entry('{"status": "failed"}'));
});

test('nodes are offered that no other entry names', () => {
  assert.deepEqual(labels(bothFailed.replace('"10.6.0.14"', '"|10.6.0.14"')), [
    '10.6.0.11',
    '10.6.0.12',
    '10.6.0.13',
    '10.6.0.14',
  ]);
  assert.deepEqual(labels(entry('{"hostname": "|"}')), ['kcp1', 'kn1', 'slurm1', 'cn-001', 'cn-002']);
  assert.deepEqual(labels(entry('{"service_tag": "|"}')).at(-1), 'COMP002');
});

test('choosing a node fills its other names', () => {
  const filled = choose(bothFailed.replace('"10.6.0.14"', '"|"'), '10.6.0.11');
  assert.equal(
    filled,
    bothFailed.replace('10.6.0.14', '10.6.0.11').replace('cn-001', 'kcp1').replace('COMP001', 'CPLANE1'),
  );
});

test('names that are missing are added', () => {
  assert.deepEqual(JSON.parse(choose(entry('{"bmc_ip": "|", "status": "failed"}'), '10.6.0.14')), {
    failed_nodes: [{ bmc_ip: '10.6.0.14', status: 'failed', hostname: 'cn-001', service_tag: 'COMP001' }],
  });
  assert.deepEqual(JSON.parse(choose(entry('{"hostname": "|"}'), 'cn-002')), {
    failed_nodes: [{ hostname: 'cn-002', bmc_ip: '10.6.0.15', service_tag: 'COMP002' }],
  });
});

test('in JSON that is not finished the value alone is written', () => {
  assert.equal(choose('{"failed_nodes": [{"hostname": "|', 'cn-002'), '{"failed_nodes": [{"hostname": "cn-002"');
});

test('nothing is offered elsewhere', () => {
  for (const marked of ['|', '{|}', '{"job_id": "|"}', entry('|'), entry('{"|"}'), entry('{"message": "|"}')]) {
    assert.deepEqual(labels(marked), [], marked);
  }
});

test('of many nodes those that fit what was typed are offered', () => {
  const { found } = complete(entry('{"hostname": "cn-123|"}'), largeFile(2_000));
  assert.equal(found?.isIncomplete, true);
  assert.deepEqual(
    found.items.map(({ label }) => label).filter((label) => !label.includes('cn-123')),
    [],
  );
  assert.equal(complete(entry('{"hostname": "|"}'), largeFile(2_000)).found?.items.length, 200);
});
