import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { countStates, NodeModel } from '@omnia-buildstream/core/nodes/nodeModel';
import { cluster, fileOf, header, largeFile, node1, node2 } from '../../support/cluster.ts';
import { entry1, entry2, failedNodesText, type EntryText } from '../../support/failedNodesText.ts';
import { modelAt } from '../../support/modelAt.ts';

function nodesOf(entries: readonly EntryText[] | undefined, text = cluster, committed?: readonly string[]): NodeModel {
  return new NodeModel({
    mapping: modelAt(text).model,
    failed: entries === undefined ? undefined : readFailedNodesDocument(failedNodesText(...entries)),
    committed: committed === undefined ? undefined : new Set(committed),
  });
}

function states(model: NodeModel): string[] {
  return [...model.nodes()].map(({ row, entries, state }) => {
    const name = row?.text.HOSTNAME ?? String(entries[0]?.fields.get('hostname')?.value);
    return `${name} ${state}`;
  });
}

const inGit = ['10.6.0.11', '10.6.0.12', '10.6.0.13', '10.6.0.14', '10.6.0.15', '10.6.0.16'];
const fine = ['kcp1 ok', 'kn1 ok', 'slurm1 ok'];
const success = { status: 'success' } as const;

test('a node with an entry failed, one with success is marked, the others did not fail', () => {
  const model = nodesOf([entry1, { ...entry2, ...success }], cluster, inGit);
  assert.deepEqual(states(model), [...fine, 'cn-001 failed', 'cn-002 marked']);
});

test('without a committed mapping file nobody knows of a row without entry whether it is booted or new', () => {
  const unknown = fine.map((text) => text.replace('ok', 'unknown'));
  assert.deepEqual(states(nodesOf([entry1])), [...unknown, 'cn-001 failed', 'cn-002 unknown']);
});

test('without failed_nodes.json nothing is known of any node', () => {
  assert.deepEqual([...new Set(states(nodesOf(undefined)).map((state) => state.split(' ')[1]))], ['unknown']);
});

test('an entry without row comes last', () => {
  const orphan = { ...entry1, bmc_ip: '10.9.9.9', hostname: 'gone' };
  assert.equal(states(nodesOf([orphan])).at(-1), 'gone not-in-mapping');
});

test('a status that Omnia ignores leaves the node failed', () => {
  assert.equal(states(nodesOf([{ ...entry1, status: 'Success' }]))[3], 'cn-001 failed');
});

test('of entries that disagree, success wins as in Omnia', () => {
  assert.equal(states(nodesOf([{ ...entry1, ...success }, entry1]))[3], 'cn-001 marked');
});

test('a row that is not committed yet is new, unless it failed', () => {
  const committed = ['10.6.0.11', '10.6.0.12', '10.6.0.13'];
  assert.deepEqual(states(nodesOf([entry1], cluster, committed)), [...fine, 'cn-001 failed', 'cn-002 new']);
});

test('rows without BMC_IP never meet an entry, not even one with an empty bmc_ip', () => {
  const model = nodesOf([{ ...entry1, bmc_ip: '' }], fileOf(header, node1.replace('10.6.0.14', '')));
  assert.deepEqual(states(model), ['cn-001 unknown', 'cn-001 not-in-mapping']);
});

test('in 2.3 a row behind # that the restart stage takes for a node is one, where it stands, with its own state', () => {
  const lines = [
    header,
    node1,
    node2.replace('slurm', '#slurm'),
    '# rack 2',
    node1.replaceAll('14', '16').replace('cn-001', 'cn-003'),
  ];
  const of = (version: '2.2' | '2.3os', ...entries: EntryText[]): NodeModel =>
    new NodeModel({
      mapping: modelAt(fileOf(...lines), { version }).model,
      failed: readFailedNodesDocument(failedNodesText(...entries)),
      committed: new Set(inGit),
    });
  const model = of('2.3os', entry2);
  assert.deepEqual(states(model), ['cn-001 ok', 'cn-002 failed', 'cn-003 ok']);
  const [, behind, last] = [...model.nodes()];
  assert.deepEqual([behind?.isCommented, last?.isCommented], [true, undefined]);
  assert.equal(behind?.row?.text.FUNCTIONAL_GROUP_NAME, 'slurm_node_x86_64');
  assert.deepEqual([model.retried(), model.planOne('10.6.0.15')?.action], [['10.6.0.15'], 'boot']);
  assert.deepEqual(states(of('2.3os', { ...entry2, ...success })), ['cn-001 ok', 'cn-002 marked', 'cn-003 ok']);
  assert.deepEqual(states(of('2.2', entry2)), ['cn-001 ok', 'cn-003 ok', 'cn-002 not-in-mapping']);
});

test('two rows with one BMC_IP share its entry', () => {
  const model = nodesOf([entry1], fileOf(header, node1, node1.replace('cn-001', 'other')));
  assert.deepEqual(states(model), ['cn-001 failed', 'other failed']);
});

test('nodes that will be tried again are those of the mapping file that are not marked', () => {
  const model = nodesOf([entry1, { ...entry2, ...success }, { ...entry1, bmc_ip: '10.9.9.9' }]);
  assert.deepEqual(model.retried(), ['10.6.0.14']);
  assert.deepEqual(model.listed(), { failed: 2, marked: 1 });
});

test('the states of a group are counted', () => {
  const { ok, failed, marked } = nodesOf([entry1], cluster, inGit).groupCounts('grp3');
  assert.deepEqual({ ok, failed, marked }, { ok: 1, failed: 1, marked: 0 });
});

test('the model follows edits of the mapping file', () => {
  const { model } = modelAt(cluster);
  const nodes = new NodeModel({ mapping: model, failed: readFailedNodesDocument(failedNodesText(entry1)) });
  assert.equal(countStates(nodes.nodes()).failed, 1);
  model.edit({ range: { start: { line: 4, character: 0 }, end: { line: 5, character: 0 } }, newText: '' });
  const after = countStates(nodes.nodes());
  assert.deepEqual([after.failed, after['not-in-mapping']], [0, 1]);
});

test('thousands of nodes and entries are joined once each', () => {
  const count = 10_000;
  const entries = Array.from({ length: count }, (_, i) => ({
    ...entry1,
    bmc_ip: `11.20.${String(Math.floor(i / 256) % 256)}.${String(i % 256)}`,
  }));
  const counts = countStates(nodesOf(entries, largeFile(count)).nodes());
  assert.deepEqual([counts.failed, counts.unknown, counts['not-in-mapping']], [count, 3, 0]);
});
