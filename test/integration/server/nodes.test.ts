import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RowsInventory } from '@omnia-buildstream/core/nodes/inventoryRows';
import type { TextEdit } from '@omnia-buildstream/core/text/position';
import type { RowRemoval } from '@omnia-buildstream/core/nodes/removeRows';
import type {
  MarkNodes,
  NodeList,
  NodeMarks,
  NodePlaces,
  PlanParams,
  PlanResult,
  RemoveNodes,
} from '@omnia-buildstream/server/protocol';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { ServerClock } from '@omnia-buildstream/server/clock';
import { machineClock } from '@omnia-buildstream/server/node/machineClock';
import { newsIntervalMs } from '@omnia-buildstream/server/nodes/nodeNews';
import { cluster, largeFile } from '../../support/cluster.ts';
import { bothFailed, entry1, entry2, failedNodesText } from '../../support/failedNodesText.ts';
import { applyEdits } from '../../support/textEdits.ts';
import { type Editor, failedUri, mappingUri, show, startEditor, workspace } from './harness.ts';

const inputUri = `${workspace}/input/pxe_mapping_file.csv`;
const files = { [inputUri]: cluster, [failedUri]: bothFailed };

const nodes = (editor: Editor, uri?: string): Promise<NodeList | null> =>
  editor.connection.sendRequest('buildstream/nodes', uri === undefined ? {} : { uri });
const plan = (editor: Editor, params: PlanParams): Promise<PlanResult | null> =>
  editor.connection.sendRequest('buildstream/plan', params);
const askToMark = (editor: Editor, params: MarkNodes): Promise<NodeMarks> =>
  editor.connection.sendRequest('buildstream/markNodes', params);
const mark = async (editor: Editor, params: MarkNodes): Promise<readonly TextEdit[]> =>
  (await askToMark(editor, params)).edits;
const remove = (editor: Editor, params: RemoveNodes): Promise<RowRemoval | null> =>
  editor.connection.sendRequest('buildstream/removeNodes', params);

test('nodes become an inventory for Omnia, with how it is run; what cannot stand in one is refused', async (t) => {
  const editor = await startEditor(t, { files });
  const ask = (seen: RemoveNodes['nodes'], uri = inputUri): Promise<RowsInventory | null> =>
    editor.connection.sendRequest('buildstream/inventory', { uri, nodes: seen });
  const made = await ask([{ row: 4, bmcIp: '10.6.0.14', hostname: 'cn-001' }]);
  assert.ok(made?.refused === null);
  assert.match(made.text, /^BMC_IP,ADMIN_IP,HOSTNAME,SERVICE_TAG\n10\.6\.0\.14,[\d.]+,cn-001,COMP001\n$/);
  assert.equal(made.count, 1);
  assert.match(made.howTo, /-e pxeboot_inventory=FILE/);
  assert.match((await ask([{ row: 4, bmcIp: '10.6.0.99', hostname: 'gone' }]))?.refused ?? '', /would be empty/);
  assert.equal(await ask([], `${workspace}/none.csv`), null);
  const odd = await startEditor(t, { files: { [inputUri]: cluster.replace('COMP001', '{{x}}') } });
  const refused: RowsInventory = await odd.connection.sendRequest('buildstream/inventory', {
    uri: inputUri,
    nodes: [{ row: 4, bmcIp: '10.6.0.14', hostname: 'cn-001' }],
  });
  assert.match(refused.refused ?? '', /SERVICE_TAG "\{\{x\}\}" is not allowed in an inventory/);
});

test('nodes are listed with what both files say of them', async (t) => {
  const editor = await startEditor(t, { files });
  await editor.commit(inputUri, cluster);
  const list = await nodes(editor, failedUri);
  assert.ok(list);
  assert.deepEqual([list.mappingUri, list.failedUri], [inputUri, failedUri]);
  assert.deepEqual([list.jobId, list.timestamp], ['018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10', '2026-04-10T16:32:15Z']);
  assert.deepEqual([list.counts.failed, list.counts.ok, list.retried], [2, 3, 2]);
  assert.deepEqual(list.nodes[3], {
    hostname: 'cn-001',
    role: 'slurm_node_x86_64',
    group: 'grp3',
    bmcIp: '10.6.0.14',
    adminIp: '10.5.0.14',
    serviceTag: 'COMP001',
    parentServiceTag: 'KNODE01',
    state: 'failed',
    since: '2026-04-10T16:32:15Z',
    message: entry1.message,
    cause: 'not-ready',
    causeTitle: 'iDRAC is not ready',
    advice:
      'Wait until the Lifecycle Controller is ready, clear its job queue, check credentials and network; then retry.',
    row: 4,
    entry: 7,
  });
  assert.equal(list.nodes[0]?.since, list.timestamp, 'no failure is reported as of the list');
  assert.deepEqual(await nodes(editor), list);
  assert.deepEqual(await nodes(editor, inputUri), list);
});

