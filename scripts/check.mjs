/** `npm run check`: everything that CI requires. Stops at the first step that fails and names it. */
import { bootstrap } from './bootstrap.mjs';

const startMs = Date.now();
await bootstrap();
const { installVscodeServerDependencies } = await import('./bootstrap.mjs');
const { buildOnce } = await import('./build.mjs');
const { runForCode, runQuietly } = await import('./lifetime.mjs');
const { lanes, runLanes } = await import('./layers.mjs');
const { buildPackage } = await import('./package.mjs');
const { buildWebPackage } = await import('./web/package.mjs');
const { root, toolFile } = await import('./paths.mjs');
const { processorSeconds } = await import('./processorTime.mjs');
const { sum, summary } = await import('./tally.mjs');

/** @typedef {readonly [name: string, ...args: string[]]} Step */

/**
 * Steps that only read, the longest first.
 * @type {readonly Step[]}
 */
const readings = [
  ['lint that oxlint does not have', toolFile('eslint/bin/eslint.js'), '.', '--max-warnings=0'],
  ['lint', toolFile('oxlint/bin/oxlint'), '-c', 'oxlint.config.mjs'],
  ['types', toolFile('typescript-7/bin/tsc'), '-b'],
  ['unused code and dependencies', toolFile('knip/bin/knip.js'), '--no-config-hints'],
  ['formatting', toolFile('oxfmt/bin/oxfmt'), '--check', '.'],
];
const atATime = 2;

// The bundles are built first because everything after them needs them. Installations from elsewhere run while the
// sources are checked.
await step('bundles', buildOnce);
const arrivals = Promise.all([
  step('clients and tools of others', async () => {
    const code = await runForCode(process.execPath, ['scripts/installPeers.mjs'], { cwd: root });
    if (code !== 0) throw new Error(`exit code ${code}`);
  }),
  step('dependencies of the bundled VS Code', installVscodeServerDependencies),
]);
const left = [...readings];
await Promise.all(Array.from({ length: atATime }, readAll));
await arrivals;
await step('package', buildPackage);
await step('package contents', () => runQuietly(process.execPath, ['scripts/checkPackage.mjs'], { cwd: root }));
await step('package for browsers', buildWebPackage);
const total = sum(await runLanes(lanes));
const times = { wallSeconds: (Date.now() - startMs) / 1000, processorSeconds: processorSeconds() };
console.log(summary(total, times));
if (total.failed > 0 || total.passed === 0) fail('tests', 'see above');

async function readAll() {
  for (let reading = left.shift(); reading !== undefined; reading = left.shift()) {
    const [name, ...args] = reading;
    await step(name, () => runQuietly(process.execPath, args, { cwd: root }));
  }
}

/**
 * @param {string} name
 * @param {() => Promise<unknown>} work
 */
async function step(name, work) {
  const stepStartMs = Date.now();
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    fail(name, 'see above');
  }
  console.log(`=== ${name}: ${((Date.now() - stepStartMs) / 1000).toFixed(1)} s`);
}

/**
 * @param {string} name
 * @param {string} why
 * @returns {never}
 */
function fail(name, why) {
  console.error(`\nFAILED: ${name} (${why})`);
  process.exit(1);
}
