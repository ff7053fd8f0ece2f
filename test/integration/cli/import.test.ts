import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { folderOf } from '../../support/cli/files.ts';
import { runCli } from '../../support/cli/runCli.ts';
import { validFile } from '../../support/editing/validFile.ts';

const place = 'input/pxe_mapping_file.csv';
const text = validFile('2.2', 4);
const inventory = 'Kennung;Device IP\nTAG1001;172.17.0.99\nNEW0001;172.17.9.9\n';

test('import tells what is new, changed and gone, prints the map and the changes, and writes with --write only', async (context) => {
  const cwd = folderOf(context, { [place]: text, 'assets.csv': inventory });
  const args = ['import', 'assets.csv', '--map', 'service_tag=Kennung'];
  const shown = await runCli(args, { cwd });
  assert.equal(shown.code, 0, shown.output);
  for (const told of [
    "assets.csv: --map SERVICE_TAG=Kennung --map 'BMC_IP=Device IP'\n",
    'New nodes (1): NEW0001.',
    'Nodes that change (1), by column: BMC_IP (1).',
    'does not have (3): cn001, cn003, cn004.',
    `@@ ${place}:3 @@\n-`,
    'Nothing was written. --write makes these changes.',
  ]) {
    assert.ok(shown.stdout.includes(told), `${told}\n${shown.stdout}`);
  }
  const file = path.join(cwd, place);
  assert.equal(readFileSync(file, 'utf8'), text);
  // The printed column map has the same effect.
  const again = await runCli(
    ['import', 'assets.csv', '--map', 'SERVICE_TAG=Kennung', '--map', 'BMC_IP=Device IP', '--write'],
    { cwd },
  );
  assert.equal(again.code, 0, again.output);
  const written = readFileSync(file, 'utf8');
  assert.equal(written, `${text.replace('172.17.0.2,', '172.17.0.99,')},,NEW0001,,,,,,172.17.9.9,,\n`);
  assert.match((await runCli(args, { cwd })).stdout, /The file already has everything that is in the source\./);
});

test('import takes several sources, each with the columns that it has, and standard input', async (context) => {
  const mac = (text.split('\n')[3] ?? '').split(',')[5] ?? '';
  const leases = `1790000000 ${mac} 172.16.0.77 * *\n`;
  const cwd = folderOf(context, { [place]: text, 'assets.csv': inventory });
  const args = ['import', 'assets.csv', '-', '--map', 'SERVICE_TAG=Kennung', '--take', 'changed', '--write'];
  const { code, output } = await runCli(args, { cwd, stdin: leases });
  assert.equal(code, 0, output);
  const changed = text.replace('172.17.0.2,', '172.17.0.99,').replace('172.16.0.3,', '172.16.0.77,');
  assert.equal(readFileSync(path.join(cwd, place), 'utf8'), changed);
});

test('import refuses what it cannot tell apart, and says what it wants', async (context) => {
  const cwd = folderOf(context, {
    [place]: text,
    'assets.csv': inventory,
    'words.txt': 'no table\n',
    'none.csv': 'A;B\n1;2\n',
  });
  for (const [args, code, told] of [
    [['words.txt'], 1, /words\.txt: This is not a table: .* Nothing was written\.\n/],
    [['none.csv', '--map', 'BMC_IP=A'], 1, /cannot be told apart/],
    [['assets.csv', '--map', 'SERVICE_TAG=Tag'], 1, /no column 'Tag'\. Its columns are Kennung, Device IP\./],
    [[], 2, /Name the files to import/],
    [['assets.csv', '--map', 'SERVICE_TAG'], 2, /--map takes COLUMN=HEADER/],
    [['assets.csv', '--take', 'all'], 2, /--take cannot be "all"/],
    [['assets.csv', '--into', 'missing.csv'], 2, /missing\.csv/],
  ] as const) {
    const ran = await runCli(['import', ...args, '--write'], { cwd });
    assert.equal(ran.code, code, ran.output);
    assert.match(ran.stderr, told);
    assert.equal(readFileSync(path.join(cwd, place), 'utf8'), text);
  }
});
