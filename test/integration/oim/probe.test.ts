import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { startCluster } from '@omnia-buildstream/cli/lab/cluster/cluster';
import type { ClusterSize } from '@omnia-buildstream/cli/lab/cluster/size';
import { gate } from '../../support/oimLab.ts';

const folder = path.resolve(import.meta.dirname, '../../../../shared/oim');
const [probe, recorded] = [path.join(folder, 'probe.py'), path.join(folder, 'recorded.json')];
const fewestAlike = 98;
/** `buildstream lab cluster --api-past recorded`, smaller. */
const recordedLab: ClusterSize = {
  size: 12,
  spare: 0,
  broken: 0,
  bootMs: 50,
  latencyMs: 0,
  afterPassed: 'refused',
  past: 'recorded',
  registersClient: true,
};

/**
 * A third-party program sends about a hundred requests to the lab's API and compares the answers with those of a real
 * one. Prints both answers where they differ.
 */
suite("the lab's BuildStreaM API beside a real one", () => {
  test('answers as it was recorded', async (t) => {
    if (!existsSync(probe) || !existsSync(recorded)) {
      t.skip('The recorded answers of the real API are not on this machine.');
      return;
    }
    if ((await run('python3', ['--version'], {})).code !== 0) {
      t.skip('There is no python3 to run the probe with.');
      return;
    }
    const folder = await mkdtemp(path.join(tmpdir(), 'obs-probe-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const cluster = await startCluster(recordedLab, path.join(folder, 'lab'));
    t.after(() => cluster.close());
    const { url, username, password, clientId, clientSecret } = cluster.connection.api;
    const env = { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret, API_USER: username, API_PASSWORD: password };
    const ran = await run('python3', [probe, url, '--restart', '--against', recorded], env);
    t.diagnostic(ran.output);
    const [, alike = '0', all = '0'] = /^(\d+) of (\d+) answers like the recorded ones$/m.exec(ran.output) ?? [];
    assert.ok(Number(alike) >= fewestAlike && Number(all) >= fewestAlike, ran.output);
  });
});

async function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const { until, release } = gate();
  const child = spawn(command, args, { env: { PATH: process.env['PATH'], PYTHONDONTWRITEBYTECODE: '1', ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  let code: number | null = null;
  child.on('error', release);
  child.on('close', (ended) => {
    code = ended;
    release();
  });
  await until;
  return { code, output };
}
