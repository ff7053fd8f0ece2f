/** `npm run check`: everything CI demands, in this order; stops at the first step that fails and names it. */
import { bootstrap } from './bootstrap.mjs';

await bootstrap();
const { runForCode } = await import('./lifetime.mjs');
const { root, toolFile } = await import('./paths.mjs');

/** @type {readonly (readonly [name: string, ...args: string[]])[]} */
const steps = [
  ['lint', toolFile('eslint/bin/eslint.js'), '.', '--max-warnings=0'],
  ['formatting', toolFile('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'],
  ['types', toolFile('typescript/bin/tsc'), '-b'],
  ['unused code and dependencies', toolFile('knip/bin/knip.js'), '--no-config-hints'],
  ['clients and tools of others', 'scripts/installPeers.mjs'],
  ['tests', 'scripts/test.mjs'],
  ['package', 'scripts/package.mjs'],
  ['package contents', 'scripts/checkPackage.mjs'],
];

const startMs = Date.now();
for (const [name, ...args] of steps) {
  const stepStartMs = Date.now();
  console.log(`\n=== ${name}`);
  const code = await runForCode(process.execPath, args, { cwd: root });
  if (code !== 0) {
    console.error(`\nFAILED: ${name} (exit code ${code})`);
    process.exit(1);
  }
  console.log(`=== ${name}: ${seconds(stepStartMs)} s`);
}
console.log(`\nAll checks passed in ${seconds(startMs)} s.`);

/** @param {number} sinceMs */
function seconds(sinceMs) {
  return ((Date.now() - sinceMs) / 1000).toFixed(1);
}
