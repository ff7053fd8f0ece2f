import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { apiPassword, apiUser, gate, leadToPassed, startNewOimLab } from '../../support/oimLab.ts';

const folder = path.resolve(import.meta.dirname, '../../../../shared/oim');
const [probe, recorded] = [path.join(folder, 'probe.py'), path.join(folder, 'recorded.json')];
/** As the recorded client was registered. */
const scopes = ['catalog:read', 'job:write'];
const fewestAlike = 98;

/**
 * A program of others sends about a hundred requests to the lab's API and compares the answers with those of a real one.
 * What differs is printed with both answers.
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
    const lab = await startNewOimLab();
    const held = gate();
    t.after(async () => {
      held.release();
      await lab.stop();
    });
    const account = { user: apiUser, password: apiPassword };
    const { clientId, clientSecret } = lab.oim.clients.register(account, 'probe', scopes);
    await leadToPassed(lab);
    // The restart that the probe orders is still running when it asks for the next stage.
    lab.work.scripts.restart = { durationMs: 0, until: held.until };
    const env = { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret, API_USER: apiUser, API_PASSWORD: apiPassword };
    const ran = await run('python3', [probe, lab.server.origin, '--restart', '--against', recorded], env);
    t.diagnostic(ran.output);
    const [, alike = '0', all = '0'] = /^(\d+) of (\d+) answers like the recorded ones$/m.exec(ran.output) ?? [];
    assert.ok(Number(alike) >= fewestAlike && Number(all) >= fewestAlike, ran.output);
  });
});

async function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
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
