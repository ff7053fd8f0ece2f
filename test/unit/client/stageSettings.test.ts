import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { newestReport } from '@omnia-buildstream/client/stages/testing/newestReport';
import { readEngineSettings } from '@omnia-buildstream/client/stages/settings/readEngineSettings';
import { SettingFault } from '@omnia-buildstream/client/stages/settings/settingFault';
import { countAfter, nothingYet } from '@omnia-buildstream/client/stages/session/stageProgress';

const read = (values: Readonly<Record<string, unknown>>) => readEngineSettings((name) => values[name]);

suite('the settings of deploy and validate', () => {
  test('left out: image groups are typed, nothing is deployed, nobody logs in, no program is run', () => {
    const { images, provision, validate } = read({});
    assert.deepEqual([images, provision], [undefined, undefined]);
    assert.deepEqual([validate.sshKey, validate.sshUser, validate.molecule], ['', 'root', []]);
    assert.equal(validate.ports.slurmd, 6818);
    assert.equal(validate.reportFolder, '.buildstream');
  });

  test('say where boot configuration goes and how images are booted', () => {
    const urls = { kernel: 'http://s/{image}/vmlinuz', initrd: 'http://s/{role}/initrd' };
    const { images } = read({ 'engine.images': 'images.json', 'engine.imageUrls': urls });
    assert.deepEqual(images, { file: 'images.json', template: { ...urls, rootfs: undefined, params: '' } });
    assert.deepEqual(read({ 'engine.provision': 'files:boot' }).provision, { kind: 'files', folder: 'boot' });
    const { provision } = read({ 'engine.provision': 'openchami:https://oim.test' });
    assert.equal(provision?.kind === 'openchami' && provision.server.href, 'https://oim.test/');
  });

  test('how nodes report, and what is compared before power', () => {
    assert.deepEqual([read({}).report, read({}).restart.identity], [{ kind: 'tcp', port: 22 }, 'require']);
    assert.deepEqual(read({ 'engine.report': 'ssh' }).report, { kind: 'ssh', port: 22 });
    assert.deepEqual(read({ 'engine.report': 'ssh:2222' }).report, { kind: 'ssh', port: 2222 });
    assert.throws(() => read({ 'engine.report': 'ssh:x' }), SettingFault);
    assert.equal(read({ 'engine.identity': 'warn' }).restart.identity, 'warn');
  });

  test('how carefully a run goes through its nodes', () => {
    const none = { canary: 'auto', inFlight: undefined, maxFailed: undefined, maxUnreachable: undefined };
    assert.deepEqual(read({}).restart.rollout, none);
    const given = {
      'engine.canary': '5',
      'engine.inFlight': 40,
      'engine.maxFailed': '3',
      'engine.maxUnreachable': '10%',
    };
    assert.deepEqual(read(given).restart.rollout, {
      canary: 5,
      inFlight: 40,
      maxFailed: { unit: 'nodes', value: 3 },
      maxUnreachable: { unit: 'percent', value: 10 },
    });
  });

  test('how nodes boot; one NIC is for one boot only', () => {
    const { protocol, bootNic } = read({}).restart;
    assert.deepEqual([protocol, bootNic], ['pxe', 'by-order']);
    const chosen = read({ 'engine.boot': 'uefi-http', 'engine.bootNic': true }).restart;
    assert.deepEqual([chosen.protocol, chosen.bootNic], ['http', 'admin-mac']);
    assert.throws(() => read({ 'engine.bootNic': true, 'engine.lasting': 'continuous' }), SettingFault);
  });

  test('limits of all stages are one setting', () => {
    const { validate, restart, requestTimeoutMs } = read({
      'engine.limits': { up: 0.5, reset: 9, request: 3, skew: 1 },
    });
    assert.deepEqual([validate.run.comeUpMs, validate.skewMs], [500, 1_000]);
    assert.deepEqual([restart.limits.resetMs, requestTimeoutMs], [9_000, 3_000]);
  });

  for (const [name, value] of [
    ['engine.images', 1],
    ['engine.provision', 'boot'],
    ['engine.provision', 'openchami:http://oim.test'],
    ['engine.provision', 'openchami:https://user:secret@oim.test'],
    ['engine.ports', { slurmd: 0 }],
    ['engine.ports', { telnet: 23 }],
    ['engine.nfsHosts', ['-oProxyCommand=x']],
    ['engine.sshUser', '-l root'],
    ['engine.molecule', 'molecule test'],
    ['engine.limits', { coffee: 1 }],
    ['engine.canary', 'some'],
    ['engine.inFlight', -1],
    ['engine.maxFailed', '101%'],
    ['engine.maxUnreachable', '-1'],
  ] as const) {
    test(`${name} ${JSON.stringify(value)} is refused by its name`, () => {
      assert.throws(
        () => read({ [name]: value }),
        (error) => error instanceof SettingFault && error.setting === name,
      );
    });
  }

  for (const urls of [
    { kernel: 'http://s/k' },
    { kernel: 'k', initrd: 'i', other: 'x' },
    { kernel: '{x}', initrd: 'i' },
  ]) {
    test(`engine.imageUrls ${JSON.stringify(urls)} is refused`, () => {
      assert.throws(() => read({ 'engine.images': 'x.json', 'engine.imageUrls': urls }), SettingFault);
    });
  }
});

test('tests are counted, also those that Molecule adds to what was announced', () => {
  const at = '2026-04-10T16:00:00Z';
  const check = { type: 'check-finished', at, stage: 'validate', id: 'molecule/a', title: 'a', hostname: '' } as const;
  const rest = { message: '', said: '', advice: '', durationMs: 1 } as const;
  const started = { imageGroup: 'G', jobId: 'J', total: 1, finishedBefore: 0, resumed: false } as const;
  let count = countAfter(nothingYet, { type: 'stage-started', at, stage: 'validate', ...started });
  for (const outcome of ['passed', 'error', 'skipped'] as const)
    count = countAfter(count, { ...check, ...rest, outcome });
  assert.deepEqual(count, { total: 3, done: 3, failed: 1 });
});

test('the newest report is that of the last attempt that has one', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'reports-'));
  try {
    assert.equal(await newestReport(path.join(folder, 'nowhere')), undefined);
    for (const attempt of [2, 9, 10]) await mkdir(path.join(folder, `attempt_${String(attempt)}`));
    assert.equal(await newestReport(folder), undefined);
    for (const attempt of [2, 9])
      await writeFile(path.join(folder, `attempt_${String(attempt)}/test_report.json`), '{}');
    assert.equal(await newestReport(folder), path.join(folder, 'attempt_9/test_report.json'));
  } finally {
    await rm(folder, { recursive: true });
  }
});
