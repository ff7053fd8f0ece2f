/** `npm test`: all layers, or the named ones: `npm test -- unit e2e ui`. The last line is the sum over the layers. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { bootstrap } from './bootstrap.mjs';

await bootstrap();
const { ensureChromium } = await import('./browser.mjs');
const { run } = await import('./lifetime.mjs');
const { runNodeTests } = await import('./nodeTests.mjs');
const { buildPackage } = await import('./package.mjs');
const { resultsDir, root } = await import('./paths.mjs');

/** @type {Record<string, { title: string, run: () => Promise<import('./nodeTests.mjs').Tally> }>} */
const layers = {
  unit: {
    title: 'Without the editor: unit, contract, integration',
    // By default Node leaves one processor alone; these tests wait a lot for servers and processes.
    run: () => {
      const atATime = `--test-concurrency=${availableParallelism()}`;
      return runNodeTests(
        ['unit', 'contract', 'integration'].map((name) => `test/${name}/**/*.test.ts`),
        [atATime],
      );
    },
  },
  e2e: {
    title: 'Inside VS Code',
    async run() {
      await ensureChromium();
      const { runEditorTests } = await import('./editorTests.mjs');
      return runEditorTests();
    },
  },
  ui: {
    title: 'Through the user interface, with the packaged extension',
    async run() {
      await ensureChromium();
      await buildPackage();
      return runNodeTests(['test/ui/**/*.test.ts']);
    },
  },
};

const chosen = process.argv.slice(2).filter((name) => !name.startsWith('-'));
const unknown = chosen.filter((name) => !(name in layers));
if (unknown.length > 0) {
  console.error(`No such layer: ${unknown.join(', ')}. There are: ${Object.keys(layers).join(', ')}.`);
  process.exit(2);
}

rmSync(resultsDir, { recursive: true, force: true });
await run(process.execPath, ['esbuild.mjs'], { cwd: root });
/** @type {import('./nodeTests.mjs').Tally} */
const total = { passed: 0, failed: 0, failures: [] };
for (const [name, layer] of Object.entries(layers)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.log(`\n== ${layer.title}`);
  const tally = await layer.run();
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.failures.push(...tally.failures.map((failure) => `${name}: ${failure}`));
}

const screenshots = existsSync(resultsDir) ? readdirSync(resultsDir).filter((name) => name.endsWith('.png')) : [];
if (screenshots.length > 0) {
  console.log(`\nScreenshots of failures: ${screenshots.map((name) => path.join(resultsDir, name)).join(', ')}`);
}
// Told again at the end, where one looks first.
for (const failure of total.failures) console.log(`\nFailed in ${failure}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
