import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LiveNodes } from '@omnia-buildstream/client/nodes/liveNodes';
import { nodeStates, type NodeState } from '@omnia-buildstream/core/nodes/nodeState';
import type { NodeInfo, NodeList } from '@omnia-buildstream/server/protocol';
import { nodeInfo } from '../../support/nodeInfo.ts';
import '../../support/vscode/playedVscode.ts';

const { fleetOf, newsOf, sameCell } = await import('@omnia-buildstream/client/fleetMap/fleetCells');
const { nodeFace } = await import('@omnia-buildstream/client/nodes/nodeFace');

function listOf(...nodes: readonly NodeInfo[]): NodeList {
  const counts = Object.fromEntries(nodeStates.map((state) => [state, 0])) as Record<NodeState, number>;
  return { mappingUri: 'file:///m.csv', failedUri: null, jobId: null, timestamp: null, counts, retried: 0, nodes };
}

function liveNodes(): LiveNodes {
  return new LiveNodes((work) => {
    work();
  });
}

test('the map tells of each node what the Nodes view tells, also while a run goes on', () => {
  const live = liveNodes();
  const nodes = [nodeInfo(1, { state: 'failed', message: 'No power', entry: 2 }), nodeInfo(2), nodeInfo(2)];
  live.set('172.17.107.2', { phase: 'running', word: 'waiting for the node to report', message: 'port 22' });
  const fleet = fleetOf(listOf(...nodes), live);
  for (const { node, cell } of fleet) {
    const { mark, spoken, context, name } = nodeFace(node, live);
    assert.deepEqual(
      { mark, spoken, context, name },
      { mark: cell.mark, spoken: cell.spoken, context: cell.context, name: cell.name },
    );
  }
  assert.equal(fleet[0]?.cell.mark, 'failed');
  assert.equal(fleet[1]?.cell.spoken, 'node2, waiting for the node to report, port 22, slurm_node_x86_64');
  assert.equal(new Set(fleet.map(({ cell }) => cell.id)).size, nodes.length, 'rows of the same node are told apart');
});

test('nodes stand by rack, by functional group and by the node that serves them', () => {
  const kube = nodeInfo(1, {
    hostname: 'kube-node1',
    serviceTag: 'KUBE1',
    group: 'grp1',
    role: 'service_kube_node_x86_64',
  });
  const [, served, lost, bare, orphan] = fleetOf(
    listOf(
      kube,
      nodeInfo(2, { parentServiceTag: 'KUBE1' }),
      nodeInfo(3, { parentServiceTag: 'GONE' }),
      nodeInfo(4, { group: '', role: '' }),
      nodeInfo(5, { state: 'not-in-mapping', group: '', role: '' }),
    ),
    liveNodes(),
  ).map(({ cell }) => cell.sections);
  assert.deepEqual(served, { group: 'grp1', role: 'slurm_node_x86_64', parent: 'kube-node1' });
  assert.equal(lost?.parent, 'GONE');
  assert.deepEqual(bare, { group: 'Without Group', role: 'Without Functional Group', parent: 'Without Parent' });
  assert.deepEqual(new Set(Object.values(orphan ?? {})), new Set(['Not in the Mapping File']));
});

test('only what changed is sent, and all of it when nodes came, went or moved', () => {
  const live = liveNodes();
  const before = fleetOf(listOf(nodeInfo(1), nodeInfo(2)), live);
  live.set('172.17.107.2', { phase: 'running', word: 'power', message: '' });
  const now = before.map((one) => sameCell(one, live));
  const news = newsOf(before, now, '1 of 2');
  assert.equal(news.type, 'changed');
  assert.deepEqual('cells' in news && news.cells.map(({ name, mark }) => [name, mark]), [['node2', 'running']]);
  const more = fleetOf(listOf(nodeInfo(2), nodeInfo(1)), live);
  assert.equal(newsOf(now, more, '').type, 'fleet');
  assert.deepEqual(newsOf(now, now, 'x'), { type: 'changed', cells: [], progress: 'x' });
});
