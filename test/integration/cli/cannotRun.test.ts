import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { version } from '@omnia-buildstream/cli/version';
import { fixture, fixtures, folderOf } from '../../support/cli/files.ts';
import { runCli } from '../../support/cli/runCli.ts';

const file = path.join(fixtures, '001-slurm-only.csv');

for (const [args, sentence] of [
  [['validat'], /There is no command "validat"\. Did you mean "validate"\?\nSee "buildstream --help"/],
  [['--versoin'], /There is no option "--versoin"\. Did you mean "--version"\?/],
  [['validate'], /Name the mapping files to validate.*\nSee "buildstream validate --help"/],
  [['validate', file, '--omia', '2.2'], /There is no option "--omia"\. Did you mean "--omnia"\?/],
  [['validate', file, '--omnia', '3'], /--omnia cannot be "3": use one of 2\.1, 2\.2, 2\.3, 2\.3os, next\./],
  [['validate', file, '--omnia'], /'--omnia <value>' argument missing/],
  [['validate', file, '--format', 'xml'], /--format cannot be "xml": use one of text, json/],
  [['validate', file, '--severity', 'dup-admin-i=off'], /no rule "dup-admin-i"\. Did you mean "dup-admin-ip"\?/],
  [['validate', file, '--severity', 'dup-admin-ip'], /--severity needs CODE=LEVEL/],
  [['validate', file, '--severity', 'dup-admin-ip=bad'], /use one of error, warning, info, hint, off/],
  [['validate', file, '--software', 'a', '--software-config', 'b'], /Give either --software or --software-config/],
  [['validate', 'missing.csv'], /missing\.csv cannot be read: there is no such file\. Check the path\./],
  [['validate', fixtures], /cannot be read: it is a folder\. Name the file in it, for example .*pxe_mapping_file\.csv/],
  [
    ['validate', file, '--network-spec', 'none.yml'],
    /none\.yml cannot be read: there is no such file\. Check the path after --network-spec\./,
  ],
  [['validate', file, '--catalog', fixtures], /cannot be read: it is a folder/],
  [
    ['validate', file, '--software-config', file],
    /:1:1: error software-config-invalid: .*\nRepair the file, or skip the checks that need it: leave --software-config out/,
  ],
] as const) {
  test(`buildstream ${args.map((arg) => path.basename(arg)).join(' ')} ends with 2 and says what to do`, async () => {
    const { code, stdout, stderr } = await runCli(args);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^buildstream: /);
    assert.match(stderr, sentence);
  });
}

test('without a command the usage goes to standard error', async () => {
  const { code, stdout, stderr } = await runCli([]);
  assert.deepEqual([code, stdout], [2, '']);
  assert.match(stderr, /^Usage: buildstream COMMAND/);
});

test('a file that cannot be read leaves the others unreported', async () => {
  const { code, stdout } = await runCli(['validate', file, 'missing.csv', '--format', 'json']);
  assert.deepEqual([code, stdout], [2, '']);
});

test('faults of a context file that do not stop checks are warnings', async (context) => {
  const spec = fixture('network_spec.yml').replace('10.37.3.100-10.37.3.200', '10.37.3.200-10.37.3.100');
  const folder = folderOf(context, { 'spec.yml': spec });
  const { code, stderr } = await runCli(['validate', file, '--network-spec', path.join(folder, 'spec.yml')]);
  assert.notEqual(code, 2);
  assert.match(stderr, /spec\.yml:10:\d+: warning network-spec-range-order: /);
});

test('help names every option, and the version is that of the package', async () => {
  assert.match((await runCli(['--help'])).stdout, /validate +check mapping files/);
  const { code, stdout } = await runCli(['validate', '--help']);
  assert.equal(code, 0);
  for (const option of ['--omnia', '--format', '--fix', '--severity', '--quiet', '--no-color', '--network-spec']) {
    assert.ok(stdout.includes(option), option);
  }
  assert.equal((await runCli(['help', 'validate'])).stdout, stdout);
  const manifest = path.resolve(import.meta.dirname, '../../../packages/cli/package.json');
  assert.equal((JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version, version);
  assert.equal((await runCli(['--version'])).stdout, `buildstream ${version}\n`);
});
