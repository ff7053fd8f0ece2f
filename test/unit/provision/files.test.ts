import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { suite, test } from 'node:test';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { ProvisionError, type BootRequest } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { dnsmasqBootFile } from '@omnia-buildstream/provision/files/dnsmasqBoot';
import { FilesProvisioner } from '@omnia-buildstream/provision/files/filesProvisioner';
import { bootNode, requestFor } from '../../support/deploy/bootNodes.ts';
import { fail, MemoryFs } from '../../support/engine/memoryFs.ts';

const self = { pid: 1, startTime: '1', bootId: 'boot', namespace: 'pid:1', host: 'here' };
const boot = (fs: MemoryFs, isAlive: () => boolean = () => true) => new OwnFolder('/boot', fs.view(isAlive));
const signal = new AbortController().signal;

function filesIn(fs: MemoryFs, isAlive = false): FilesProvisioner {
  return new FilesProvisioner(boot(fs), { self, fateOf: () => (isAlive ? 'alive' : 'dead') });
}

async function changes(fs: MemoryFs, request: BootRequest): Promise<string[]> {
  return (await filesIn(fs).provision(request, signal)).map(({ node, change }) => `${node.hostname} ${change}`);
}

const reason = (expected: ProvisionError['reason']) => (error: unknown) =>
  error instanceof ProvisionError && error.reason === expected;

const request = requestFor(bootNode(1), bootNode(2));

