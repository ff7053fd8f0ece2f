import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { engineCauseTexts } from '@omnia-buildstream/core/failedNodes/engineCauses';
import { waitUntil } from '../../support/waitUntil.ts';
import { agreed, labPassword, labUser, patientNodes, quickLab, reportOf } from '../../support/lab.ts';

/** Real processes that are really killed; test/unit/engine/kills.test.ts has the 200 kills between any two effects. */

/** KILL_ROUNDS sets a higher number: each round runs a separate image group. */
const rounds = Number(process.env['KILL_ROUNDS'] ?? 1);
const nodeCount = 24;
/** Number of resets carried out when a run is killed: before the first, in the middle, and near the end. */
const moments = [0, 5, 17];
const main = path.resolve(import.meta.dirname, '../../../packages/cli/src/main.ts');

test(`${String(rounds * moments.length)} × kill -9: each run is resumed, and no node is reset twice`, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'kills-'));
  const lab = await quickLab({
    size: nodeCount,
    latencyMs: 5,
    power: { offMs: 1, poweringOnMs: 1, bootMs: 300 },
    reportPort: 0,
    ...patientNodes,
  });
  let output = '';
  const start = (round: number): ChildProcess => {
    const access = ['--bmc-port', String(lab.port), '--ca', 'ca.pem'];
    const how = ['--report', reportOf(lab), '--limit', 'settle=2', '--limit', 'report=20', '--concurrency', '8'];
    const what = ['--image', `group-${String(round)}`, '--mapping', 'mapping.csv', '--state', 'state', ...agreed];
    const child = spawn(process.execPath, [main, 'run', 'restart', ...what, ...how, ...access], {
      cwd: folder,
      env: { ...process.env, BUILDSTREAM_BMC_USER: labUser, BUILDSTREAM_BMC_PASSWORD: labPassword },
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
    return child;
  };
  const resets = (): number[] => lab.bmcs.map(({ record }) => record.resetsCarriedOut);
  try {
    await writeFile(path.join(folder, 'mapping.csv'), lab.mappingFile);
    await writeFile(path.join(folder, 'ca.pem'), lab.ca);
    for (let round = 0; round < rounds; round++) {
      const before = resets();
      const resetsNow = (): number => resets().reduce((sum, count, index) => sum + count - (before[index] ?? 0), 0);
      for (const moment of moments) {
        output = '';
        const child = start(round);
        const ended = once(child, 'exit');
        await waitUntil(`${String(moment)} resets`, () => {
          const isNow = moment === 0 ? existsSync(path.join(folder, 'state')) : resetsNow() >= moment;
          return isNow || child.exitCode !== null ? true : undefined;
        });
        child.kill('SIGKILL');
        const [code] = (await ended) as [number | null];
        assert.equal(code, null, `it ended before it could be killed: ${output}`);
      }
      output = '';
      let [code] = (await once(start(round), 'exit')) as [number | null];
      if (code === 3) {
        // If the kill came right after a reset was announced, its result is unknown: the node is not reset until the
        // next run.
        assert.match(output, new RegExp(engineCauseTexts['reset-unconfirmed'].title));
        output = '';
        [code] = (await once(start(round), 'exit')) as [number | null];
      }
      assert.equal(code, 0, output);
      assert.deepEqual(
        resets().map((count, index) => count - (before[index] ?? 0)),
        lab.bmcs.map(() => 1),
        `resets in round ${String(round)}`,
      );
    }
    for (const name of await readdir(path.join(folder, 'state'))) {
      const text = await readFile(path.join(folder, 'state', name), 'utf8');
      assert.ok(!text.includes(labPassword), `${name} has the password`);
    }
    assert.ok(!output.includes(labPassword));
  } finally {
    await lab.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
