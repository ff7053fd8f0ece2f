import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { engineCauseTexts } from '@omnia-buildstream/core/failedNodes/engineCauses';
import { RunAllLab } from '../../support/runAllLab.ts';
import { waitUntil } from '../../support/waitUntil.ts';

/**
 * `buildstream run all` as a real process that is really killed in each of its stages. It is resumed by a function
 * call.
 */

const size = 12;
const args = ['--yes', '--include-control', '1', '--concurrency', '4', '--limit', 'report=30', '--limit', 'settle=2'];

interface Moment {
  readonly stage: string;
  readonly image: string;
  /** Whether the run has reached the moment; `before` are the resets before the run. */
  readonly isNow: (lab: RunAllLab, image: string, before: readonly number[]) => boolean;
  /** Further arguments of the command. */
  readonly args?: readonly string[];
  readonly letGoOn?: (lab: RunAllLab) => Promise<void>;
}

const moments: readonly Moment[] = [
  {
    stage: 'deploy',
    image: 'r0',
    isNow: (lab, image) => filesIn(lab.bootFolder(image)).some((name) => name.endsWith('.ipxe')),
  },
  {
    stage: 'restart',
    image: 'r1',
    isNow: (lab, _, before) => lab.resets().some((count, index) => count !== before[index]),
  },
  {
    stage: 'validate',
    image: 'r2',
    isNow: (lab) => existsSync(path.join(lab.folder, 'testing')),
    // Molecule tests that end only when this test lets them, after the kill.
    args: ['--molecule', 'sh -c', '--molecule-arg', 'touch testing; until [ -e go-on ]; do sleep 0.1; done'],
    letGoOn: (lab) => writeFile(path.join(lab.folder, 'go-on'), ''),
  },
];

suite('buildstream run all, killed', () => {
  let lab: RunAllLab;
  before(
    async () =>
      (lab = await RunAllLab.start(
        size,
        moments.map(({ image }) => image),
      )),
  );
  after(() => lab.close());

  for (const { stage, image, isNow, args: more = [], letGoOn } of moments) {
    test(`in ${stage}: the same command goes on, resets no node twice and hands nothing over again`, async () => {
      const before = lab.resets();
      const { child, ended } = lab.start(image, [...args, ...more]);
      const wasReached = await waitUntil(stage, () => {
        const isReached = isNow(lab, image, before);
        return isReached || child.exitCode !== null ? isReached : undefined;
      });
      child.kill('SIGKILL');
      const killed = await ended;
      assert.ok(wasReached && killed.code === null, `it ended before it could be killed: ${killed.stdout}`);
      assert.match(killed.stdout, new RegExp(`== ${stage} ==`));
      const handedOver = await lab.handedOver(image);
      await letGoOn?.(lab);

      let again = await lab.run(image, [...args, ...more]);
      if (again.code === 3 && stage === 'restart') {
        // If the kill came right after a reset was announced, its result is unknown: the node is not reset until the
        // next run.
        assert.match(again.stdout, new RegExp(engineCauseTexts['reset-unconfirmed'].title));
        again = await lab.run(image, [...args, ...more]);
      }
      assert.equal(again.code, 0, again.stdout + again.stderr);
      assert.match(again.stdout, /All stages succeeded/);
      assert.deepEqual(
        lab.resets(),
        before.map((count) => count + 1),
      );
      const now = await lab.handedOver(image);
      for (const [name, time] of handedOver) {
        if (name.endsWith('.ipxe')) assert.equal(now.get(name), time, `${name} was written again`);
      }
      assert.equal([...now.keys()].filter((name) => name.endsWith('.ipxe')).length, size);
      const state = path.join(lab.stateFolder(image), 'restart');
      const { booted_nodes: booted } = JSON.parse(await readFile(path.join(state, 'restart_state.json'), 'utf8')) as {
        booted_nodes: object[];
      };
      assert.equal(booted.length, size);
      // A run killed after the restart leaves its lock. The next run has nothing to restart and so takes no lock, which
      // is why the lock remains.
      const kept = filesIn(state).filter((name) => (stage === 'validate' ? name !== 'restart.lock' : true));
      assert.deepEqual(kept.sort(), [
        'failed_nodes.json',
        'node_results.json',
        'restart_journal.ndjson',
        'restart_state.json',
      ]);
    });
  }
});

function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
