import assert from 'node:assert/strict';
import { test } from 'node:test';
import { machineClock } from '@omnia-buildstream/server/node/machineClock';
import { cluster } from '../support/cluster.ts';
import { mappingUri, startEditor } from '../integration/server/harness.ts';

const [header = ''] = cluster.split('\n');
const megabytes16 = 16 * 1024 * 1024 - 1_000;

function rows(make: (row: number) => string): string {
  return `${[header, ...Array.from({ length: 109_000 }, (_, row) => make(row))].join('\n')}\n`;
}

const worst: Readonly<Record<string, () => string>> = {
  'every cell wrong': () =>
    rows((i) => `x y,g${String(i % 7)} !,t_${String(i % 9)},no_${String(i)},h_st,zz:zz,300.1.1.1,gg,1.2.3,eth 0,999.9`),
  'all rows the same': () => rows(() => 'bad role,grp 1,T_G,T_G,h_st,00:11,10.0.0.300,00:11,10.0.0.300,nic,10.0.0.300'),
  'nothing but commas': () => ','.repeat(megabytes16),
  'rows of commas': () => rows(() => ','.repeat(140)),
  'nothing but quotes': () => `${header}\n${'"'.repeat(megabytes16 - header.length)}`,
  'one cell': () => `${header}\n${'a'.repeat(megabytes16 - header.length)}`,
  'one quote before all': () => `${header}\n"${'a,\n'.repeat(100_000)}`,
};

/** Processor time of the server and of the editor, which is in the same process and sends 16 MB. */
const mostMs = 4_000;

for (const [name, make] of Object.entries(worst)) {
  test(`${name}: judged or refused in time, and another file is judged after it`, async (t) => {
    const text = make();
    const editor = await startEditor(t);
    const start = machineClock.worked();
    await editor.open(text);
    const found = await editor.diagnostics();
    const workedMs = machineClock.worked() - start;
    t.diagnostic(`${String(Math.round(workedMs))} ms of work, ${String(found.length)} diagnostics`);
    assert.ok(found.length > 0);
    assert.ok(workedMs < mostMs, String(workedMs));
    const other = mappingUri.replace(/[^/]*$/, 'other.csv');
    await editor.open(cluster.replace('cn-002', 'cn_002'), other);
    assert.ok((await editor.diagnostics(other)).length > 0);
  });
}
