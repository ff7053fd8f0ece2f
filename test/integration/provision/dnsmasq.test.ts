import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { nodeFiles } from '@omnia-buildstream/engine/files/fileSystem';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { systemProcesses } from '@omnia-buildstream/engine/state/processIdentity';
import { FilesProvisioner } from '@omnia-buildstream/provision/files/filesProvisioner';
import { bootNode } from '../../support/deploy/bootNodes.ts';
import { folderOf } from '../../support/cli/files.ts';

const roles = ['service_kube_control_plane_x86_64', 'slurm_node_rhel_10_0_aarch64', 'custom-role_x86_64'];
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };
const dnsmasq = (...args: readonly string[]) => spawnSync('dnsmasq', args, { encoding: 'utf8', env });
const skip = dnsmasq('--version').status === 0 ? false : "dnsmasq is not installed (Debian's package dnsmasq-base)";

test('dnsmasq itself takes the files that are written for it, and would notice a bad line', { skip }, async (t) => {
  const folder = folderOf(t, {});
  const nodes = Array.from({ length: 250 }, (_, index) =>
    bootNode(index + 1, {
      role: roles[index % roles.length] ?? '',
      ...(index === 0 ? { hostname: '0-digit-first' } : {}),
    }),
  );
  const provisioner = new FilesProvisioner(new OwnFolder(folder, nodeFiles), systemProcesses());
  await provisioner.provision({ imageGroup: 'G', jobId: '', nodes }, new AbortController().signal);
  for (const [name, bad] of [
    ['dnsmasq-hosts.conf', 'dhcp-host=04:00:00:00:00:00,no blank here\n'],
    ['dnsmasq-boot.conf', 'dhcp-match=set:x,option:no-such-option,7\n'],
  ] as const) {
    const file = path.join(folder, name);
    const judge = () => dnsmasq('--test', `--conf-file=${file}`);
    const taken = judge();
    assert.equal(taken.status, 0, taken.stderr);
    appendFileSync(file, bad);
    assert.notEqual(judge().status, 0);
  }
});
