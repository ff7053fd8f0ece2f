import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clusterLayout, clusterLayoutOf } from '@omnia-buildstream/lab/fleet/layout';
import { projectFiles, projectPaths } from '@omnia-buildstream/lab/cluster/projectFiles';
import { labVersions } from '@omnia-buildstream/core/lab/connection';
import { imageGroupOf, imagePath } from '@omnia-buildstream/lab/cluster/imageGroups';
import { labKinds } from '@omnia-buildstream/lab/cluster/kinds';
import { ImageServer } from '@omnia-buildstream/lab/cluster/imageServer';
import { ControlServer, type LabNodeView } from '@omnia-buildstream/lab/control/controlServer';
import { MovableClock } from '@omnia-buildstream/engine/time/movableClock';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { OimFaults } from '@omnia-buildstream/lab/oim/faults';
import { VirtualClock } from '../../support/engine/virtualClock.ts';
import { labClient, quickLab } from '../../support/lab.ts';
import { folderOf } from '../../support/cli/files.ts';
import { runCli } from '../../support/cli/runCli.ts';

/** Aborts nothing. */
const { signal } = new AbortController();

test('the project of the lab has nothing that its Omnia would object to, with the spare nodes and without', async (t) => {
  for (const omnia of labVersions) {
    const lab = await quickLab({ size: 63, layout: clusterLayoutOf(labKinds[omnia]) });
    await lab.stop();
    const files = projectFiles(lab, { spare: 3, afterPassed: 'refused', omnia });
    const place = projectPaths(omnia).mapping;
    const mapping = files[place] ?? '';
    assert.equal(mapping + (files['practice/new_nodes.csv'] ?? ''), lab.mappingFile);
    for (const text of [mapping, lab.mappingFile]) {
      const cwd = folderOf(t, { ...files, [place]: text });
      assert.deepEqual(await findings(place, cwd), [omnia === '2.3' ? '2.3os' : omnia]);
    }
  }
});

