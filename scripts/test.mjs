/**
 * `npm test`: runs all layers, or the named ones: `npm test -- unit e2e ui`. The last line has the totals of all
 * layers.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { bootstrap } from './bootstrap.mjs';

const startMs = Date.now();
await bootstrap();
const { lanes, layers, runLanes } = await import('./layers.mjs');
const { resultsDir } = await import('./paths.mjs');
const { processorSeconds } = await import('./processorTime.mjs');
const { sum, summary } = await import('./tally.mjs');

const chosen = process.argv.slice(2).filter((name) => !name.startsWith('-'));
const unknown = chosen.filter((name) => !(name in layers));
if (unknown.length > 0) {
  console.error(`No such layer: ${unknown.join(', ')}. There are: ${Object.keys(layers).join(', ')}.`);
  process.exit(2);
}

rmSync(resultsDir, { recursive: true, force: true });
const wanted = lanes.map((lane) => lane.filter((name) => chosen.length === 0 || chosen.includes(name)));
const total = sum(await runLanes(wanted));

const screenshots = existsSync(resultsDir) ? readdirSync(resultsDir).filter((name) => name.endsWith('.png')) : [];
if (screenshots.length > 0) {
  console.log(`\nScreenshots of failures: ${screenshots.map((name) => path.join(resultsDir, name)).join(', ')}`);
}
const times = { wallSeconds: (Date.now() - startMs) / 1000, processorSeconds: processorSeconds() };
console.log(summary(total, times));
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
