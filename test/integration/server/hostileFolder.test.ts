import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { readRegularFile } from '@omnia-buildstream/engine/files/readRegularFile';
import { checkFailedNodes } from '@omnia-buildstream/core/failedNodes/check';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { parseJson } from '@omnia-buildstream/core/context/jsonValue';
import { parseYaml } from '@omnia-buildstream/core/context/yamlValue';
import { isTooLargeMapping } from '@omnia-buildstream/core/text/textLimits';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { guarded } from '@omnia-buildstream/server/background';
import { diskFiles } from '@omnia-buildstream/server/node/diskFiles';
import { resolvePath } from '@omnia-buildstream/server/uris';
import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver-protocol/node';
import { cluster, soundCluster } from '../../support/cluster.ts';
import { failedUri, mappingUri, startEditor, workspace } from './harness.ts';

const megabytes16 = 16 * 1024 * 1024;

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'hostile-'));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

suite('files that are none', { skip: process.platform === 'win32' && 'needs pipes and devices' }, () => {
  test('a device behind a link, a pipe that nobody writes to and a folder are not read by anybody', async (t) => {
    const folder = folderFor(t);
    symlinkSync('/dev/zero', path.join(folder, 'device'));
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    for (const name of ['device', 'pipe', '.']) {
      const file = path.join(folder, name);
      assert.equal(await diskFiles.read(pathToFileURL(file).href), undefined);
      await assert.rejects(readRegularFile(file), { code: 'ENOTREG' });
    }
  });

  test('a regular file is read to its end, also behind a link and where its size says 0; a huge one is not', async (t) => {
    const folder = folderFor(t);
    writeFileSync(path.join(folder, 'file'), 'a'.repeat(100_000));
    symlinkSync('file', path.join(folder, 'link'));
    writeFileSync(path.join(folder, 'huge'), 'a'.repeat(megabytes16 + 1));
    assert.equal((await diskFiles.read(pathToFileURL(path.join(folder, 'link')).href))?.length, 100_000);
    assert.equal((await readRegularFile(path.join(folder, 'link'), 'utf8')).length, 100_000);
    assert.equal(await diskFiles.read(pathToFileURL(path.join(folder, 'huge')).href), undefined);
    if (process.platform === 'linux') assert.match(await readRegularFile('/proc/self/status', 'utf8'), /Name:/);
  });
});

function textOf(diagnostic: Diagnostic | undefined): string {
  const message = diagnostic?.message ?? '';
  return typeof message === 'string' ? message : message.value;
}

/** A text of about `length` characters. */
function repeated(part: string, length: number, before = ''): string {
  return before + part.repeat(Math.ceil(length / part.length));
}

