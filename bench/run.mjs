/** `npm run bench`: measures what the docs promise, prints a table and writes bench/results.json. Asserts nothing. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { bootstrap } from '../scripts/bootstrap.mjs';

await bootstrap();
const { run } = await import('../scripts/lifetime.mjs');
const { root } = await import('../scripts/paths.mjs');
const { parseNetworkSpec } = await import('@omnia-buildstream/core/context/parseNetworkSpec');
const { bareReading, commandLine, measureProcesses, nothing } = await import('./commandLine.mjs');
const { measureEdits, measureNaiveEdits, measureValidation } = await import('./editing.mjs');
const { mappingFile, networkSpec } = await import('./mappingFile.mjs');
const { measureTableChanges } = await import('./tableChanges.mjs');

// The bundles as they are shipped.
await run(process.execPath, ['esbuild.mjs', '--production'], { cwd: root });
const folder = mkdtempSync(path.join(tmpdir(), 'obs-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const network = parseNetworkSpec(networkSpec, '2.2').value;
/** @type {import('@omnia-buildstream/core/validation/settings').ValidationSettings} */
const settings = {
  version: '2.2',
  context: { ...(network && { network }), share: 'nfs', dnsEnabled: false, software: new Set(['slurm_custom']) },
  overrides: new Map(),
  encoding: { kind: 'utf8' },
};

// In a separate folder, because the command reads this file if it is beside the mapping file.
mkdirSync(path.join(folder, 'facts'));
const specFile = path.join(folder, 'facts/network_spec.yml');
writeFileSync(specFile, networkSpec);

const results = [];
for (const rows of [1_000, 10_000, 100_000]) {
  const text = mappingFile(rows);
  const file = path.join(folder, `${rows}.csv`);
  writeFileSync(file, text);
  const facts = ['--network-spec', specFile, '--software', 'slurm_custom', '--omnia-share', 'nfs'];
  results.push({
    rows,
    megabytes: text.length / 1e6,
    validation: measureValidation(text, settings, 5),
    edit: measureEdits(text, settings, 200),
    naiveEdit: measureNaiveEdits(text, settings, rows > 10_000 ? 5 : 20),
    processes: measureProcesses(
      [
        bareReading(file),
        commandLine(['validate', file, '--quiet']),
        commandLine(['validate', file, '--quiet', '--omnia', '2.2', ...facts]),
      ],
      7,
    ),
  });
}

/** @param {number} value */
const ms = (value) => Number(value.toFixed(value < 10 ? 2 : 0));
console.table(
  results.map(({ rows, megabytes, validation, edit, naiveEdit, processes: [, checked, withFacts] }) => ({
    rows,
    MB: ms(megabytes),
    'validate ms': ms(validation.medianMs),
    'edit p50 CPU ms': ms(edit.p50Ms),
    'edit p95 CPU ms': ms(edit.p95Ms),
    'naive p50 ms': ms(naiveEdit.p50Ms),
    'naive p95 ms': ms(naiveEdit.p95Ms),
    'process CPU ms': ms(checked?.cpuMs ?? 0),
    '÷ csv-parse': ms(checked?.ratio ?? 0),
    'with facts': ms(withFacts?.ratio ?? 0),
    'peak MB': ms(withFacts?.peakMb ?? 0),
  })),
);
const tableChanges = measureTableChanges(settings);
console.table(
  Object.fromEntries(
    Object.entries(tableChanges).map(([name, time]) => [name, { ms: ms(time.ms), 'CPU ms': ms(time.cpuMs) }]),
  ),
);
const small = path.join(folder, '1000.csv');
const besideSpec = path.join(folder, 'facts/1000.csv');
copyFileSync(small, besideSpec);
const [bare, version, thousand, withSpec] = measureProcesses(
  [nothing, ...[['--version'], ['validate', small, '--quiet'], ['validate', besideSpec, '--quiet']].map(commandLine)],
  31,
);
console.table({
  'node -e 0': { 'CPU ms': ms(bare?.cpuMs ?? 0), ratio: 1 },
  'buildstream --version': { 'CPU ms': ms(version?.cpuMs ?? 0), ratio: ms(version?.ratio ?? 0) },
  'buildstream validate, 1,000 rows': { 'CPU ms': ms(thousand?.cpuMs ?? 0), ratio: ms(thousand?.ratio ?? 0) },
  'the same beside network_spec.yml': { 'CPU ms': ms(withSpec?.cpuMs ?? 0), ratio: ms(withSpec?.ratio ?? 0) },
});
const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: cpus().length };
const start = { bare, version, thousand, withSpec };
writeFileSync(
  path.join(root, 'bench/results.json'),
  `${JSON.stringify({ machine, results, tableChanges, start }, undefined, 2)}\n`,
);
console.log('Written to bench/results.json. Processes: processor time of the whole, median of runs in turns.');
await run(process.execPath, ['bench/restart.mjs'], { cwd: root });
await run(process.execPath, ['bench/fleetMap.mjs'], { cwd: root });
