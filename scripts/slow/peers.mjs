/**
 * Installs what only slow tests need: QEMU, firmware, iPXE and a kernel for booting a machine (the kernel is only
 * unpacked), and large third-party clients. Without root or on systems other than Debian it does nothing; the tests
 * then say what is missing.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { installDebianPackages } from '../debian.mjs';
import { runQuietly, temporaryFolder } from '../lifetime.mjs';
import { root } from '../paths.mjs';

const packages = ['qemu-system-x86', 'ovmf', 'ipxe', 'ipxe-qemu', 'busybox-static', 'dnsmasq-base', 'iproute2'].concat(
  ['qemu-system-arm', 'qemu-efi-aarch64'],
  ['slurm-wlm', 'slurmrestd', 'munge'],
  // Large, and only one of the clients that check the lab's BMCs.
  'ansible',
  'neovim',
  'fish',
  'zsh',
);
/** Depends on the newest kernel package and thereby names it. */
const kernelPackage = 'linux-image-cloud-amd64';
const kernelFolder = path.join(root, 'node_modules/.cache/kernel');

/** Rejects if apt-get fails. */
export async function installSlowPeers() {
  const there = [
    '/usr/bin/qemu-system-x86_64',
    '/usr/bin/qemu-system-aarch64',
    '/usr/bin/ansible-playbook',
    '/usr/bin/nvim',
    '/usr/bin/fish',
    '/usr/bin/zsh',
    '/usr/sbin/slurmctld',
    '/usr/sbin/slurmrestd',
    kernelFolder,
  ];
  if (process.arch !== 'x64' || there.every((file) => existsSync(file))) return;
  if (!(await installDebianPackages(packages))) return;
  const depends = execFileSync('apt-cache', ['depends', kernelPackage], { encoding: 'utf8' });
  const [, name] = /Depends: (linux-image-\S+)/.exec(depends) ?? [];
  if (name === undefined) return;
  const { dir, remove } = temporaryFolder();
  try {
    await runQuietly('apt-get', ['download', '-qq', name], { cwd: dir });
    const file = readdirSync(dir).find((one) => one.endsWith('.deb'));
    if (file === undefined) return;
    mkdirSync(kernelFolder, { recursive: true });
    await runQuietly('dpkg-deb', ['-x', path.join(dir, file), kernelFolder]);
  } finally {
    remove();
  }
}