test('JSON that is too deep, too large, too long or no JSON at all is a fault and no more', () => {
  const texts = [
    repeated('[', 4_000),
    repeated('{"a":', 4_000),
    // Well-formed, but nested more deeply than any call stack.
    `{"failed_nodes":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    `${'{"failed_nodes":'.repeat(100_000)}[]${'}'.repeat(100_000)}`,
    repeated('[', megabytes16),
    repeated(',', 4_000_000),
    repeated('x ', 4_000_000, '{"failed_nodes":['),
    `${repeated('{},', 4_000_000, '{"failed_nodes":[')}{}]}`,
    repeated('"\\', 4_000_000),
    '\ud800',
  ];
  for (const text of texts) {
    const document = readFailedNodesDocument(text);
    const findings = checkFailedNodes({ document });
    assert.ok(document.faults.length > 0 && document.faults.length <= 1_001, String(document.faults.length));
    assert.ok(findings.length > 0 && findings.length < 2_000, String(findings.length));
    assert.ok(parseJson(text).fault !== undefined || text.startsWith('{'));
  }
});

test('YAML that is too deep or too large is a fault and no more', () => {
  const texts = [
    repeated('- ', megabytes16),
    repeated('- ', 1_000),
    repeated('? ', 1_000),
    repeated('[', 1_000),
    repeated('{a: ', 1_000),
    Array.from({ length: 100 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  ];
  for (const text of texts) assert.notEqual(parseYaml(text).fault, undefined, text.slice(0, 20));
  assert.equal(parseYaml('a: &a [*a]\n').root?.get('a')?.items()?.length, 1);
  assert.equal(parseYaml('a:\n- b: [1, 2]\n  c: "[[["\n').fault, undefined);
});

test('deep lists of failed nodes leave the server alive, and the file shows what is wrong', async (t) => {
  const editor = await startEditor(t, { files: { [mappingUri]: cluster } });
  await editor.open('['.repeat(4_000), failedUri, 'json');
  assert.ok((await editor.diagnostics(failedUri)).length > 0);
  await editor.open(cluster.replace('cn-002', 'cn_002'));
  assert.ok((await editor.diagnostics()).length > 0);
});

test('a mapping file that is too large says so, and is judged again when it has become smaller', async (t) => {
  const editor = await startEditor(t);
  const large = soundCluster + 'x\n'.repeat(200_000);
  assert.ok(isTooLargeMapping(large));
  await editor.open(large);
  const [only, ...others] = await editor.diagnostics();
  assert.match(textOf(only), /too large to be checked/);
  assert.deepEqual(others, []);
  const start = { line: 0, character: 0 };
  const smaller = soundCluster.replace('cn-002', 'cn_002');
  await editor.edit([{ range: { start, end: { line: 1_000_000, character: 0 } }, newText: smaller }]);
  assert.deepEqual(
    (await editor.diagnosticsWhere((found) => !found.some(({ code }) => code === undefined))).map(({ code }) => code),
    ['bad-hostname'],
  );
});

test('a file beside has no more problems than the editor shows', async (t) => {
  const names = JSON.stringify({ softwares: Array.from({ length: 50_000 }, () => ({})) });
  const software = `${workspace}/software_config.json`;
  const editor = await startEditor(t, { files: { [software]: names }, folders: [workspace] });
  await editor.open(cluster);
  await editor.diagnostics();
  const found = await editor.diagnosticsWhere((all) => all.length > 0, software);
  assert.equal(found.length, 1_000);
});

test('half a character in a path of another file hides no problem', async (t) => {
  assert.match(resolvePath('/a/\ud800/b.json', mappingUri) ?? '', /^file:/);
  const config = `${workspace}/orchestrator/orchestrator_config.yml`;
  const uri = `${workspace}/orchestrator/pxe_mapping_file.csv`;
  const files = { [config]: 'catalog_file_path: "/opt/\\ud800/catalog.json"\n' };
  const editor = await startEditor(t, { files, folders: [workspace] });
  await editor.open(cluster.replace('cn-002', 'cn_002'), uri);
  assert.ok((await editor.diagnostics(uri)).some(({ code }) => code === 'bad-hostname'));
});

test('a document that cannot be judged says so itself, and the others are judged', async () => {
  const sent: PublishDiagnosticsParams[] = [];
  const logged: string[] = [];
  const connection = {
    sendDiagnostics: (params: PublishDiagnosticsParams) => {
      sent.push(params);
      return Promise.resolve();
    },
    console: { error: (text: string) => logged.push(text) },
  } as unknown as Parameters<typeof guarded>[0]['connection'];
  guarded({ connection, say: renderMessage }, mappingUri, () => {
    throw new RangeError('Maximum call stack size exceeded');
  });
  guarded({ connection, say: renderMessage }, failedUri, () => Promise.resolve());
  await new Promise(setImmediate);
  assert.deepEqual(
    sent.map(({ uri, diagnostics }) => [uri, diagnostics.length]),
    [[mappingUri, 1]],
  );
  assert.match(textOf(sent[0]?.diagnostics[0]), /could not be checked.*Maximum call stack/);
  assert.equal(logged.length, 1);
});
