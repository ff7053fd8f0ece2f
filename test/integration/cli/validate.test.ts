import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import { fixture, fixtures, folderOf } from '../../support/cli/files.ts';
import { runCli } from '../../support/cli/runCli.ts';

interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface Report {
  readonly files: readonly {
    readonly path: string;
    readonly omnia: string;
    readonly findings: readonly (Place & { readonly code: string; readonly severity: string })[];
  }[];
}

const clean = fixture('001-slurm-only.csv');
const duplicate = path.join(fixtures, '107-dup-admin-ip.csv');

async function codes(args: readonly string[], stdin?: string): Promise<string[]> {
  const { stdout } = await runCli(['validate', ...args, '--format', 'json'], stdin === undefined ? {} : { stdin });
  const [file] = (JSON.parse(stdout) as Report).files;
  return (file?.findings ?? []).map(({ code, severity }) => `${severity} ${code}`);
}

test('a file that Omnia accepts ends with 0 and a summary', async () => {
  const { code, stdout } = await runCli(['validate', path.join(fixtures, '001-slurm-only.csv')]);
  assert.equal(code, 0);
  assert.match(stdout, /001-slurm-only\.csv: no problems \(Omnia 2\.2, detected\)\n$/);
});

test('errors end with 1; each is one line with its place, and names the other place below', async () => {
  const { code, stdout } = await runCli(['validate', duplicate, '--omnia', '2.2']);
  assert.equal(code, 1);
  const lines = stdout.split('\n');
  const error = lines.findIndex((line) => line.includes(' error dup-admin-ip: '));
  assert.match(lines[error] ?? '', /107-dup-admin-ip\.csv:\d+:\d+: error dup-admin-ip: ./);
  assert.match(lines[error + 1] ?? '', /^ {2}.*107-dup-admin-ip\.csv:\d+:\d+: ./);
  assert.match(lines.at(-2) ?? '', /: 1 error.* \(Omnia 2\.2\)$/);
});

test('warnings end with 0', async () => {
  const { code, stdout } = await runCli(['validate', path.join(fixtures, '029-warn-dup-bmc-mac.csv')]);
  assert.equal(code, 0);
  assert.match(stdout, /warning dup-bmc-mac/);
});

test('JSON has exactly the documented shape, places from 1', async () => {
  const { stdout } = await runCli(['validate', '-', '--omnia', '2.2', '--format=json'], {
    stdin: fixture('107-dup-admin-ip.csv'),
  });
  const report = JSON.parse(stdout) as Report;
  assert.deepEqual(Object.keys(report), ['files']);
  const [file] = report.files;
  assert.deepEqual(Object.keys(file ?? {}), ['path', 'omnia', 'findings']);
  assert.equal(file?.path, '-');
  assert.equal(file.omnia, '2.2');
  const finding = file.findings.find(({ code }) => code === 'dup-admin-ip');
  assert.deepEqual(Object.keys(finding ?? {}), [
    'code',
    'severity',
    'line',
    'column',
    'endLine',
    'endColumn',
    'columnName',
    'message',
    'related',
  ]);
  const { message, related, ...rest } = finding as typeof finding & { message: string; related: object[] };
  const line = fixture('107-dup-admin-ip.csv').split('\n')[rest.line - 1] ?? '';
  assert.match(line.slice(rest.column - 1, rest.endColumn - 1), /^\d+\.\d+\.\d+\.\d+$/);
  assert.equal(typeof message, 'string');
  assert.deepEqual(Object.keys(related[0] ?? {}), ['line', 'column', 'endLine', 'endColumn', 'message']);
});

test('a finding without a column says null', async () => {
  const { code, stdout } = await runCli(['validate', '-', '--format', 'json'], { stdin: '' });
  assert.equal(code, 1);
  const [finding] = (JSON.parse(stdout) as Report).files[0]?.findings ?? [];
  assert.deepEqual(
    { ...finding, message: '' },
    {
      code: 'no-data',
      severity: 'error',
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 1,
      columnName: null,
      message: '',
      related: [],
    },
  );
});