test('in 2.3 a node behind # is listed as one that the restart stage does not leave out', async (t) => {
  const wide = cluster
    .trimEnd()
    .split('\n')
    .map((line, at) => (at === 0 ? `${line},IB_NIC_NAME,IB_IP` : `${line},,`));
  const text = wide.map((line) => (line.includes('cn-001') ? `# ${line}` : line)).join('\n');
  const uri = `${workspace}/input/orchestrator/pxe_mapping_file.csv`;
  const editor = await startEditor(t, { files: { [uri]: text, [failedUri]: bothFailed } });
  const list = await nodes(editor, uri);
  const [behind, next] = list?.nodes.slice(3) ?? [];
  assert.deepEqual(
    [behind?.hostname, behind?.role, behind?.isCommented, behind?.state, behind?.row],
    ['cn-001', 'slurm_node_x86_64', true, 'failed', 4],
  );
  assert.deepEqual([next?.hostname, next?.isCommented, list?.retried], ['cn-002', undefined, 2]);
});

test('without any file there are no nodes', async (t) => {
  const editor = await startEditor(t);
  assert.equal(await nodes(editor), null);
});

test('an unsaved text counts before the one on disk', async (t) => {
  const editor = await startEditor(t, { files });
  await editor.openFailedNodes(failedNodesText({ ...entry1, status: 'success' }));
  const list = await nodes(editor);
  assert.deepEqual([list?.counts.failed, list?.counts.marked], [0, 1]);
  await editor.close(failedUri);
  assert.equal((await nodes(editor))?.counts.failed, 2);
});

/** The files that the stage engine leaves after a run of the cluster in which these nodes failed. */
function leftByEngine(
  failed: readonly string[],
  { afterList, end = true, folder = engineFolder }: { afterList?: string; end?: boolean; folder?: string } = {},
) {
  const rows = targetsOf(cluster, '2.2');
  const at = '2026-04-10T16:00:00Z';
  const begin = { type: 'begin', at, run: 'r', jobId: 'j', imageGroup: 'G', afterList };
  const results = rows.map(({ bmcIp, hostname, serviceTag }) => {
    const failure = failed.includes(hostname) ? { failure: 'not-ready' as const, message: 'iDRAC is not ready' } : {};
    return { type: 'result', at, bmcIp, hostname, serviceTag, message: '', ...failure };
  });
  const lines = [begin, ...results, ...(end ? [{ type: 'end', at }] : [])];
  const state = {
    updated_at: at,
    previous_inventory: { nodes: rows.map(({ bmcIp, hostname }) => ({ bmc_ip: bmcIp, hostname })) },
    booted_nodes: rows
      .filter(({ hostname }) => end && !failed.includes(hostname))
      .map(({ bmcIp, hostname }) => ({ bmc_ip: bmcIp, hostname, booted_at: at })),
  };
  const entries = rows.filter(({ hostname }) => end && failed.includes(hostname));
  const list = entries.map(({ bmcIp, hostname }) => ({
    bmc_ip: bmcIp,
    hostname,
    status: 'failed',
    message: 'iDRAC is not ready',
  }));
  return {
    [`${folder}/restart_journal.ndjson`]: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    [`${folder}/restart_state.json`]: JSON.stringify(state),
    [`${folder}/failed_nodes.json`]: JSON.stringify({ job_id: 'j', timestamp: at, failed_nodes: list }),
  };
}

const engineFolder = `${workspace}/.buildstream/restart`;

