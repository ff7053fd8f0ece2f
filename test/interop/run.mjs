/** Starts a lab, lets redfishtool and sushy drive a BMC of each generation they know, and judges by what the BMC saw. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { startLab } from '@omnia-buildstream/lab/lab';

const [python = 'python3'] = process.argv.slice(2);
const user = 'root';
const password = 'interop-lab';
const generations = /** @type {const} */ (['idrac8', 'idrac9', 'plain']);
const folder = mkdtempSync(path.join(tmpdir(), 'interop-'));
const caFile = path.join(folder, 'ca.pem');

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
async function output(command, args) {
  const env = { ...process.env, REQUESTS_CA_BUNDLE: caFile, LAB_PASSWORD: password };
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  const [code] = await once(child, 'exit');
  assert.equal(code, 0, `${path.basename(command)} failed:\n${text}`);
  return text;
}

/** @param {string} host */
async function redfishtool(host) {
  const access = ['-r', host, '-u', user, '-p', password, '-S', 'Always', '-A', 'Session'];
  assert.match(await output('redfishtool', [...access, 'Systems', '-F', 'get']), /"PowerState": "On"/);
  await output('redfishtool', [...access, 'Systems', '-F', 'setBootOverride', 'Once', 'Pxe', 'UEFI']);
  assert.match(await output('redfishtool', [...access, 'Systems', '-F', 'get']), /"BootSourceOverrideEnabled": "Once"/);
  await output('redfishtool', [...access, 'Systems', '-F', 'reset', 'ForceRestart']);
}

/** @param {string} host */
async function sushy(host) {
  const text = await output(python, [path.join(import.meta.dirname, 'drive_sushy.py'), host, user, caFile]);
  assert.match(text, /power PowerState\.ON override BootSource\.PXE BootSourceOverrideEnabled\.ONCE/i, text);
}

const clients = { redfishtool, sushy };
const names = /** @type {(keyof typeof clients)[]} */ (Object.keys(clients));
const lab = await startLab({
  clock: systemClock,
  size: generations.length * names.length,
  generations,
  user,
  password,
  power: { offMs: 50, poweringOnMs: 50, bootMs: 50 },
});
try {
  writeFileSync(caFile, lab.ca);
  for (const [index, bmc] of lab.bmcs.entries()) {
    const name = names[Math.floor(index / generations.length)] ?? 'sushy';
    await clients[name](`${bmc.node.address}:${lab.port}`);
    // The clients do not wait for the power.
    for (let turn = 0; turn < 100 && !bmc.isRunning; turn++) await systemClock.sleep(20);
    assert.equal(bmc.record.resetsCarriedOut, 1, `${name} did not restart the ${bmc.node.generation}`);
    assert.equal(bmc.boot.enabled, 'Disabled', 'the override of one boot is used up');
    console.log(`${name}: read a ${bmc.node.generation}, set PXE once, restarted it`);
  }
} finally {
  await lab.stop();
  rmSync(folder, { recursive: true, force: true });
}