suite('boot configuration as files', () => {
  test('is a script for each MAC, the hosts of dnsmasq, and a manifest that names both', async () => {
    const fs = new MemoryFs();
    assert.deepEqual(await changes(fs, request), ['cn-1 created', 'cn-2 created']);
    assert.deepEqual([...fs.files.keys()].sort(), [
      '/boot/04-00-00-00-01-01.ipxe',
      '/boot/04-00-00-00-01-02.ipxe',
      '/boot/dnsmasq-boot.conf',
      '/boot/dnsmasq-hosts.conf',
      '/boot/manifest.json',
    ]);
    const script = fs.files.get('/boot/04-00-00-00-01-01.ipxe') ?? '';
    const base = 'http://10.5.0.1:9000/boot-images/slurm_node_x86_64';
    assert.deepEqual(script.split('\n').slice(3), [
      ':again',
      `kernel ${base}/vmlinuz initrd=initrd root=live:${base}/rootfs console=ttyS0 || goto failed`,
      `initrd --name initrd ${base}/initrd || goto failed`,
      'boot || goto failed',
      ':failed',
      'echo cn-1: its image cannot be loaded, next try in 5 seconds',
      'imgfree',
      'sleep 5',
      'goto again',
      '',
    ]);
    assert.match(
      fs.files.get('/boot/dnsmasq-hosts.conf') ?? '',
      /^dhcp-host=04:00:00:00:01:02,set:slurm_node_x86_64,10\.5\.0\.2,cn-2$/m,
    );
    const manifest = JSON.parse(fs.files.get('/boot/manifest.json') ?? '') as { nodes: Record<string, string>[] };
    assert.deepEqual({ ...manifest, nodes: manifest.nodes.length }, { image_group_id: 'G', job_id: 'J', nodes: 2 });
    assert.deepEqual(manifest.nodes[0], {
      hostname: 'cn-1',
      mac: '04:00:00:00:01:01',
      ip: '10.5.0.1',
      role: 'slurm_node_x86_64',
      image: 'rhel10-slurm',
      script: '04-00-00-00-01-01.ipxe',
      sha256: createHash('sha256').update(script).digest('hex'),
    });
  });

  test('tells firmware by its kind what to boot, by HTTP its class and how the address is told, and iPXE its script, by TFTP from the folder', async () => {
    const fs = new MemoryFs();
    await changes(fs, request);
    const lines = fs.files.get('/boot/dnsmasq-boot.conf')?.split('\n').slice(2, -1);
    assert.deepEqual(lines, [
      'enable-tftp',
      'tftp-root=/boot',
      'dhcp-match=set:uefi-x86_64,option:client-arch,7',
      'dhcp-match=set:uefi-x86_64,option:client-arch,9',
      'dhcp-boot=tag:!ipxe,tag:uefi-x86_64,snponly.efi',
      'dhcp-match=set:uefi-aarch64,option:client-arch,11',
      'dhcp-boot=tag:!ipxe,tag:uefi-aarch64,snponly-arm64.efi',
      'dhcp-match=set:bios,option:client-arch,0',
      'dhcp-boot=tag:!ipxe,tag:bios,undionly.kpxe',
      '# UEFI HTTP boot: serve this folder by HTTP, and write beside the line that names this file:',
      '#   dhcp-boot=tag:!ipxe,tag:http-x86_64,http://ADDRESS/snponly.efi',
      '#   dhcp-boot=tag:!ipxe,tag:http-aarch64,http://ADDRESS/snponly-arm64.efi',
      'dhcp-vendorclass=set:http,HTTPClient',
      'dhcp-option-force=tag:http,60,HTTPClient',
      'dhcp-match=set:http-x86_64,option:client-arch,16',
      'dhcp-match=set:http-aarch64,option:client-arch,19',
      'dhcp-match=set:ipxe,175',
      'dhcp-boot=tag:ipxe,${mac:hexhyp}.ipxe',
    ]);
  });

  test('tells beforehand which boot programs are missing, for the nodes that need them', async () => {
    const fs = new MemoryFs();
    const mixed = requestFor(bootNode(1), bootNode(2), bootNode(3, { role: 'slurm_node_aarch64' }));
    const notes = async (): Promise<string[]> => (await filesIn(fs).notes(mixed, signal)).map((note) => wordsOf(note));
    const needs = (program: string, count: number): string =>
      `/boot does not contain ${program}, the boot program for UEFI firmware. Copy it there, unless another TFTP ` +
      `server provides one. Nodes that need it: ${String(count)}`;
    assert.deepEqual(await notes(), [needs('snponly.efi', 2), needs('snponly-arm64.efi', 1)]);
    fs.files.set('/boot/snponly.efi', 'of iPXE');
    assert.deepEqual(await notes(), [needs('snponly-arm64.efi', 1)]);
    fs.files.set('/boot/snponly-arm64.efi', 'of iPXE');
    assert.deepEqual(await notes(), []);
  });

  test('has no path that dnsmasq would read as something else', () => {
    for (const folder of ['/srv/a,eth0', '/srv/a "b"', '/srv/a #b', '/srv/a\nb=c', '/srv/a ', 'C:\\boot']) {
      const text = dnsmasqBootFile(folder);
      assert.ok(!text.includes(folder) && !/^tftp-root/m.test(text), text);
      assert.equal(text.split('\n').length, dnsmasqBootFile('/boot').split('\n').length);
    }
  });

  test('stays as it is when the same is handed over again: nothing is written', async () => {
    const fs = new MemoryFs();
    await changes(fs, request);
    const written: string[] = [];
    fs.disturb = (operation, file) => {
      if (operation === 'rename') written.push(file);
    };
    assert.deepEqual(await changes(fs, request), ['cn-1 unchanged', 'cn-2 unchanged']);
    assert.deepEqual(written, []);
  });

  test('changes only what another image changes', async () => {
    const fs = new MemoryFs();
    await changes(fs, request);
    const next = requestFor(bootNode(1), bootNode(2, { image: 'rhel10-slurm-2' }), bootNode(3));
    assert.deepEqual(await changes(fs, next), ['cn-1 unchanged', 'cn-2 updated', 'cn-3 created']);
  });

  test('names the scripts of nodes that are gone, then removes them, and nothing that no manifest named', async () => {
    const fs = new MemoryFs();
    await changes(fs, request);
    fs.files.set('/boot/aa-bb-cc-dd-ee-ff.ipxe', 'of somebody else');
    const next = requestFor(bootNode(2));
    assert.deepEqual(await filesIn(fs).outdated(next, signal), ['04-00-00-00-01-01.ipxe (cn-1)']);
    await changes(fs, next);
    assert.ok(!fs.files.has('/boot/04-00-00-00-01-01.ipxe'));
    assert.ok(fs.files.has('/boot/aa-bb-cc-dd-ee-ff.ipxe'));
  });

  test('never overwrites what somebody else made', async () => {
    const fs = new MemoryFs();
    fs.files.set('/boot/04-00-00-00-01-01.ipxe', '#!ipxe\nshell\n');
    await assert.rejects(changes(fs, request), reason('conflict'));
    assert.deepEqual([...fs.files.entries()], [['/boot/04-00-00-00-01-01.ipxe', '#!ipxe\nshell\n']]);
  });

  for (const text of [
    '{',
    '[]',
    '{"nodes": [{"script": "../../etc/passwd"}]}',
    '{"nodes": [{"script": "/boot/04-00-00-00-01-01.ipxe"}]}',
  ]) {
    test(`takes no manifest for its own that says ${text}`, async () => {
      const fs = new MemoryFs();
      fs.files.set('/boot/manifest.json', text);
      await assert.rejects(changes(fs, request), reason('unreadable'));
      assert.deepEqual([...fs.files.keys()], ['/boot/manifest.json']);
    });
  }

  for (const [code, expected] of [
    ['ENOSPC', 'disk-full'],
    ['EROFS', 'read-only'],
    ['EIO', 'io'],
  ] as const) {
    test(`${code} in any write leaves everything as it was`, async () => {
      const fs = new MemoryFs();
      await changes(fs, request);
      const before = new Map(fs.files);
      const next = requestFor(bootNode(2, { image: 'other' }), bootNode(3));
      for (let place = 1; place <= 4; place++) {
        let writes = 0;
        fs.disturb = (operation, file) => {
          if (operation === 'write' && file.endsWith('.tmp') && ++writes === place) fail(code);
        };
        await assert.rejects(changes(fs, next), reason(expected));
        assert.deepEqual(fs.files, before);
      }
    });
  }

  test('killed between any two effects, the same command completes it', async () => {
    const next = requestFor(bootNode(2, { image: 'other' }), bootNode(3));
    for (let last = 1; ; last++) {
      const fs = new MemoryFs();
      await changes(fs, request);
      let effects = 0;
      const dying = new FilesProvisioner(
        boot(fs, () => ++effects < last),
        { self, fateOf: () => 'dead' },
      );
      const isDone = await Promise.race([
        dying.provision(next, signal).then(() => true),
        new Promise<boolean>((resolve) => setImmediate(() => setImmediate(() => setTimeout(resolve, 0, false)))),
      ]);
      const after = new FilesProvisioner(boot(fs), { self: { ...self, pid: 2 }, fateOf: () => 'dead' });
      await after.provision(next, signal);
      assert.match(fs.files.get('/boot/manifest.json') ?? '', /cn-3/);
      assert.ok(fs.files.has('/boot/04-00-00-00-01-03.ipxe'), `killed at effect ${String(last)}`);
      const again = await after.provision(next, signal);
      assert.ok(again.every(({ change }) => change === 'unchanged'));
      if (isDone) break;
    }
  });

  test('two at a time are refused', async () => {
    const fs = new MemoryFs();
    fs.files.set('/boot/.buildstream.lock', `${JSON.stringify({ ...self, pid: 7 })}\n`);
    await assert.rejects(filesIn(fs, true).provision(request, signal), reason('locked'));
  });
});
