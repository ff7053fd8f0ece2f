/** The layers of tests: what each needs and how it runs. */
import { availableParallelism } from 'node:os';
import { installVscodeServerDependencies } from './bootstrap.mjs';
import { buildOnce } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { runNodeTests } from './nodeTests.mjs';
import { buildPackage } from './package.mjs';

/**
 * @typedef {import('./tally.mjs').Tally} Tally
 * @typedef {'live' | 'at-end' | 'none'} Output when the tests' output is shown
 * @typedef {object} Layer
 * @property {string} title
 * @property {readonly (() => Promise<unknown>)[]} needs prerequisites, each made once per run
 * @property {(output: Output) => Promise<Tally>} run
 */

/** By default Node leaves one processor free, but these tests mostly wait for servers and processes. */
const everyProcessor = [`--test-concurrency=${availableParallelism()}`];

/** @type {(name: string) => string} */
const filesOf = (name) => `test/${name}/**/*.test.ts`;

const vscodeServer = once(installVscodeServerDependencies);
const chromium = once(ensureChromium);

export const layers = /** @type {const} @satisfies {Record<string, Layer>} */ ({
  unit: {
    title: 'Units',
    needs: [],
    // Unit tests touch nothing outside themselves, so one process for all saves starting one for each file.
    run: (/** @type {Output} */ output) =>
      runNodeTests([filesOf('unit')], { switches: ['--test-isolation=none'], output }),
  },
  contract: {
    title: 'What files of this repository promise each other',
    // The package is checked together with its bundles.
    needs: [buildOnce],
    run: (/** @type {Output} */ output) => runNodeTests([filesOf('contract')], { switches: everyProcessor, output }),
  },
  integration: {
    title: 'Servers and processes',
    needs: [buildOnce],
    run: (/** @type {Output} */ output) => runNodeTests([filesOf('integration')], { switches: everyProcessor, output }),
  },
  e2e: {
    title: 'Inside VS Code',
    needs: [buildOnce, chromium, vscodeServer],
    async run() {
      const { runEditorTests } = await import('./editorTests.mjs');
      return runEditorTests();
    },
  },
  ui: {
    title: 'Through the user interface, with the packaged extension',
    needs: [buildPackage, chromium, vscodeServer],
    run: (/** @type {Output} */ output) => runNodeTests([filesOf('ui')], { output }),
  },
});

/** @typedef {keyof typeof layers} LayerName */

/**
 * The layers of a lane run one after the other, the lanes in parallel: those in VS Code mostly wait.
 * @type {readonly (readonly LayerName[])[]}
 */
export const lanes = [['unit', 'contract', 'integration'], ['e2e'], ['ui']];

/**
 * Runs lanes in parallel, and the layers of each lane in order.
 * @param {readonly (readonly LayerName[])[]} chosen
 * @returns {Promise<Record<string, Tally>>} by layer
 */
export async function runLanes(chosen) {
  const running = chosen.filter((lane) => lane.length > 0);
  const output = running.length > 1 ? 'at-end' : 'live';
  /** @type {Record<string, Tally>} */
  const tallies = {};
  await Promise.all(
    running.map(async (lane) => {
      for (const name of lane) tallies[name] = await runLayer(name, output);
    }),
  );
  return tallies;
}

/**
 * @param {LayerName} name
 * @param {Output} output
 */
async function runLayer(name, output) {
  const { title, needs, run } = layers[name];
  await Promise.all(needs.map((need) => need()));
  const startMs = Date.now();
  if (output === 'live') console.log(`\n== ${title}`);
  const tally = await run(output);
  if (output === 'at-end') console.log(`\n== ${title}: above, ${((Date.now() - startMs) / 1000).toFixed(0)} s`);
  return tally;
}

/**
 * @template T
 * @param {() => Promise<T>} make
 */
function once(make) {
  /** @type {Promise<T> | undefined} */
  let made;
  return () => (made ??= make());
}