test('what the stage engine booted and failed to boot is in the nodes and in the plan, without any list of Omnia', async (t) => {
  const editor = await startEditor(t, { files: { [inputUri]: cluster, ...leftByEngine(['cn-001']) } });
  const list = await nodes(editor, inputUri);
  assert.deepEqual([list?.counts.booted, list?.counts.failed, list?.nodes[3]?.message], [4, 1, 'iDRAC is not ready']);
  const shown = await plan(editor, { mappingUri: inputUri });
  assert.deepEqual([shown?.basis, shown?.boot, shown?.counts], ['state', 1, { booted: 4, failed: 1 }]);
});

for (const [stateFolder, folder] of [
  ['state/pxe', `${workspace}/state/pxe`],
  [' ../beside/ ', new URL('../beside', `${workspace}/`).href],
  ['/elsewhere/a folder', 'file:///elsewhere/a%20folder'],
  ['', engineFolder],
] as const) {
  test(`the state folder of the settings counts: "${stateFolder}"`, async (t) => {
    const settings = { engine: { stateFolder } };
    const left = leftByEngine(['cn-001'], { folder });
    const editor = await startEditor(t, { files: { [inputUri]: cluster, ...left }, settings });
    const list = await nodes(editor, inputUri);
    assert.deepEqual([list?.counts.booted, list?.counts.failed], [4, 1]);
    assert.deepEqual((await plan(editor, { mappingUri: inputUri }))?.counts, { booted: 4, failed: 1 });
    const own = await plan(editor, { mappingUri: inputUri, failedUri: `${folder}/failed_nodes.json` });
    assert.equal(own?.basis, 'state', 'the list in it is no list of Omnia');
  });
}

test('all nodes are green, and the plan boots none of them; that of a list from before the run is history', async (t) => {
  const afterList = '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10 2026-04-10T16:32:15Z';
  const editor = await startEditor(t, { files: { ...files, ...leftByEngine([], { afterList }) } });
  assert.equal((await nodes(editor, inputUri))?.counts.booted, 5);
  assert.equal((await plan(editor, { mappingUri: inputUri }))?.boot, 0);
});

test('a failure that Omnia wrote after the run from here is no green node, and is planned', async (t) => {
  const editor = await startEditor(t, { files: { ...files, ...leftByEngine([], { afterList: 'none' }) } });
  const list = await nodes(editor, inputUri);
  assert.deepEqual([list?.counts.booted, list?.counts.failed], [3, 2]);
  assert.equal((await plan(editor, { mappingUri: inputUri }))?.boot, 2);
});

test('a run of another window or terminal is seen node by node while it goes on', async (t) => {
  const editor = await startEditor(t, { files: { [inputUri]: cluster } });
  assert.equal((await nodes(editor, inputUri))?.counts.unknown, 5);
  for (const [uri, text] of Object.entries(leftByEngine(['cn-001'], { end: false }))) {
    const before = editor.nodesChanges.length;
    await editor.writeToDisk(uri, text);
    assert.equal(await editor.until(() => editor.nodesChanges[before]?.mappingUri), inputUri);
  }
  const list = await nodes(editor, inputUri);
  assert.deepEqual([list?.counts.booted, list?.counts.failed], [4, 1]);
});

test('a row that git does not have is new', async (t) => {
  const editor = await startEditor(t, { files });
  await editor.commit(inputUri, cluster.split('\n').slice(0, 3).join('\n'));
  assert.equal((await nodes(editor))?.counts.new, 1);
});

test('the client hears of every change, also on disk', async (t) => {
  const editor = await startEditor(t, { files });
  const heard = async (change: Promise<unknown>): Promise<unknown> => {
    const before = editor.nodesChanges.length;
    await change;
    return editor.until(() => editor.nodesChanges[before]?.mappingUri);
  };
  assert.equal(await heard(editor.openFailedNodes(bothFailed)), inputUri);
  assert.equal(await heard(editor.replace('failed"', 'success"', failedUri)), inputUri);
  assert.equal(await heard(editor.commit(failedUri, bothFailed)), inputUri);
  assert.equal(await heard(editor.open(cluster)), mappingUri);
  assert.equal(await heard(editor.replace('cn-001', 'cn-009')), mappingUri);
  assert.equal(await heard(editor.writeToDisk(inputUri, cluster)), inputUri);
  await editor.until(() => (editor.lensRefreshes > 0 ? true : undefined));
});

