import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { readLabConnection } from '@omnia-buildstream/core/lab/connection';
import { parseLabOptions } from '@omnia-buildstream/cli/lab/options';
import { startFailure } from '@omnia-buildstream/cli/lab/place';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { AddressInUse } from '@omnia-buildstream/lab/net/listen';
import { LabNetwork } from '@omnia-buildstream/lab/net/network';
import { folderOf } from '../../support/cli/files.ts';
import { runCli } from '../../support/cli/runCli.ts';
import { firstBmc, labClient, labPassword, labUser, quickLab, quietNetwork, reportOf } from '../../support/lab.ts';
import { startSmallCluster } from '../../support/smallCluster.ts';

const signal = new AbortController().signal;

async function listening(t: TestContext, host: string, port = 0): Promise<number> {
  const server: Server = createServer().listen(port, host);
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A network that no lab uses now, far from those of other labs, which start with the first. */
async function freeNetwork(): Promise<number> {
  const from = 120 + 2 * (process.pid % 50);
  const network = await LabNetwork.take({ nodes: 1, octet: undefined, from });
  await network.release();
  return network.octet;
}

async function refusal(start: () => Promise<Lab>): Promise<AddressInUse> {
  const error: unknown = await start().then(
    async (lab) => {
      await lab.stop();
      return 'it started';
    },
    (cause: unknown) => cause,
  );
  assert.ok(error instanceof AddressInUse, String(error));
  return error;
}

suite('labs side by side', () => {
  test('three clusters at once have nothing in common, and each restarts its own nodes', async (t) => {
    const parent = folderOf(t, {});
    const folders = ['one', 'two', 'three'].map((name) => path.join(parent, name));
    const clusters = await Promise.all(folders.map((folder) => startSmallCluster(folder)));
    t.after(() => Promise.all(clusters.map((cluster) => cluster.close())));

    const addresses = clusters.flatMap(({ lab }) => lab.bmcs.flatMap(({ node }) => [node.address, node.adminIp]));
    assert.equal(new Set(addresses).size, addresses.length);
    const origins = clusters.flatMap(({ connection: { gitlab, api, control } }) => [gitlab.url, api.url, control.url]);
    assert.equal(new Set(origins).size, origins.length);

    for (const [index, { connection, lab }] of clusters.entries()) {
      const file = path.join(folders[index] ?? '', 'lab.json');
      assert.deepEqual(readLabConnection(await readFile(file, 'utf8')), { value: connection });
      assert.equal(connection.bmc.port, lab.port);
      assert.equal(connection.report, reportOf(lab));
      assert.deepEqual(connection.ports, lab.ports);
    }

    // Restarts a different node in each cluster, at the same time.
    const nodes = ['slurm-node1', 'slurm-node2', 'slurm-node3'];
    await Promise.all(
      clusters.map(async ({ connection: { bmc, report }, lab }, index) => {
        const [node = '', folder = ''] = [nodes[index], folders[index]];
        const cwd = folderOf(t, { 'mapping.csv': lab.mappingFile });
        const booted = await runCli(['lab', 'boot', node, '--folder', folder, '--yes'], { cwd });
        assert.equal(booted.stdout, `Booted by hand: ${node}\n`);
        const access = ['--bmc-port', String(bmc.port), '--ca', bmc.caFile, '--report', report];
        const what = ['--mapping', 'mapping.csv', '--image', 'any', '--nodes', node, '--yes'];
        const env = { BUILDSTREAM_BMC_USER: bmc.user, BUILDSTREAM_BMC_PASSWORD: bmc.password };
        // No boot configuration was written for the node, so it does not report.
        await runCli(['run', 'restart', ...what, ...access, '--limit', 'report=0.01'], { cwd, env });
      }),
    );
    const reset = clusters.map(({ lab }) => lab.bmcs.filter(({ record }) => record.resetsCarriedOut > 0));
    assert.deepEqual(
      reset.map((bmcs) => bmcs.map(({ node }) => node.hostname)),
      nodes.map((node) => [node]),
    );
  });

  test('a network that another lab has is refused when it is named, and never taken otherwise', async (t) => {
    const lab = await quickLab();
    t.after(() => lab.stop());
    const { octet } = lab.network;
    assert.match((await refusal(() => quickLab({ network: octet }))).message, /^127\.\d+\.255\.252:\d+ is in use$/);
    await refusal(() => quickLab({ network: octet + 1 }));
    const others = await Promise.all(Array.from({ length: 5 }, () => quickLab()));
    t.after(() => Promise.all(others.map((other) => other.stop())));
    const octets = [lab, ...others].map(({ network }) => network.octet);
    assert.equal(new Set(octets).size, octets.length);
  });

  test('an address that something else has: refused when its network was named, otherwise the next network', async (t) => {
    const octet = await freeNetwork();
    const port = await listening(t, `127.${String(octet)}.1.2`);
    const fixed = { network: octet, port, size: 2 };
    const error = await refusal(() => quickLab(fixed));
    assert.equal(error.message, `127.${String(octet)}.1.2:${String(port)} is in use`);
    const words = startFailure(error, '').message;
    assert.match(words, /address 127\.\d+\.1\.2:\d+ is in use\. .*Select another, or leave the option out/);

    const elsewhere = await quickLab({ network: octet, size: 2 });
    t.after(() => elsewhere.stop());
    assert.notEqual(elsewhere.port, port);
  });

  test('a port that is taken at the same address everywhere moves the lab on, as long as nobody named the network', async (t) => {
    const { network, port } = await quietNetwork();
    t.after(() => network.release());
    const first = await quickLab();
    const { octet } = first.network;
    await first.stop();
    await listening(t, `127.${String(octet)}.1.1`, port);
    const lab = await quickLab({ port });
    t.after(() => lab.stop());
    assert.notEqual(firstBmc(lab), `127.${String(octet)}.1.1`);
    assert.equal(lab.port, port);
  });

  test('a program that listens at all addresses: its port is refused when named, and a usual one gives way', async (t) => {
    const taken = await listening(t, '0.0.0.0');
    await refusal(() => quickLab({ port: taken }));
    await refusal(() => quickLab({ reportPort: taken }));
    await refusal(() => quickLab({ sshPort: taken }));
    const network = await LabNetwork.take({ nodes: 1, octet: undefined });
    t.after(() => network.release());
    assert.notEqual(await network.keepUsual(taken), taken);
  });

  test('nobody takes the ports of a node that is off, and it opens them when it boots', async (t) => {
    const lab = await quickLab({ isOn: () => false, sshPort: 0 });
    t.after(() => lab.stop());
    const { ssh = 0 } = lab.ports;
    await assert.rejects(listening(t, '0.0.0.0', ssh), { code: 'EADDRINUSE' });
    await assert.rejects(listening(t, '0.0.0.0', lab.report.port), { code: 'EADDRINUSE' });
    await assert.rejects(listening(t, '0.0.0.0', lab.port), { code: 'EADDRINUSE' });
    assert.equal(await listening(t, lab.report.host, lab.report.port), lab.report.port, 'reports are heard there');
  });

  test('a stopped lab gives everything free', async () => {
    const network = await freeNetwork();
    const lab = await quickLab({ size: 3, network, sshPort: 0 });
    const { port, ports } = lab;
    await lab.stop();
    const again = await quickLab({ size: 3, network, port, sshPort: ports.ssh ?? 0 });
    const connection = labClient(again).connect(firstBmc(again));
    await connection.reach(signal);
    await connection.close();
    await again.stop();
  });
});

test('addresses and ports that make no sense are refused', async () => {
  assert.deepEqual([parseLabOptions(['--network', '127.30']).network, parseLabOptions([]).network], [30, undefined]);
  for (const args of [
    ['--network', '10.0'],
    ['--network', '127.1'],
    ['--network', '127.241'],
    ['--port', '0'],
  ]) {
    const { code, stderr } = await runCli(['lab', ...args], { env: { BUILDSTREAM_BMC_USER: labUser } });
    assert.equal(code, 2);
    assert.match(stderr, /--(?:network|port) takes/);
    assert.ok(!stderr.includes(labPassword));
  }
});
