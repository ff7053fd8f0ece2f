/** `npm run bench`: measures what docs promise, prints a table and writes bench/results.json. Asserts nothing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { bootstrap } from '../scripts/bootstrap.mjs';

await bootstrap();
const { run } = await import('../scripts/lifetime.mjs');
const { root } = await import('../scripts/paths.mjs');
const { parseNetworkSpec } = await import('@omnia-buildstream/core/context/parseNetworkSpec');
const { measureCommandLine } = await import('./commandLine.mjs');
const { measureEdits, measureNaiveEdits, measureValidation } = await import('./editing.mjs');
const { mappingFile, networkSpec } = await import('./mappingFile.mjs');

await run(process.execPath, ['esbuild.mjs'], { cwd: root });
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

const results = [];
for (const rows of [1_000, 10_000, 100_000]) {
  const text = mappingFile(rows);
  const file = path.join(folder, `${rows}.csv`);
  const specFile = path.join(folder, 'network_spec.yml');
  writeFileSync(file, text);
  writeFileSync(specFile, networkSpec);
  const facts = ['--network-spec', specFile, '--software', 'slurm_custom', '--omnia-share', 'nfs'];
  results.push({
    rows,
    megabytes: text.length / 1e6,
    validation: measureValidation(text, settings, 5),
    edit: measureEdits(text, settings, 200),
    naiveEdit: measureNaiveEdits(text, settings, rows > 10_000 ? 5 : 20),
    commandLine: measureCommandLine(['validate', file, '--quiet'], 5),
    commandLineWithFacts: measureCommandLine(['validate', file, '--quiet', '--omnia', '2.2', ...facts], 5),
  });
}

/** @param {number} value */
const ms = (value) => Number(value.toFixed(value < 10 ? 2 : 0));
console.table(
  results.map(({ rows, megabytes, validation, edit, naiveEdit, commandLine, commandLineWithFacts }) => ({
    rows,
    MB: ms(megabytes),
    'validate ms': ms(validation.medianMs),
    'edit p50 ms': ms(edit.p50Ms),
    'edit p95 ms': ms(edit.p95Ms),
    'naive p50 ms': ms(naiveEdit.p50Ms),
    'naive p95 ms': ms(naiveEdit.p95Ms),
    'process ms': ms(commandLine.medianMs),
    'with facts ms': ms(commandLineWithFacts.medianMs),
    'peak MB': ms(commandLineWithFacts.peakMb),
  })),
);
const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: cpus().length };
writeFileSync(path.join(root, 'bench/results.json'), `${JSON.stringify({ machine, results }, undefined, 2)}\n`);
console.log('Written to bench/results.json. Process: median of 5 runs, start of Node included.');
await run(process.execPath, ['bench/restart.mjs'], { cwd: root });
