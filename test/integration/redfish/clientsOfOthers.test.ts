import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { promisify } from 'node:util';
import type { LabGeneration } from '@omnia-buildstream/lab/bmc/generation';
import { labPassword, labUser, quickLab } from '../../support/lab.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { folderOf } from '../../support/cli/files.ts';

const python = '/usr/bin/python3';
const openmanage = '/usr/lib/python3/dist-packages/ansible_collections/dellemc/openmanage';

const works = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args).status === 0;

interface Access {
  /** Address and port of the BMC. */
  readonly host: string;
  readonly caFile: string;
}

interface Client {
  /** The Debian package that contains it. */
  readonly debianPackage: string;
  readonly isInstalled: boolean;
  readonly generations: readonly LabGeneration[];
  /** Reads the system, sets PXE for one boot, and restarts it. */
  readonly drive: (access: Access) => Promise<void>;
}

const all = ['idrac8', 'idrac9', 'plain'] as const;

/** Limit for a redfishtool request, which by default gives up after ten seconds. Only a hang takes this long. */
const limitS = '60';

const clients: readonly Client[] = [
  {
    debianPackage: 'redfishtool',
    isInstalled: works('redfishtool', '--help'),
    generations: all,
    drive: driveRedfishtool,
  },
  {
    debianPackage: 'python3-sushy',
    isInstalled: works(python, '-c', 'import sushy'),
    generations: all,
    drive: driveSushy,
  },
  // Omnia itself controls BMCs with it. It takes ten seconds, all of it sleep, so it is tested on one generation.
  {
    debianPackage: 'ansible',
    isInstalled: existsSync('/usr/bin/ansible-playbook') && existsSync(openmanage),
    generations: ['idrac9'],
    drive: driveAnsible,
  },
];

suite(
  'a client that is not ours reads a BMC of the lab, sets PXE once and restarts the node',
  { concurrency: true },
  () => {
    for (const { debianPackage, isInstalled, generations, drive } of clients) {
      for (const generation of generations) {
        const skip = isInstalled ? false : `${debianPackage} is not installed (Debian's package of that name)`;
        test(`${debianPackage}, ${generation}`, { skip }, async (t) => {
          const lab = await quickLab({ generations: [generation] });
          t.after(() => lab.stop());
          const [bmc] = lab.bmcs;
          assert.ok(bmc);
          const folder = folderOf(t, { 'ca.pem': lab.ca });
          await drive({ host: `${bmc.node.address}:${String(lab.port)}`, caFile: path.join(folder, 'ca.pem') });
          // The clients do not wait for the power state.
          await waitUntil('the system to run', () =>
            bmc.isRunning && bmc.record.resetsCarriedOut > 0 ? true : undefined,
          );
          assert.equal(bmc.record.resetsCarriedOut, 1);
          assert.equal(bmc.boot.target, 'None', 'the override of one boot is used up');
        });
      }
    }
  },
);

async function driveRedfishtool({ host, caFile }: Access): Promise<void> {
  const login = ['-r', host, '-u', labUser, '-p', labPassword, '-S', 'Always', '-A', 'Session'];
  const access = [...login, '-T', limitS, 'Systems', '-F'];
  const ask = (...args: readonly string[]): Promise<string> => output('redfishtool', [...access, ...args], caFile);
  assert.match(await ask('get'), /"PowerState": "On"/);
  await ask('setBootOverride', 'Once', 'Pxe', 'UEFI');
  assert.match(await ask('get'), /"BootSourceOverrideEnabled": "Once"/);
  await ask('reset', 'ForceRestart');
}

async function driveSushy({ host, caFile }: Access): Promise<void> {
  const script = path.join(import.meta.dirname, 'driveSushy.py');
  const text = await output(python, [script, host, labUser, caFile], caFile);
  assert.match(text, /power PowerState\.ON override BootSource\.PXE BootSourceOverrideEnabled\.ONCE/i);
}

async function driveAnsible({ host, caFile }: Access): Promise<void> {
  const [address, port] = host.split(':');
  const play = path.join(import.meta.dirname, 'openmanage.yml');
  const variables = JSON.stringify({ bmc_host: address, bmc_port: Number(port), bmc_user: labUser, ca_file: caFile });
  const text = await output('ansible-playbook', ['-i', 'localhost,', '-e', variables, play], caFile);
  assert.match(text, /ok=2 +changed=1 +unreachable=0 +failed=0/, text);
}

async function output(program: string, args: readonly string[], caFile: string): Promise<string> {
  const env = {
    ...process.env,
    REQUESTS_CA_BUNDLE: caFile,
    LAB_PASSWORD: labPassword,
    ANSIBLE_LOCALHOST_WARNING: 'false',
  };
  const { stdout, stderr } = await promisify(execFile)(program, args, { env });
  return stdout + stderr;
}
