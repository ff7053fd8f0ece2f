import assert from 'node:assert/strict';
import { test } from 'node:test';
import { branchesOf, childrenOf, filterNodes, isQuiet, pageSize } from '@omnia-buildstream/client/nodes/nodeTree';
import type { RunPhase } from '@omnia-buildstream/core/nodes/nodeFacts';
import { updateTree } from '@omnia-buildstream/client/nodes/treeUpdate';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import { nodeInfo } from '../../support/nodeInfo.ts';
import '../../support/vscode/playedVscode.ts';

const { nodesFromMenu } = await import('@omnia-buildstream/client/nodes/commandNodes');

const nodes: readonly NodeInfo[] = [
  nodeInfo(1, { group: 'grp10', state: 'ok' }),
  nodeInfo(2, { group: 'grp2', state: 'failed', message: 'iDRAC is not ready', causeTitle: 'iDRAC is not ready' }),
  nodeInfo(3, { group: 'grp10', state: 'marked', message: '' }),
  nodeInfo(4, { group: '', state: 'not-in-mapping' }),
];

function shape(by: 'group' | 'state', list = nodes): string[] {
  return branchesOf(list, by).map(({ id, nodes: members }) => [id, ...members.map((node) => node.hostname)].join(' '));
}

test('a command of a menu is about everything that is selected, each node once, also beside its group', () => {
  const [branch] = branchesOf(nodes, 'group').filter(({ id }) => id === 'group:grp10');
  assert.ok(branch !== undefined);
  const [leaf] = childrenOf(branch);
  const [other] = branchesOf(nodes, 'state');
  const told = nodesFromMenu([branch, [leaf, branch, other]])?.map(({ hostname }) => hostname);
  assert.deepEqual(told?.toSorted(), ['node1', 'node2', 'node3']);
  assert.deepEqual(nodesFromMenu([leaf]), [nodes[0]], 'what was clicked, without a selection');
  assert.equal(nodesFromMenu([]), undefined);
});

test('groups stand in natural order, and what is not in the mapping file last', () => {
  assert.deepEqual(shape('group'), ['group:grp2 node2', 'group:grp10 node1 node3', 'state:not-in-mapping node4']);
});

test('who needs attention stands first: the failed ones by cause, then what a run works on, the booted ones last', () => {
  assert.deepEqual(shape('state'), [
    'cause:iDRAC is not ready node2',
    'state:marked node3',
    'state:not-in-mapping node4',
    'state:ok node1',
  ]);
  const phases: Readonly<Record<string, RunPhase>> = { node1: 'running', node2: 'booted', node3: 'waiting' };
  const running = branchesOf(nodes, 'state', ({ hostname }) => phases[hostname]);
  assert.deepEqual(
    running.map(({ id, nodes: members }) => [id, ...members.map(({ hostname }) => hostname)].join(' ')),
    ['progress node1 node3', 'state:not-in-mapping node4', 'state:booted node2'],
  );
  const quiet = running.filter(({ name }) => isQuiet(name)).map(({ id }) => id);
  assert.deepEqual(quiet, ['state:booted']);
});

test('every word of the filter must be somewhere in what the view shows of the node, in any case', () => {
  const found = (filter: string): string[] =>
    filterNodes(nodes, filter, (state) => `<${state}>`).map(({ hostname }) => hostname);
  assert.deepEqual(found(' '), ['node1', 'node2', 'node3', 'node4']);
  assert.deepEqual(found('GRP10'), ['node1', 'node3']);
  assert.deepEqual(found('grp10 <marked>'), ['node3']);
  assert.deepEqual(found('idrac'), ['node2']);
  assert.deepEqual(found('172.17.107.4'), ['node4']);
  assert.deepEqual(found('nothing'), []);
});

test('a group of up to 500 nodes shows them, a larger one pages of 500', () => {
  const many = (count: number): NodeInfo[] => Array.from({ length: count }, (_, index) => nodeInfo(index + 1));
  const [small] = branchesOf(many(pageSize), 'group');
  assert.ok(small);
  assert.equal(childrenOf(small).length, pageSize);
  const [large] = branchesOf(many(10_000), 'group');
  assert.ok(large);
  const pages = childrenOf(large);
  assert.equal(pages.length, 20);
  assert.ok(pages.every(({ kind }) => kind === 'page'));
  const last = pages.at(-1);
  assert.ok(last?.kind === 'page');
  assert.equal(last.first, 9_501);
  assert.deepEqual(
    childrenOf(last).map(({ kind }) => kind),
    Array.from({ length: pageSize }, () => 'node'),
  );
});

test('two nodes with the same address and name have different ids', () => {
  const [branch] = branchesOf([nodeInfo(1), nodeInfo(1)], 'group');
  assert.ok(branch);
  assert.equal(new Set(childrenOf(branch).map(({ id }) => id)).size, 2);
});

test('a node that changes its state redraws its group alone', () => {
  const before = branchesOf(nodes, 'group');
  const changed = nodes.map((node) => (node.hostname === 'node2' ? { ...node, state: 'marked' as const } : node));
  const update = updateTree(before, branchesOf(changed, 'group'));
  assert.deepEqual(update.changed, [before[0]]);
  assert.equal(update.branches[0], before[0]);
  assert.equal(before[0]?.nodes[0]?.state, 'marked');
});

test('rows that only moved redraw nothing, a new group everything', () => {
  const before = branchesOf(nodes, 'group');
  const moved = nodes.map((node) => ({ ...node, row: (node.row ?? 0) + 7 }));
  assert.deepEqual(updateTree(before, branchesOf(moved, 'group')).changed, []);
  assert.equal(updateTree(before, branchesOf([...nodes, nodeInfo(5, { group: 'g' })], 'group')).changed, 'everything');
});

test('nodes have their latest lines after a refresh that redraws nothing', () => {
  const before = branchesOf(nodes, 'group');
  const moved = nodes.map((node) => ({ ...node, row: 99 }));
  const { branches } = updateTree(before, branchesOf(moved, 'group'));
  assert.equal(branches[0]?.nodes[0]?.row, 99);
});
