import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, suite, test } from 'node:test';
import { imageGroupOf, imagePath } from '@omnia-buildstream/lab/cluster/imageGroups';
import { ImageServer } from '@omnia-buildstream/lab/cluster/imageServer';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { freePort, labPassword, labUser, quickLab } from '../../support/lab.ts';

const main = path.resolve(import.meta.dirname, '../../../packages/cli/src/main.ts');

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

suite('buildstream run all', () => {
  let lab: Lab;
  let images: ImageServer;
  let folder: string;
  let reportPort: number;
  const ports = { ssh: 0, slurmctld: 0, slurmd: 0, kubelet: 0 };
  let turn = 0;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'all-'));
    reportPort = await freePort();
    for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await freePort();
    const { ssh, ...servicePorts } = ports;
    lab = await quickLab({
      size: 4,
      latencyMs: 5,
      power: { offMs: 1, poweringOnMs: 1, bootMs: 50 },
      phoneHomeUrl: () => `http://127.0.0.1:${String(reportPort)}/`,
      phoneHomePauseMs: 200,
      sshPort: ssh,
      servicePorts,
    });
    const rows = lab.mappingFile.split('\n').slice(1, -1);
    const roles = [...new Set(rows.map((line) => line.split(',')[0] ?? ''))];
    const ids = ['r0', 'r1'];
    images = await ImageServer.start(ids.flatMap((id) => roles.map((role) => imagePath(id, role))));
    const groups = ids.map((id) => {
      const group = imageGroupOf(id, { roles, server: images.origin, jobId: `job-${id}` });
      const list = group.images.map(({ role, name, boot }) => ({ role, image_name: name, ...boot }));
      return { image_group_id: id, job_id: group.jobId, status: group.status, images: list };
    });
    await writeFile(path.join(folder, 'images.json'), JSON.stringify({ image_groups: groups }));
    await writeFile(path.join(folder, 'mapping.csv'), lab.mappingFile);
    await writeFile(path.join(folder, 'hosts'), lab.hostsFile);
    await writeFile(path.join(folder, 'ca.pem'), lab.ca);
  });
  after(async () => {
    await images.close();
    await lab.stop();
    await rm(folder, { recursive: true, force: true });
  });

  let image = '';
  let resetsBefore: readonly number[] = [];
  /** Each test has an image group, a state and a boot folder of its own. */
  beforeEach(() => {
    image = `r${String(turn++)}`;
    resetsBefore = lab.bmcs.map(({ record }) => record.resetsCarriedOut);
  });
  const resets = (): number[] =>
    lab.bmcs.map(({ record }, index) => record.resetsCarriedOut - (resetsBefore[index] ?? 0));

  async function run(args: readonly string[]): Promise<Ended> {
    const services = Object.entries(ports).map(([name, port]) => `--port=${name}=${String(port)}`);
    const where = ['--mapping', 'mapping.csv', '--hosts', 'hosts', '--images', 'images.json', '--image', image];
    const state = ['--state', `state-${image}`, '--provision', `files:boot-${image}`];
    const access = ['--bmc-port', String(lab.port), '--ca', 'ca.pem'];
    const how = ['--report', `phone-home:127.0.0.1:${String(reportPort)}`, '--limit', 'settle=2', '--limit', 'up=5'];
    const all = [main, 'run', 'all', ...where, ...state, ...access, ...how, ...services, ...args];
    const child = spawn(process.execPath, all, {
      cwd: folder,
      env: { ...process.env, BUILDSTREAM_BMC_USER: labUser, BUILDSTREAM_BMC_PASSWORD: labPassword },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout, stderr };
  }

  /** Scripts and manifest with their times: a file that is written again has another one. */
  async function handedOver(): Promise<ReadonlyMap<string, number>> {
    const place = path.join(folder, `boot-${image}`);
    const names = (await readdir(place)).filter((name) => !name.startsWith('.')).sort();
    return new Map(
      await Promise.all(names.map(async (name) => [name, (await stat(path.join(place, name))).mtimeMs] as const)),
    );
  }

  test('shows the plan of all stages and touches nothing without a confirmation', async () => {
    const { code, stdout, stderr } = await run([]);
    assert.equal(code, 2);
    assert.match(stdout, /1\. deploy[^]*4 of 4 nodes can be deployed[^]*BMCs of the nodes to restart \(4\)/);
    assert.match(stdout, /2\. restart[^]*4 of 4 nodes will be PXE-booted[^]*3\. validate[^]*Contacts these/);
    assert.match(stdout, /4\. verification/);
    assert.match(stderr, /--yes/);
    assert.deepEqual(resets(), [0, 0, 0, 0]);
    assert.ok(!(await readdir(folder)).includes(`boot-${image}`));
  });

  test('runs everything; the same command again changes nothing, boots nobody and tests again', async () => {
    const first = await run(['--yes']);
    assert.equal(first.code, 0, first.stdout + first.stderr);
    assert.match(first.stdout, /4 created[^]*4 booted, 0 failed[^]*PASSED[^]*PASSED[^]*All stages succeeded/);
    const files = await handedOver();
    const again = await run(['--yes']);
    assert.equal(again.code, 0, again.stdout + again.stderr);
    assert.match(again.stdout, /No BMC is asked[^]*Nothing was changed[^]*Every node is booted; none is restarted/);
    assert.deepEqual(resets(), [1, 1, 1, 1]);
    assert.deepEqual(await handedOver(), files);
    assert.deepEqual(await readdir(path.join(folder, `state-${image}/validate`)), ['attempt_1', 'attempt_2']);
    assert.deepEqual(await readdir(path.join(folder, `state-${image}/verify`)), ['attempt_1', 'attempt_2']);
    assert.ok(![first, again].some(({ stdout, stderr }) => (stdout + stderr).includes(labPassword)));
  });
});
