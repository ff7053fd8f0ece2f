/**
 * Installs what judges ours from outside: clients and tools of others, which tests take when they are there. Without
 * root it only says what is missing; the tests that need it then say that they skip.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { installDebianPackages } from './debian.mjs';

/** @type {readonly { package: string, probe: readonly [string, ...string[]], isService?: true }[]} */
const peers = [
  { package: 'dnsmasq-base', probe: ['/usr/sbin/dnsmasq', '--version'] },
  { package: 'redfishtool', probe: ['redfishtool', '--help'] },
  { package: 'python3-sushy', probe: ['/usr/bin/python3', '-c', 'import sushy'] },
  { package: 'python3-gitlab', probe: ['/usr/bin/python3', '-c', 'import gitlab'] },
  { package: 'openssh-client', probe: ['ssh', '-V'] },
  { package: 'openssh-server', probe: ['test', '-x', '/usr/sbin/sshd'], isService: true },
];

/** Such a machine would start the service at once and at every boot: nobody asked for that. */
const bootsServices = existsSync('/run/systemd/system');

const missing = () => peers.filter(({ probe: [program, ...args] }) => spawnSync(program, args).status !== 0);
const names = (/** @type {typeof peers} */ list) => list.map((peer) => peer.package).join(' ');

const wanted = missing().filter(({ isService }) => isService !== true || !bootsServices);
if (wanted.length > 0) {
  console.log(`Installing ${names(wanted)} (apt-get) …`);
  await installDebianPackages(wanted.map((peer) => peer.package)).catch((error) => console.error(String(error)));
}
const left = missing();
console.log(left.length === 0 ? `There: ${names(peers)}` : `SKIPPED: what needs ${names(left)} (apt-get install them)`);