test('every fixture is reported in every version, with places inside the text', async () => {
  const files = readdirSync(fixtures).filter((name) => name.endsWith('.csv'));
  for (const omnia of omniaVersions) {
    const { code, stdout } = await runCli(['validate', ...files, '--omnia', omnia, '--format', 'json'], {
      cwd: fixtures,
    });
    assert.equal(code, 1);
    const report = JSON.parse(stdout) as Report;
    assert.equal(report.files.length, files.length);
    for (const { path: name, findings } of report.files) {
      const lines = fixture(name).split(/\r\n|\r|\n/);
      for (const { line, column, endLine, endColumn } of findings) {
        assert.ok(line >= 1 && endLine >= line && endLine <= lines.length);
        assert.ok(column >= 1 && endColumn >= 1 && endColumn <= (lines[endLine - 1] ?? '').length + 1);
      }
    }
  }
});

test('the version is detected from the folder of the project', async (context) => {
  const folder = folderOf(context, {});
  mkdirSync(path.join(folder, 'input/orchestrator'), { recursive: true });
  writeFileSync(path.join(folder, 'input/orchestrator/pxe_mapping_file.csv'), clean);
  const args = ['validate', 'pxe_mapping_file.csv', '--format', 'json'];
  const { stdout } = await runCli(args, { cwd: path.join(folder, 'input/orchestrator') });
  assert.equal((JSON.parse(stdout) as Report).files[0]?.omnia, '2.3');
});

test('--severity changes a rule, and what it makes an error ends with 1', async () => {
  const file = path.join(fixtures, '029-warn-dup-bmc-mac.csv');
  assert.equal((await runCli(['validate', file, '--severity', 'dup-bmc-mac=error'])).code, 1);
  assert.equal((await runCli(['validate', duplicate, '--severity', 'dup-admin-ip=off'])).code, 0);
});

test('--quiet shows errors only, without notes', async () => {
  const { stdout, stderr } = await runCli(['validate', path.join(fixtures, '029-warn-dup-bmc-mac.csv'), '--quiet']);
  assert.equal(stdout + stderr, '');
});

test('facts around the file switch checks on', async () => {
  const arm = fixture('123-ctx-arm-local-share.csv');
  assert.deepEqual(await codes(['-', '--omnia-share', 'local'], arm), ['error aarch64-needs-nfs-share']);
  assert.deepEqual(await codes(['-', '--omnia-share', 'nfs'], arm), []);
  const kubernetes = fixture('127-ctx-software-missing.csv');
  assert.ok((await codes(['-', '--software', ''], kubernetes)).includes('error software-missing'));
  assert.ok(
    !(await codes(['-', '--software', 'service_k8s,slurm_custom'], kubernetes)).includes('error software-missing'),
  );
  assert.ok((await codes(['-', '--dns-enabled'], clean)).includes('error hostname-not-nid'));
  const spec = path.join(fixtures, 'network_spec.yml');
  assert.deepEqual(await codes(['-', '--network-spec', spec], fixture('131-ctx-ip-is-oim.csv')), ['warning ip-is-oim']);
});

test('checks that lack a fact are skipped, which is said once, for people only', async () => {
  const file = path.join(fixtures, '001-slurm-only.csv');
  const { stderr } = await runCli(['validate', file, duplicate, '--context', 'explicit']);
  assert.equal(stderr.match(/not checked without --network-spec/g)?.length, 1);
  assert.match(stderr, /aarch64-needs-nfs-share/);
  assert.equal((await runCli(['validate', file, '--context', 'explicit', '--format', 'json'])).stderr, '');
});

test('the files beside the mapping file are read, unless --context explicit says otherwise', async (context) => {
  const folder = folderOf(context, {
    'map.csv': clean,
    'provision_config.yml': 'dns_enabled: yes\n',
    'software_config.json': '{"softwares": []}',
  });
  assert.deepEqual(await codes([path.join(folder, 'map.csv'), '--context', 'explicit']), []);
  const found = await codes([path.join(folder, 'map.csv')]);
  assert.deepEqual([...new Set(found)], ['error software-missing', 'error hostname-not-nid']);
});

test('bytes that are not UTF-8 are told at their place', async () => {
  const { code, stdout } = await runCli(['validate', path.join(fixtures, '057-latin1.csv')]);
  assert.equal(code, 1);
  assert.match(stdout, /057-latin1\.csv:\d+:\d+: error not-utf8/);
});

test('a byte order mark stops 2.2 and not 2.3', async () => {
  assert.ok((await codes(['-', '--omnia', '2.2'], `\ufeff${clean}`)).some((found) => found.startsWith('error')));
  assert.ok(!(await codes(['-', '--omnia', '2.3'], `\ufeff${clean}`)).some((found) => found.startsWith('error')));
});
