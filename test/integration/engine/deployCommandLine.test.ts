import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { DeployEvent } from '@omnia-buildstream/engine/deploy/events';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { OpenchamiLab } from '@omnia-buildstream/lab/openchami/server';
import { runCli, type Ran } from '../../support/cli/runCli.ts';
import { QuickClock } from '../../support/time/quickClock.ts';
import { quickLab } from '../../support/lab.ts';

const token = 'a-token-that-nobody-prints';

suite('buildstream run deploy', () => {
  let lab: Lab;
  let openchami: OpenchamiLab;
  let images: Server;
  let folder: string;
  let base: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'deploy-'));
    lab = await quickLab({ size: 3 });
    openchami = await OpenchamiLab.start({ token, now: new Date() });
    images = createServer((request, response) => {
      response.writeHead(request.url?.includes('/missing/') === true ? 404 : 200).end();
    }).listen(0, '127.0.0.1');
    await once(images, 'listening');
    base = `http://127.0.0.1:${String((images.address() as AddressInfo).port)}`;
    await writeFile(path.join(folder, 'mapping.csv'), lab.mappingFile);
    await writeFile(path.join(folder, 'ca.pem'), `${lab.ca}\n${openchami.certificate.cert}`);
    const roles = new Set(
      lab.mappingFile
        .split('\n')
        .slice(1, -1)
        .map((line) => line.split(',')[0] ?? ''),
    );
    const list = [...roles].map((role) => ({ role, image_name: `rhel-${role}` }));
    const groups = [
      { image_group_id: 'good', job_id: 'job-1', images: list },
      { image_group_id: 'missing', images: list },
      { image_group_id: 'other', images: [{ role: 'os_aarch64', image_name: 'arm' }] },
    ];
    await writeFile(path.join(folder, 'images.json'), JSON.stringify({ image_groups: groups }));
  });

  after(async () => {
    images.close();
    await openchami.stop();
    await lab.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const access = ['--bmc-port', String(lab.port), '--ca', 'ca.pem', '--mapping', 'mapping.csv'];
    const urls = ['--kernel-url', `${base}/{group}/{role}/vmlinuz`, '--initrd-url', `${base}/{group}/{role}/initrd`];
    const world = { cwd: folder, env, clock: new QuickClock() };
    return runCli(['run', 'deploy', ...access, ...urls, ...args], world);
  }

  const toFiles = (name: string): string[] => ['--images', 'images.json', '--provision', `files:${name}`];

  test('shows which node boots what and changes nothing without a confirmation', async () => {
    const { code, stdout, stderr } = await run([...toFiles('asked'), '--image', 'good']);
    assert.equal(code, 2);
    assert.match(stdout, /3 of 3 nodes can be deployed/);
    assert.match(stdout, /rhel-/);
    assert.match(stderr, /--yes/);
    assert.ok(!(await readdir(folder)).includes('asked'));
    assert.ok(lab.bmcs.every(({ record }) => record.requests.length === 0));
  });

  test('lists the image groups and asks; without a terminal it says how to name one', async () => {
    const { code, stdout, stderr } = await run(toFiles('asked'));
    assert.equal(code, 2);
    assert.match(stdout, /1 +good[^]*2 +missing[^]*3 +other/);
    assert.match(stderr, /--image/);
  });

  test('writes the files, and the same command again changes nothing', async () => {
    const args = [...toFiles('boot'), '--image', 'good', '--yes'];
    const first = await run(args);
    assert.equal(first.code, 0, first.stderr + first.stdout);
    assert.match(first.stdout, /3 created, 0 updated, 0 unchanged, 0 failed/);
    const manifest = await readFile(path.join(folder, 'boot/manifest.json'), 'utf8');
    assert.match(manifest, /"job_id": "job-1"/);
    assert.match((await run(args)).stdout, /0 created, 0 updated, 3 unchanged, 0 failed/);
    assert.equal(await readFile(path.join(folder, 'boot/manifest.json'), 'utf8'), manifest);
    assert.ok(lab.bmcs.every(({ record }) => record.resetsCarriedOut === 0));
  });

  test('changes nothing when an image is missing, and ends with 3', async () => {
    const { code, stdout } = await run([...toFiles('never'), '--image', 'missing', '--yes']);
    assert.equal(code, 3);
    assert.match(stdout, /ERROR .*vmlinuz .*the file does not exist/);
    assert.match(stdout, /Nothing was changed/);
    assert.ok(!(await readdir(folder)).includes('never'));
  });

  test('a mapping file with errors: deploy tells everything that its checks find, and run all refuses before anybody is contacted', async () => {
    const bad = lab.mappingFile.replace(/(?:\d+\.){3}\d+/g, 'nowhere');
    await writeFile(path.join(folder, 'bad.csv'), bad);
    const checked = await run([...toFiles('never'), '--image', 'missing', '--mapping', 'bad.csv']);
    assert.equal(checked.code, 3, checked.output);
    assert.match(checked.stdout, /! The mapping file has errors for Omnia .*nothing is handed over/);
    assert.match(checked.stdout, /ERROR .*The mapping file has errors for Omnia .*Correct them/);
    assert.match(checked.stdout, /ERROR .*ADMIN_IP is not valid: "nowhere"/, 'and what its rows lack');
    for (const [stage, more] of [
      ['all', []],
      ['deploy', ['--dry-run']],
    ] as const) {
      const args = [...toFiles('never'), '--image', 'good', '--yes', '--mapping', 'bad.csv', ...more];
      const ran = await runCli(['run', stage, ...args], { cwd: folder, clock: new QuickClock() });
      assert.equal(ran.code, 2, ran.output);
      assert.match(ran.stderr, /bad\.csv has .*error.*, so no node is touched/);
    }
    assert.ok(!(await readdir(folder)).includes('never'));
  });

  test('names the rows without an image, without asking for anything', async () => {
    const { code, stdout } = await run([...toFiles('never'), '--image', 'other']);
    assert.equal(code, 3);
    assert.match(stdout, /no image for/);
    assert.match(stdout, /3 problems have to be corrected first/);
  });

  test('hands over to OpenCHAMI, as events, without showing the token', async () => {
    const where = ['--images', 'images.json', '--provision', `openchami:${openchami.url}`];
    const env = { BUILDSTREAM_OPENCHAMI_TOKEN: token };
    const ended = await run([...where, '--image', 'good', '--yes', '--format', 'ndjson'], env);
    assert.equal(ended.code, 0, ended.stderr);
    const events = ended.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as DeployEvent);
    assert.deepEqual(
      events.map(({ type }) => type).filter((type) => type !== 'stage-note'),
      ['stage-started', 'node-finished', 'node-finished', 'node-finished', 'stage-finished'],
    );
    assert.match(ended.stderr, /SMD has no Redfish endpoint for these nodes/, 'before the yes');
    assert.match(ended.stdout, /cloud-init has no cloud-init data for group/, 'and after it');
    assert.ok(ended.stdout.includes('SMD and BSS respond.'), 'which services there are is told');
    assert.equal(openchami.state.boot.size, 3);
    assert.ok(!(ended.stdout + ended.stderr).includes(token));
    const wrong = await run([...where, '--image', 'good', '--yes'], { BUILDSTREAM_OPENCHAMI_TOKEN: 'wrong' });
    assert.equal(wrong.code, 2);
    assert.match(wrong.stdout, /token is not accepted.*Provide a valid token/);
  });

  for (const args of [
    ['--provision', 'files:x'],
    ['--images', 'images.json'],
    ['--images', 'no.json', '--provision', 'files:x', '--image', 'good'],
    ['--images', 'images.json', '--provision', 'openchami:http://127.0.0.1/', '--image', 'good'],
    ['--images', 'images.json', '--provision', 'files:x', '--image', 'no-such'],
    ['--images', 'images.json', '--provision', 'files:x', '--image', 'good', '--bmcs', 'nobody'],
    ['--images', 'images.json', '--provision', 'files:x', '--image', 'good', '--rootfs-url', 'http://a/{nothing}'],
  ]) {
    test(`cannot run with ${args.join(' ')}`, async () => {
      const { code, stderr } = await run(args);
      assert.equal(code, 2);
      assert.match(stderr, /\.$/m);
    });
  }
});