test('many keystrokes are told once', async (t) => {
  // The intervals end when the test says so.
  const due: (() => void)[] = [];
  const clock: ServerClock = {
    now: () => machineClock.now(),
    worked: () => machineClock.worked(),
    after: (delayMs, work) => {
      if (delayMs !== newsIntervalMs) return machineClock.after(delayMs, work);
      due.push(work);
      return { dispose: () => undefined };
    },
  };
  const editor = await startEditor(t, { files, clock });
  await editor.open(cluster, inputUri);
  for (let i = 0; i < 20; i++) await editor.replace('cn-001', 'cn-001', inputUri);
  await editor.diagnostics(inputUri);
  for (const tell of due.splice(0)) tell();
  await editor.until(() => editor.nodesChanges[0]);
  assert.equal(editor.nodesChanges.length, 1);
  await editor.replace('cn-001', 'cn-001', inputUri);
  await editor.diagnostics(inputUri);
  assert.equal(due.length, 1, 'the next change begins another interval');
});

test('ten thousand nodes are listed with their entries', async (t) => {
  const editor = await startEditor(t, { files: { [inputUri]: largeFile(10_000), [failedUri]: bothFailed } });
  const list = await nodes(editor);
  assert.equal(list?.nodes.length, 10_005);
  assert.equal(list.counts['not-in-mapping'], 2);
});

test('a node is found in both files', async (t) => {
  const editor = await startEditor(t, { files });
  const places: NodePlaces = await editor.connection.sendRequest('buildstream/locateNode', {
    uri: failedUri,
    bmcIp: '10.6.0.14',
  });
  assert.deepEqual([places.mapping?.uri, places.failed?.uri], [inputUri, failedUri]);
  assert.ok(places.mapping && places.failed);
  assert.deepEqual([show(places.mapping.range), show(places.failed.range)], ['4:92-4:101', '8:22-8:33']);
  const none = await editor.connection.sendRequest('buildstream/locateNode', { uri: failedUri, bmcIp: 'x' });
  assert.deepEqual(none, { mapping: null, failed: null });
});

test('nodes are marked by address, by cause and all, in an open file or a closed one', async (t) => {
  const editor = await startEditor(t, { files });
  const all = await mark(editor, { uri: failedUri, bmcIps: 'all', status: 'success' });
  assert.equal(applyEdits(bothFailed, all), bothFailed.replaceAll('"failed"', '"success"'));
  await editor.openFailedNodes(bothFailed);
  const second = failedNodesText(entry1, { ...entry2, status: 'success' });
  for (const bmcIps of [['10.6.0.15'], { cause: 'unreachable' }] as const) {
    assert.equal(applyEdits(bothFailed, await mark(editor, { uri: failedUri, bmcIps, status: 'success' })), second);
  }
  assert.deepEqual(await mark(editor, { uri: failedUri, bmcIps: 'all', status: 'failed' }), []);
  assert.deepEqual(await mark(editor, { uri: `${workspace}/none.json`, bmcIps: 'all', status: 'failed' }), []);
});

test('between the marks of a merge nothing is marked or removed, and the reason is told', async (t) => {
  const conflicted = ['<<<<<<< HEAD', '=======', '>>>>>>> theirs'];
  const list = bothFailed.replace('[', `[\n${conflicted.join('\n')}`);
  const editor = await startEditor(t, {
    files: { [inputUri]: `${cluster}\n${conflicted.join('\n')}\n`, [failedUri]: list },
  });
  const { edits, refused } = await askToMark(editor, { uri: failedUri, bmcIps: 'all', status: 'success' });
  assert.deepEqual(edits, []);
  assert.match(refused ?? '', /a merge left a conflict in line \d+/);
  const removal = await remove(editor, { uri: inputUri, nodes: [{ row: 4, bmcIp: '10.6.0.14', hostname: 'cn-001' }] });
  assert.deepEqual(removal?.edits, []);
  assert.match(removal.refused ?? '', /A merge left conflicts in the mapping file/);
});

test('a conflict in either file alone keeps marks away', async (t) => {
  const conflicted = ['<<<<<<< HEAD', '=======', '>>>>>>> theirs'].join('\n');
  const list = bothFailed.replace('[', `[\n${conflicted}\n`);
  for (const [mapping, failed, why] of [
    [`${cluster}\n${conflicted}\n`, bothFailed, /A merge left conflicts in the mapping file/],
    [cluster, list, /a merge left a conflict in line \d+/],
  ] as const) {
    const editor = await startEditor(t, { files: { [inputUri]: mapping, [failedUri]: failed } });
    const { edits, refused } = await askToMark(editor, { uri: failedUri, bmcIps: 'all', status: 'success' });
    assert.deepEqual(edits, []);
    assert.match(refused ?? '', why);
  }
});

