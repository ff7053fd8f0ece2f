/**
 * The restart stage on a lab fleet: time compared with the ideal (calls × latency ÷ concurrency), memory, processor
 * time. `node bench/restart.mjs` measures 50 BMCs, compared with ansible if it is installed, then 1,000 and 10,000.
 * `node bench/restart.mjs 100` measures only the given number.
 */
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { measureAnsible } from './restartAnsible.mjs';

const latencyMs = 100;
const concurrency = 64;
const ansibleNodes = 50;
const here = import.meta.dirname;

/**
 * Bundles the engine into one file, as it is shipped. Otherwise stripping the types would be measured too.
 * @param {string} folder
 */
async function engineProgram(folder) {
  const esbuild = await import('esbuild');
  const outfile = path.join(folder, 'restartEngine.mjs');
  await esbuild.build({
    entryPoints: [path.join(here, 'restartEngine.mjs')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    // As in scripts/bundle/common.mjs: jsonc-parser's UMD build does not survive bundling.
    mainFields: ['module', 'main'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'warning',
  });
  return outfile;
}

/**
 * Measures one run on a fresh fleet.
 * @param {number} nodes
 * @param {{ withAnsible?: boolean, concurrency?: number }} [options]
 */
export async function measureRestart(nodes, { withAnsible = false, concurrency: places = concurrency } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-restart-'));
  const lab = fork(path.join(here, 'restartLab.mjs'), [nodes, latencyMs].map(String));
  try {
    const [{ port, ca, mappingFile, report, addresses }] = await once(lab, 'message');
    const files = { caFile: path.join(folder, 'ca.pem'), mappingFile: path.join(folder, 'mapping.csv') };
    writeFileSync(files.caFile, ca);
    writeFileSync(files.mappingFile, mappingFile);
    const argument = JSON.stringify({ ...files, concurrency: places, port, report });
    const output = execFileSync(process.execPath, [await engineProgram(folder), argument], {
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    const engine = JSON.parse(output);
    lab.send('report');
    const [seen] = await once(lab, 'message');
    const idealMs = (seen.requests * latencyMs) / places;
    const ansible = withAnsible ? measureAnsible({ addresses, port, folder }) : undefined;
    return { nodes, concurrency: places, latencyMs, idealMs, ...engine, calls: seen.requests, lab: seen, ansible };
  } finally {
    lab.disconnect();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Awaited<ReturnType<typeof measureRestart>>[]} results */
export function printRestart(results) {
  const round = (/** @type {number} */ value, digits = 1) => Number(value.toFixed(digits));
  console.table(
    results.map((result) => ({
      BMCs: result.nodes,
      concurrency: result.concurrency,
      booted: result.booted,
      'calls a node': round(result.calls / result.nodes),
      'time s': round(result.wallMs / 1000),
      'ideal s': round(result.idealMs / 1000),
      ratio: round(result.wallMs / result.idealMs, 3),
      'CPU ms a node': round(result.cpuMs / result.nodes, 2),
      'peak MB': round(result.peakMb, 0),
    })),
  );
  for (const { ansible, nodes, wallMs } of results) {
    if (ansible !== undefined)
      console.log(
        ansible.message ??
          `The same ${nodes} nodes by ansible: ${round(ansible.wallMs / 1000)} s, by the engine: ${round(wallMs / 1000)} s.`,
      );
  }
}

if (process.argv[1] === import.meta.filename) {
  const { bootstrap } = await import('../scripts/bootstrap.mjs');
  await bootstrap();
  const sizes = process.argv.slice(2).map(Number);
  const results = [];
  if (sizes.length === 0) results.push(await measureRestart(ansibleNodes, { withAnsible: true, concurrency: 50 }));
  for (const size of sizes.length > 0 ? sizes : [1_000, 10_000]) results.push(await measureRestart(size));
  printRestart(results);
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: cpus().length };
  writeFileSync(path.join(here, 'restart.results.json'), `${JSON.stringify({ machine, results }, undefined, 2)}\n`);
}
