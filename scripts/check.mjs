/** `npm run check`: everything CI demands; stops at the first step that fails and names it. */
import { bootstrap } from './bootstrap.mjs';

await bootstrap();
const { runForCode, runQuietly } = await import('./lifetime.mjs');
const { root, toolFile } = await import('./paths.mjs');

/** @typedef {readonly [name: string, ...args: string[]]} Step */

/**
 * These only read, each on one processor, and run side by side.
 * @type {readonly Step[]}
 */
const readings = [
  ['types', toolFile('typescript-7/bin/tsc'), '-b'],
  ['formatting', toolFile('oxfmt/bin/oxfmt'), '--check', '.'],
  ['lint', toolFile('oxlint/bin/oxlint'), '-c', 'oxlint.config.mjs'],
  ['lint that oxlint does not have', toolFile('eslint/bin/eslint.js'), '.', '--max-warnings=0'],
  ['unused code and dependencies', toolFile('knip/bin/knip.js'), '--no-config-hints'],
];

/** @type {readonly Step[]} */
const steps = [
  ['clients and tools of others', 'scripts/installPeers.mjs'],
  ['tests', 'scripts/test.mjs'],
  ['package', 'scripts/package.mjs'],
  ['package contents', 'scripts/checkPackage.mjs'],
];

const startMs = Date.now();
await Promise.all(
  readings.map(async ([name, ...args]) => {
    const stepStartMs = Date.now();
    try {
      await runQuietly(process.execPath, args, { cwd: root });
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      fail(name, 'see above');
    }
    console.log(`=== ${name}: ${seconds(stepStartMs)} s`);
  }),
);
for (const [name, ...args] of steps) {
  const stepStartMs = Date.now();
  console.log(`\n=== ${name}`);
  const code = await runForCode(process.execPath, args, { cwd: root });
  if (code !== 0) fail(name, `exit code ${code}`);
  console.log(`=== ${name}: ${seconds(stepStartMs)} s`);
}
console.log(`\nAll checks passed in ${seconds(startMs)} s.`);

/**
 * @param {string} name
 * @param {string} why
 * @returns {never}
 */
function fail(name, why) {
  console.error(`\nFAILED: ${name} (${why})`);
  process.exit(1);
}

/** @param {number} sinceMs */
function seconds(sinceMs) {
  return ((Date.now() - sinceMs) / 1000).toFixed(1);
}