test('a Slurm node is removed with the sentence of what the next deploy does to it, others with another', async (t) => {
  const editor = await startEditor(t, { files });
  const all = (await nodes(editor))?.nodes ?? [];
  const seen = all.map(({ row = -1, bmcIp, hostname }) => ({ row, bmcIp, hostname }));
  const removal = await remove(editor, { uri: inputUri, nodes: seen.slice(3, 4) });
  assert.equal(removal?.count, 1);
  assert.equal(applyEdits(cluster, removal.edits), cluster.split('\n').toSpliced(4, 1).join('\n'));
  assert.match(removal.consequences[0] ?? '', /cn-001\. The next deploy drains .* cancels their jobs .* DOWN/);
  const other = await remove(editor, { uri: inputUri, nodes: seen.slice(0, 1) });
  assert.match(
    other?.consequences.join(' ') ?? '',
    /To leave a node out of one run, keep its row and mark it as booted/,
  );
  assert.doesNotMatch(other?.consequences.join(' ') ?? '', /drains/);
  assert.equal(await remove(editor, { uri: `${workspace}/none.csv`, nodes: [] }), null);
});

test('the plan tells what the restart stage would do, and on what that rests', async (t) => {
  const editor = await startEditor(t, { files });
  const untold = await plan(editor, { failedUri });
  assert.deepEqual([untold?.basis, untold?.counts], ['list-only', { 'not-known': 3, failed: 2 }]);
  await editor.commit(inputUri, cluster);
  const made = await plan(editor, { failedUri });
  assert.ok(made);
  assert.deepEqual([made.mappingUri, made.failedUri, made.basis], [inputUri, failedUri, 'assumed']);
  assert.deepEqual([made.boot, made.total, made.counts], [2, 5, { booted: 3, failed: 2 }]);
  assert.match(made.markdown, /2 of 5 nodes will be PXE\\-booted/);
  const { hostname, action, reason, message, row } = made.nodes[3] ?? {};
  assert.deepEqual([hostname, action, reason, message, row], ['cn-001', 'boot', 'failed', entry1.message, 4]);
});

test('the plan follows what is committed and what the user marks', async (t) => {
  const editor = await startEditor(t, { files });
  await editor.openFailedNodes(bothFailed);
  await editor.replace('"failed"', '"success"', failedUri);
  await editor.commit(inputUri, cluster.split('\n').slice(0, 2).join('\n'));
  const made = await plan(editor, { mappingUri: inputUri, imageGroup: 'hpc-1' });
  assert.deepEqual(made?.counts, { booted: 1, new: 2, marked: 1, failed: 1 });
  assert.match(made.markdown, /hpc\\-1/);
});

test('a state that the client has is used', async (t) => {
  const editor = await startEditor(t, { files });
  const restartStateText = JSON.stringify({ booted_nodes: [{ bmc_ip: '10.6.0.14' }] });
  const made = await plan(editor, { mappingUri: inputUri, restartStateText });
  assert.deepEqual([made?.basis, made?.boot], ['state', 4]);
});

test('without a list of failed nodes nobody knows what is booted; without a mapping file there is no plan', async (t) => {
  const editor = await startEditor(t, { files: { [inputUri]: cluster } });
  assert.deepEqual(
    (({ basis, boot, failedUri: uri }) => [basis, boot, uri])((await plan(editor, {})) ?? assert.fail()),
    ['not-known', 5, null],
  );
  const empty = await startEditor(t);
  assert.equal(await plan(empty, {}), null);
});

test('a list that would fail the stage is told instead of a plan', async (t) => {
  const editor = await startEditor(t, { files: { ...files, [failedUri]: failedNodesText({ status: 'failed' }) } });
  const made = await plan(editor, {});
  assert.deepEqual([made?.basis, made?.boot, made?.nodes], [null, 0, []]);
  assert.match(made?.markdown ?? '', /entry 1 has no bmc\\_ip/);
});
