import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bmcPage } from '@omnia-buildstream/client/nodes/bmcAddress';
import { countOf, nodeContext, nodeDescription, nodeName, stateIcon } from '@omnia-buildstream/client/nodes/nodeLook';
import { nodeMarks } from '@omnia-buildstream/client/pages/fleetMap/marks';
import { nodeStates } from '@omnia-buildstream/core/nodes/nodeState';
import { nodeInfo } from '../../support/nodeInfo.ts';

test('every state has a shape of its own, so that nobody needs to tell colours apart', () => {
  assert.equal(new Set(nodeMarks.map((mark) => stateIcon(mark).codicon)).size, nodeMarks.length);
  assert.ok(nodeStates.every((state) => nodeMarks.includes(state)));
});

test('a node is called by its hostname, else by what is known of it', () => {
  assert.equal(nodeName(nodeInfo(1)), 'node1');
  assert.equal(nodeName(nodeInfo(1, { hostname: '' })), '172.17.107.1');
  assert.equal(nodeName(nodeInfo(1, { hostname: '', bmcIp: '' })), 'TAG0001');
  assert.equal(nodeName(nodeInfo(1, { hostname: '', bmcIp: '', serviceTag: '' })), '?');
});

test('the description has what is so, each fact short and on one line', () => {
  assert.equal(nodeDescription(['ok', '', 'power: on']), 'ok · power: on');
  const long = nodeDescription(['failed', `a\n${'b'.repeat(200)}`]);
  assert.match(long, /^failed · a b+…$/);
  assert.ok(long.length < 100);
});

test('the menus know what can be done with a node', () => {
  assert.equal(nodeContext(nodeInfo(1)), 'node hasRow hasBmc');
  assert.equal(nodeContext(nodeInfo(1, { state: 'failed', entry: 3 })), 'node hasRow hasEntry hasBmc markable');
  assert.equal(nodeContext(nodeInfo(1, { state: 'marked', entry: 3 })), 'node hasRow hasEntry hasBmc unmarkable');
  const orphan = {
    hostname: 'lost',
    role: '',
    group: '',
    bmcIp: '',
    serviceTag: '',
    state: 'not-in-mapping',
    entry: 3,
  } as const;
  assert.equal(nodeContext(orphan), 'node hasEntry');
});

test('nodes are counted by state', () => {
  assert.equal(countOf([nodeInfo(1), nodeInfo(2, { state: 'failed' })], 'failed'), 1);
});

test('only an IPv4 address becomes the page of a BMC', () => {
  assert.equal(bmcPage('172.17.107.44'), 'https://172.17.107.44/');
  assert.equal(bmcPage(' 172.17.107.44 '), 'https://172.17.107.44/');
  for (const text of ['', 'evil.example/', '172.17.107.44@evil.example', '1.2.3', '01.2.3.4']) {
    assert.equal(bmcPage(text), undefined, text);
  }
});
