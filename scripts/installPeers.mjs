/**
 * Installs third-party clients and tools that check ours from outside; tests use them if they are installed. Without
 * root it only says what is missing, and the tests that need it say that they are skipped.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromiumPackages, findChromium } from './chromium.mjs';
import { installDebianPackages } from './debian.mjs';

/** @type {readonly { package: string, probe: readonly [string, ...string[]], isService?: true }[]} */
const peers = [
  { package: 'dnsmasq-base', probe: ['/usr/sbin/dnsmasq', '--version'] },
  { package: 'redfishtool', probe: ['redfishtool', '--help'] },
  { package: 'python3-sushy', probe: ['/usr/bin/python3', '-c', 'import sushy'] },
  { package: 'python3-gitlab', probe: ['/usr/bin/python3', '-c', 'import gitlab'] },
  { package: 'rsync', probe: ['rsync', '--version'] },
  { package: 'openssh-client', probe: ['ssh', '-V'] },
  { package: 'openssh-server', probe: ['test', '-x', '/usr/sbin/sshd'], isService: true },
];

/** With systemd, an installed service would start immediately and at every boot, which no one asked for. */
const bootsServices = existsSync('/run/systemd/system');

/** @returns {Promise<typeof peers>} */
async function missing() {
  const found = await Promise.all(peers.map(({ probe: [program, ...args] }) => answers(program, args)));
  return peers.filter((_, index) => found[index] !== true);
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<boolean>}
 */
function answers(program, args) {
  return new Promise((resolve) => {
    spawn(program, args, { stdio: 'ignore' })
      .once('error', () => resolve(false))
      .once('exit', (code) => resolve(code === 0));
  });
}

const names = (/** @type {typeof peers} */ list) => list.map((peer) => peer.package).join(' ');

const before = await missing();
const wanted = before.filter(({ isService }) => isService !== true || !bootsServices).map((peer) => peer.package);
// Installs the browser in the same call, because apt-get cannot run twice at a time.
if (findChromium() === undefined) wanted.push(...chromiumPackages);
if (wanted.length > 0) {
  console.log(`Installing ${wanted.join(' ')} (apt-get) …`);
  await installDebianPackages(wanted).catch((error) => console.error(String(error)));
}
const left = wanted.length > 0 ? await missing() : before;
console.log(left.length === 0 ? `There: ${names(peers)}` : `SKIPPED: what needs ${names(left)} (apt-get install them)`);
