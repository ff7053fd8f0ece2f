import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { suite, test } from 'node:test';
import { promisify } from 'node:util';
import { folderOf } from '../support/cli/files.ts';
import { armProgramSays } from './realBoot/armProgram.ts';
import type { ArmResult } from './realBoot/bootArm.ts';
import type { BootResult } from './realBoot/bootCluster.ts';
import { whyNoArm, whyNot } from './realBoot/tools.ts';

/**
 * Two QEMU machines, one with UEFI and one with BIOS, behind BMCs of the lab: deploy writes the boot configuration,
 * restart turns them on, they boot it through PXE and iPXE, and they report.
 */

async function inNetwork(program: string, given: readonly string[], signal: AbortSignal): Promise<unknown> {
  // Everything started in the namespace ends with it.
  const space = ['--net', '--pid', '--fork', '--mount-proc', '--kill-child'];
  const args = [...space, process.execPath, path.join(import.meta.dirname, 'realBoot', program), ...given];
  const { stdout } = await promisify(execFile)('unshare', args, {
    maxBuffer: 64_000_000,
    signal,
    killSignal: 'SIGKILL',
  });
  return JSON.parse(stdout);
}

async function bootCluster(folder: string, outageSeconds: number, signal: AbortSignal): Promise<BootResult> {
  return (await inNetwork('bootCluster.ts', [folder, String(outageSeconds)], signal)) as BootResult;
}

suite('a machine boots what deploy wrote', { skip: whyNot() }, () => {
  for (const outageSeconds of [0, 20]) {
    const name =
      outageSeconds === 0 ? 'at once' : `with the image server down for its first ${String(outageSeconds)} s`;
    test(`${name}, from UEFI and from BIOS, and counts as booted`, async (t) => {
      const { deploy, restart, machines } = await bootCluster(folderOf(t, {}), outageSeconds, t.signal);
      assert.equal(deploy.code, 0, deploy.output);
      assert.match(deploy.stdout, /does not contain snponly\.efi/, 'it was not there yet');
      const consoles = machines.map(({ console }) => console.slice(-2_000));
      assert.equal(restart.code, 0, [restart.output, ...consoles].join('\n'));
      assert.match(restart.stdout, /2 booted, 0 failed/);
      const [uefi, bios] = machines;
      assert.ok(uefi !== undefined && bios !== undefined);
      assert.match(uefi.console, /NBP filename is snponly\.efi/);
      assert.match(bios.console, /SeaBIOS/);
      for (const { console, resets, refused } of machines) {
        assert.match(console, /^image is up/m);
        assert.equal(resets, 1);
        // One attempt every five seconds: several attempts, but not a storm.
        assert.ok(outageSeconds === 0 ? refused === 0 : refused >= 2 && refused <= 8, String(refused));
      }
    });
  }
});

suite('a machine for arm', { skip: whyNoArm() }, () => {
  test('gets the boot program that deploy names for its firmware, and starts it', async (t) => {
    const { deploy, console } = (await inNetwork('bootArm.ts', [folderOf(t, {})], t.signal)) as ArmResult;
    assert.equal(deploy.code, 0, deploy.output);
    assert.match(deploy.stdout, /does not contain snponly-arm64\.efi/, 'it was not there yet');
    assert.match(console, /NBP filename is snponly-arm64\.efi/, console.slice(-2_000));
    assert.ok(console.includes(armProgramSays), console.slice(-2_000));
  });
});
