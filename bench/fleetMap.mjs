/**
 * `npm run bench` runs this last: how long the fleet map takes for its first frame and for 200 changes, in Chromium,
 * with the script as shipped. Prints a table with the page's processor time next to the wall-clock time, which other
 * work on the machine increases. Asserts nothing.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../scripts/browser.mjs';
import { ensureChromium } from '../scripts/chromium.mjs';
import { temporaryFolder } from '../scripts/lifetime.mjs';
import { root } from '../scripts/paths.mjs';
import { nodeMarks } from '../client/src/pages/fleetMap/marks.ts';
import { mapTextKeys } from '../client/src/pages/fleetMap/mapTexts.ts';
import { percentile } from './statistics.mjs';

const rounds = 15;
const changes = 200;
/** @param {string} name */
const read = (name) => readFileSync(path.join(root, name), 'utf8');

await ensureChromium();
const { dir } = temporaryFolder();
const browser = await launchBrowser(dir);
const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
await page.setContent(`<!DOCTYPE html><style>${read('media/page.css')}</style><body></body>`);
await page.evaluate(`globalThis.acquireVsCodeApi = () => ({
  postMessage() {}, getState() {}, setState() {} })`);
await page.evaluate(read('dist/fleetMap.js'));
const same = (/** @type {readonly string[]} */ keys) => Object.fromEntries(keys.map((key) => [key, key]));
const start = { type: 'start', texts: same(mapTextKeys), marks: same(nodeMarks) };

// Times of the page's own thread, which also draws if there is no graphics processor.
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });

/** Runs in the page: milliseconds until the frame after a message is drawn. */
const frameAfter = `(message) => new Promise((resolve) => {
  const begin = performance.now();
  dispatchEvent(new MessageEvent('message', { data: message }));
  requestAnimationFrame(() => {
    const pen = document.querySelector('canvas.map').getContext('2d');
    pen.getImageData(0, 0, 1, 1);
    resolve(performance.now() - begin);
  });
})`;

const rows = [];
for (const count of [100, 1_000, 10_000]) {
  const cells = Array.from({ length: count }, (_, number) => cellOf(number, 'booted'));
  /** @type {Measured[]} */
  const first = [];
  /** @type {Measured[]} */
  const changed = [];
  for (let round = 0; round < rounds; round += 1) {
    await measure(start);
    first.push(await measure({ type: 'fleet', cells, progress: '' }));
    const moved = cells
      .slice(0, changes)
      .map((_, index) => cellOf(index * Math.floor(count / changes || 1), 'running'));
    changed.push(await measure({ type: 'changed', cells: moved, progress: `${round}` }));
  }
  rows.push({ nodes: count, ...timesOf('first frame', first), ...timesOf(`${changes} changes`, changed) });
}
console.table(rows);
console.log(`dist/fleetMap.js has ${Buffer.byteLength(read('dist/fleetMap.js'))} bytes.`);
await browser.close();
process.exit(0);

/** @typedef {{ readonly wallMs: number, readonly processorMs: number }} Measured */

/**
 * @param {object} message
 * @returns {Promise<Measured>}
 */
async function measure(message) {
  const before = await processorMs();
  const wallMs = Number(await page.evaluate(`(${frameAfter})(${JSON.stringify(message)})`));
  return { wallMs, processorMs: (await processorMs()) - before };
}

async function processorMs() {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
}

/**
 * @param {string} what
 * @param {readonly Measured[]} all
 */
function timesOf(what, all) {
  const shown = (/** @type {number} */ value) => Number(value.toFixed(1));
  const [wall, processor] = [all.map(({ wallMs }) => wallMs), all.map((one) => one.processorMs)];
  return {
    [`${what}, ms`]: shown(percentile(wall, 0.5)),
    [`${what}, best`]: shown(Math.min(...wall)),
    [`${what}, CPU ms`]: shown(percentile(processor, 0.5)),
  };
}

/**
 * @param {number} number
 * @param {string} mark
 */
function cellOf(number, mark) {
  const name = `node${number}`;
  return {
    id: name,
    name,
    mark,
    sections: { group: `rack${number % 40}`, role: 'slurm_node_x86_64', parent: 'kube1' },
    spoken: `${name}, ${mark}, slurm_node_x86_64`,
    bmcIp: `172.17.${number >> 8}.${number & 255}`,
    serviceTag: `TAG${number}`,
    context: 'node hasRow hasBmc',
  };
}
