import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { labGenerations } from '@omnia-buildstream/lab/bmc/generation';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { lookMs } from '@omnia-buildstream/runner/hardware';
import { heldClock, never } from '../../support/time/heldClock.ts';
import { runCli, type Ran, type World } from '../../support/cli/runCli.ts';
import { labPassword, labUser, quickLab } from '../../support/lab.ts';

/** The last BMC refuses the password. */
const size = labGenerations.length + 2;

interface Shown {
  readonly files: readonly {
    readonly findings: readonly { readonly code: string; readonly hostname: string; readonly fix?: string }[];
  }[];
  readonly found: readonly { readonly bmcIp: string; readonly hardware: { readonly serviceTag: string } }[];
}

/** A BMC that is slow on a busy machine is there all the same. */
const clock = heldClock(systemClock, (ms) => (ms === lookMs ? never : undefined));

suite('buildstream hardware', () => {
  let lab: Lab;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hardware-'));
    lab = await quickLab({
      size,
      generations: labGenerations,
      faultsOf: (index) => (index === size - 1 ? { wrongPassword: true } : {}),
    });
    await writeFile(path.join(folder, 'ca.pem'), lab.ca);
  });
  after(async () => {
    await lab.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const addressOf = (index: number): string => lab.bmcs[index]?.node.address ?? '';
  const lines = (): string[] => lab.mappingFile.trimEnd().split('\n');
  /** The first `count` nodes; never includes the lab's last one. */
  const rowsOf = (count: number): string => [...lines().slice(0, count + 1), ''].join('\n');
  const changes = (): number => {
    return lab.bmcs.reduce(
      (sum, { record }) => sum + record.count('boot') + record.count('reset') + record.count('recovery'),
      0,
    );
  };

  async function run(text: string, args: readonly string[] = [], world: World = {}): Promise<Ran> {
    await writeFile(path.join(folder, 'mapping.csv'), text);
    const access = ['--bmc-port', String(lab.port), '--ca', 'ca.pem'];
    const env = { BUILDSTREAM_BMC_USER: labUser, BUILDSTREAM_BMC_PASSWORD: labPassword };
    return runCli(['hardware', 'mapping.csv', ...access, ...args], { cwd: folder, env, clock, ...world });
  }
  const written = (): Promise<string> => readFile(path.join(folder, 'mapping.csv'), 'utf8');

  test('a file that is right has no difference, whatever the make; nothing is changed anywhere', async () => {
    const text = rowsOf(labGenerations.length);
    const { code, stdout, stderr } = await run(text);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /mapping\.csv: no difference/);
    assert.match(stdout, /BMC 7\.10\.30\.00, BIOS 2\.19\.1 +NIC\.Integrated\.1-1-1/);
    assert.equal(changes(), 0);
    assert.equal(await written(), text);
    assert.ok(!(stdout + stderr).includes(labPassword));
  });

  test('a wrong tag is an error on its cell, with what the BMC says and the fix', async () => {
    const tag = lab.bmcs[1]?.node.serviceTag ?? '';
    const { code, stdout } = await run(rowsOf(3).replace(tag, 'WR0NG01'));
    assert.equal(code, 1);
    assert.match(
      stdout,
      new RegExp(`^mapping\\.csv:3:\\d+: error service-tag: cn-00002 SERVICE_TAG: The BMC says ${tag}\\.$`, 'm'),
    );
    const { stdout: json } = await run(rowsOf(3).replace(tag, 'WR0NG01'), ['--format', 'json']);
    const [finding] = (JSON.parse(json) as Shown).files[0]?.findings ?? [];
    assert.deepEqual([finding?.code, finding?.fix], ['service-tag', `Change to '${tag}'`]);
  });

  test('swapped rows are told as swapped', async () => {
    const text = rowsOf(3)
      .replaceAll(addressOf(0), 'X')
      .replaceAll(addressOf(1), addressOf(0))
      .replaceAll('X', addressOf(1));
    const { code, stdout } = await run(text, ['--format', 'json']);
    assert.equal(code, 1);
    const codes = (JSON.parse(stdout) as Shown).files[0]?.findings.map((one) => `${one.code} ${one.hostname}`);
    assert.deepEqual(codes, ['swapped cn-00001', 'swapped cn-00002']);
  });

  test('empty cells are shown as a diff, and written only with --write and a yes', async () => {
    const whole = rowsOf(3);
    const { serviceTag = '', adminMac = '', bmcMac = '' } = lab.bmcs[2]?.node ?? {};
    const text = whole.replace(serviceTag, '').replace(adminMac, '').replace(bmcMac, '');
    const shown = await run(text);
    assert.equal(shown.code, 0);
    assert.match(shown.stdout, /^-.*,,.*$/m);
    assert.match(shown.stdout, new RegExp(`^\\+.*${serviceTag}.*${adminMac}.*${bmcMac}`, 'm'));
    assert.equal(await written(), text);
    assert.equal((await run(text, ['--write'], { answer: 'n' })).code, 2);
    assert.equal(await written(), text);
    assert.equal((await run(text, ['--write'], { answer: 'y' })).code, 0);
    assert.equal(await written(), whole);
  });

  test('a BMC that cannot be asked is told with its reason, and ends with 3', async () => {
    const { code, stdout } = await run(lab.mappingFile);
    assert.equal(code, 3);
    assert.match(stdout, /information not-compared: cn-00006 BMC_IP: Not compared: the BMC refused user or password/);
  });

  test('--discover asks first, then the roots without login, and asks again before it logs in', async () => {
    const network = `${addressOf(0)}/29`;
    const before = lab.bmcs.map(({ record }) => record.logins);
    const no = await run(rowsOf(2), ['--discover', network], { answer: ['n'] });
    assert.equal(no.code, 0);
    const looked = await run(rowsOf(2), ['--discover', network], { answer: ['y', 'n'] });
    assert.match(looked.stdout, new RegExp(`${addressOf(4).replaceAll('.', '\\.')} +Integrated Dell`));
    const since = lab.bmcs.map(({ record }, index) => record.logins - (before[index] ?? 0));
    assert.deepEqual(since.slice(2), [0, 0, 0, 0], 'nobody logged in to what no row has');
    const { code, stdout } = await run(rowsOf(2), ['--discover', network, '--yes', '--write', '--format', 'json']);
    assert.equal(code, 3, 'one of them cannot be read');
    const found = (JSON.parse(stdout) as Shown).found.map(({ bmcIp }) => bmcIp);
    assert.deepEqual(found, [2, 3, 4].map(addressOf));
    const added = (await written()).trimEnd().split('\n').slice(3);
    assert.ok(
      added.length === 3 && found.every((address, index) => added[index]?.includes(`,${address}`)),
      added.join(),
    );
    assert.equal(changes(), 0);
  });

  test('who responds and is not read is told with the reason', async () => {
    const { stdout } = await run(rowsOf(1), ['--discover', `${addressOf(0)}/27`, '--yes']);
    assert.match(stdout, new RegExp(`^${addressOf(size - 1).replaceAll('.', '[.]')}: not read: \\S.*password`, 'm'));
  });

  test('a file without a header gets no rows, and that is told', async () => {
    const { stdout } = await run('\n', ['--discover', `${addressOf(0)}/29`, '--yes', '--write']);
    assert.match(stdout, /mapping\.csv has no header, so no row can be added to it\./);
    assert.equal(await written(), '\n');
  });

  for (const network of ['10.6.0.0/8', '10.6.0.0', 'fe80::/64', '10.6.0.0/33']) {
    test(`${network} is not searched`, async () => {
      assert.equal((await run(rowsOf(1), ['--discover', network, '--yes'])).code, 2);
    });
  }

  test('a name that no row has is refused', async () => {
    assert.equal((await run(rowsOf(1), ['--nodes', 'nobody'])).code, 2);
  });
});