test('a cluster is of a version that it knows', async (t) => {
  const cwd = folderOf(t, {});
  const { code, stderr } = await runCli(['lab', 'cluster', '--omnia', 'next'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /--omnia cannot be "next": use one of 2\.2, 2\.3\./);
});

test('the practice file has six kinds of mistakes', async (t) => {
  const lab = await quickLab({ size: 63, layout: clusterLayout });
  await lab.stop();
  const [, ...codes] = await findings(
    'practice/pxe_mapping_file.csv',
    folderOf(t, projectFiles(lab, { spare: 3, afterPassed: 'refused' })),
  );
  const kinds = [
    'bad-mac',
    'dup-admin-ip',
    'bad-hostname',
    'dup-bmc-ip',
    'unknown-functional-group',
    'parent-not-kube-node',
  ];
  assert.deepEqual(
    kinds.filter((code) => !codes.includes(code)),
    [],
  );
});

/** The Omnia version for which a file is checked, and the codes of its findings. */
async function findings(file: string, cwd: string): Promise<string[]> {
  const { stdout } = await runCli(['validate', file, '--format', 'json'], { cwd });
  const { files } = JSON.parse(stdout) as { files: { omnia: string; findings: { code: string }[] }[] };
  return files.flatMap(({ omnia, findings: list }) => [omnia, ...list.map(({ code }) => code)]);
}

test('the image server has the files of its images and no others', async (t) => {
  const server = await ImageServer.start([imagePath('g1', 'slurm_node_x86_64')]);
  t.after(() => server.close());
  const [image] = imageGroupOf('g1', { roles: ['slurm_node_x86_64'], server: server.origin, jobId: 'j' }).images;
  assert.ok(image?.boot);
  assert.equal((await fetch(image.boot.kernel, { method: 'HEAD' })).status, 200);
  assert.equal((await fetch(image.boot.kernel.replace('slurm_node', 'os'), { method: 'HEAD' })).status, 404);
});

test('a broken BMC is repaired while the lab runs', async (t) => {
  const lab = await quickLab({ size: 2, faultsOf: (index) => ({ unreachable: index === 1 }) });
  t.after(() => lab.stop());
  const address = lab.bmcs[1]?.node.address ?? '';
  const client = labClient(lab);
  await assert.rejects(client.connect(address).reach(signal), /./);
  await lab.fleet.repair(address);
  assert.equal((await client.connect(address).reach(signal)).vendor, 'Dell');
});

test('after a repair the right password is taken again, although the BMC had locked us out', async (t) => {
  const lab = await quickLab({ faultsOf: () => ({ wrongPassword: true }), lockOutAfter: 1 });
  t.after(() => lab.stop());
  const address = lab.bmcs[0]?.node.address ?? '';
  await assert.rejects(labClient(lab).connect(address).login(signal), { reason: 'unauthorized' });
  await lab.fleet.repair(address);
  const connection = labClient(lab).connect(address);
  await connection.login(signal);
  await connection.close();
});

test('a node that nobody has a boot configuration for does not come up', async (t) => {
  const known = new Set<string>();
  const clock = new VirtualClock();
  const lab = await quickLab({
    clock,
    isOn: () => false,
    bootConfig: ({ hostname }) => Promise.resolve(known.has(hostname) ? 'img' : undefined),
  });
  t.after(() => lab.stop());
  const [bmc] = lab.bmcs;
  assert.ok(bmc);
  bmc.bootByHand();
  await clock.sleep(100);
  assert.equal(bmc.isRunning, false);
  known.add(bmc.node.hostname);
  bmc.bootByHand();
  await clock.sleep(100);
  assert.equal(bmc.isRunning, true);
  assert.deepEqual(bmc.record.images, ['img']);
});

test('nodes are looked at, repaired and booted by hand, with the token only', async (t) => {
  const lab = await quickLab({ size: 2, isOn: () => false, faultsOf: () => ({ unreachable: true }) });
  const clock = new MovableClock(systemClock);
  const oimFaults = new OimFaults();
  const control = await ControlServer.start({ fleet: lab.fleet, clock, oimFaults }, 'secret');
  t.after(async () => {
    await control.close();
    await lab.stop();
  });
  const ask = (path: string, method: string, token = 'secret'): Promise<Response> =>
    fetch(`${control.origin}${path}`, { method, headers: { authorization: `Bearer ${token}` } });
  assert.equal((await ask('/nodes', 'GET', 'wrong')).status, 401);
  const nodes = (await (await ask('/nodes', 'GET')).json()) as LabNodeView[];
  assert.deepEqual(
    nodes.map(({ isRunning, isFaulty }) => [isRunning, isFaulty]),
    [
      [false, true],
      [false, true],
    ],
  );
  const address = nodes[1]?.bmcIp ?? '';
  const booted = (await (await ask(`/nodes/${address}/boot`, 'POST')).json()) as LabNodeView;
  assert.deepEqual([booted.isRunning, booted.isFaulty], [true, true]);
  const repaired = (await (await ask(`/nodes/${address}/repair`, 'POST')).json()) as LabNodeView;
  assert.equal(repaired.isFaulty, false);
  assert.equal((await ask('/nodes/127.0.0.9/boot', 'POST')).status, 404);
  assert.equal((await ask(`/nodes/${address}/off`, 'POST')).status, 404);
  const nap = clock.sleep(3_600_000);
  assert.equal((await ask('/clock/pass/3600000', 'POST', 'wrong')).status, 401);
  assert.equal((await ask('/clock/pass/-1', 'POST')).status, 404);
  assert.equal((await ask('/clock/pass/3600000', 'POST')).status, 200);
  await nap;
  const fault = { on: 'GET /health', kind: 'internal-error', when: 'before', times: 2 };
  const give = (body: string): Promise<Response> =>
    fetch(`${control.origin}/api/faults`, { method: 'POST', headers: { authorization: 'Bearer secret' }, body });
  assert.equal((await give('no fault')).status, 422);
  assert.equal((await give(JSON.stringify(fault))).status, 200);
  assert.deepEqual(
    oimFaults.take('GET /health').map(({ kind }) => kind),
    ['internal-error'],
  );
  assert.equal((await ask('/api/faults', 'DELETE')).status, 200);
  assert.deepEqual(oimFaults.take('GET /health'), []);
});
