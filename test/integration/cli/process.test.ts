import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { version } from '@omnia-buildstream/cli/version';
import { bundle, launcher, olderNode, runProcess, startProcess } from '../../support/cli/cliProcess.ts';
import { fixture, fixtures, folderOf } from '../../support/cli/files.ts';

/** What only a real process can show. The rest of the command line is tested by function calls. */

const clean = fixture('001-slurm-only.csv');

suite('the command line as a process', { concurrency: true }, () => {
  test('the launcher runs the bundled command line', async () => {
    const { code, stdout } = await runProcess(['--version']);
    assert.deepEqual([code, stdout], [0, `buildstream ${version}\n`]);
  });

  test('the process reads standard input, writes both outputs and ends with the exit code', async () => {
    const ran = await runProcess(['validate', '-'], { input: fixture('107-dup-admin-ip.csv') });
    assert.equal(ran.code, 1);
    assert.match(ran.stdout, /^-:\d+:\d+: error dup-admin-ip: /m);
    assert.match(ran.stderr, /^note: not checked without /);
  });

  for (const [code, title, args] of [
    [0, 'everything went well', ['validate', '-']],
    [2, 'could not run', ['validate', 'no-such-file.csv']],
    [3, 'some tests failed', ['run', 'validate', '--only=ssh', '--hosts=hosts', '--port=ssh=9', '--limit=up=0']],
  ] as const) {
    test(`it ends with ${String(code)}: ${title}`, async (context) => {
      // None of our programs listens on the discard port of these addresses.
      const mapping = clean.replaceAll(/\b10\.37\.0\./g, '127.40.9.');
      const cwd = folderOf(context, { 'pxe_mapping_file.csv': mapping, hosts: '' });
      const ran = await runProcess(args, { cwd, input: clean });
      assert.equal(ran.code, code, ran.stdout + ran.stderr);
    });
  }

  test('an editor is served on the standard streams, until it ends that in order or goes', async () => {
    const framed = (message: object): string => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...message });
      return `Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`;
    };
    const hello = [
      framed({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } }),
      framed({ method: 'initialized', params: {} }),
    ].join('');
    const child = spawn(process.execPath, [launcher, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    let stdout = '';
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
    // Its input stays open: the process must end on its own.
    child.stdin.write(hello + framed({ id: 2, method: 'shutdown' }) + framed({ method: 'exit' }));
    const [, gone] = await Promise.all([once(child, 'close'), runProcess(['lsp'], { input: hello })]);
    assert.equal(child.exitCode, 0);
    assert.match(stdout, /^Content-Length: \d+\r\n\r\n\{.*"serverInfo":\{"name":"omnia-buildstream"\}/s);
    assert.deepEqual([gone.code, gone.stderr], [1, '']);
  });

  test('every output arrives, however long', async () => {
    const [header = '', row = ''] = clean.split('\n');
    const input = `${header}\n${`${row}\n`.repeat(5000)}`;
    const ran = await runProcess(['validate', '-', '--format', 'json'], { input });
    assert.equal(ran.code, 1);
    const { files } = JSON.parse(ran.stdout) as { files: { findings: object[] }[] };
    assert.ok((files[0]?.findings.length ?? 0) > 5000);
  });

  test('a reader that goes away ends the output quietly', async (context) => {
    const [header = '', row = ''] = clean.split('\n');
    const folder = folderOf(context, { 'map.csv': `${header}\n${`${row}\n`.repeat(20_000)}` });
    const { child, ended } = startProcess(['validate', path.join(folder, 'map.csv'), '--quiet']);
    child.stdout.once('data', () => child.stdout.destroy());
    const { code, stderr } = await ended;
    assert.deepEqual([code, stderr], [1, '']);
  });

  test('a pipe takes what one command writes to another', async (context) => {
    const cwd = folderOf(context, { 'map.csv': fixture('017-padded-cells.csv') });
    const cli = `'${process.execPath}' '${launcher}'`;
    const pipe = `${cli} validate - --fix < map.csv | ${cli} validate - --format json`;
    const child = spawn('sh', ['-c', pipe], { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 0);
    assert.deepEqual((JSON.parse(text) as { files: { findings: object[] }[] }).files[0]?.findings, []);
  });

  test('--fix as a process', async (context) => {
    const folder = folderOf(context, { 'map.csv': readFileSync(path.join(fixtures, '017-padded-cells.csv')) });
    const ran = await runProcess(['validate', 'map.csv', '--fix'], { cwd: folder });
    assert.equal(ran.code, 0);
    assert.match(ran.stderr, /map\.csv: repaired/);
  });
});

const node20 = olderNode();
const withoutNode20 = node20 === undefined ? 'no Node 20 is on the PATH' : false;

test('the bundle starts on Node 20: version, help, and a mapping file is checked', { skip: withoutNode20 }, () => {
  const run = (...args: readonly string[]): string =>
    execFileSync(node20 ?? '', [bundle, ...args], { encoding: 'utf8' });
  assert.equal(run('--version'), `buildstream ${version}\n`);
  assert.match(run('--help'), /^Usage: buildstream COMMAND/);
  for (const command of ['validate', 'plan', 'failed', 'run', 'status', 'hardware', 'bmc', 'lab', 'pipelines']) {
    assert.match(run(command, '--help'), new RegExp(`^Usage: buildstream ${command}`));
  }
  assert.match(run('validate', path.join(fixtures, '001-slurm-only.csv')), /no problems/);
});
