/**
 * The language server as shipped, in a separate process: what the worst documents of 16 MB cost until it answers. The
 * test checks that it answers and continues to work. The processor time is only printed, because a busy machine is not
 * our fault.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol/node';
import { capabilities } from '../integration/server/capabilities.ts';
import { cluster } from '../support/cluster.ts';

const serverFile = path.resolve(import.meta.dirname, '../../dist/server.js');
const megabytes16 = 16 * 1024 * 1024 - 1_000;
const [header = ''] = cluster.split('\n');
/** Linux counts processor time in hundredths of a second. */
const tickMs = 10;

interface Worst {
  readonly name: 'pxe_mapping_file.csv' | 'failed_nodes.json' | 'network_spec.yml';
  readonly make: () => string;
}

const repeat = (text: string, length = megabytes16): string => text.repeat(Math.floor(length / text.length));
const list = (entry: string, length = megabytes16): string => `[${repeat(`${entry},`, length)}${entry}]`;
const wrongRows = (rows: number): string =>
  `${header}\n${Array.from({ length: rows }, (_, i) => `x y,g${String(i % 7)} !,t_${String(i % 9)},no_${String(i)},h_st,zz:zz,300.1.1.1,gg,1.2.3,eth 0,999.9\n`).join('')}`;
const wrongEntry = '{"bmc_ip":"1","status":"x"}';

const worst: Readonly<Record<string, Worst>> = {
  'a mapping file, every cell wrong, as many rows as are read': {
    name: 'pxe_mapping_file.csv',
    make: () => wrongRows(109_000),
  },
  'a mapping file of 16 MB, every cell wrong': { name: 'pxe_mapping_file.csv', make: () => wrongRows(170_000) },
  'a mapping file of one line': { name: 'pxe_mapping_file.csv', make: () => repeat('a') },
  'a mapping file of one line of commas': { name: 'pxe_mapping_file.csv', make: () => repeat(',') },
  'a mapping file of empty lines': { name: 'pxe_mapping_file.csv', make: () => repeat('\n') },
  'a mapping file in one quote': { name: 'pxe_mapping_file.csv', make: () => `${header}\n"${repeat('a,\n')}` },
  'a list of 600,000 wrong entries': { name: 'failed_nodes.json', make: () => list(wrongEntry) },
  'a list of a million faults': { name: 'failed_nodes.json', make: () => list('x y') },
  'as many wrong entries as are read': { name: 'failed_nodes.json', make: () => list(wrongEntry, 1_600_000) },
  'as many faults as are read': { name: 'failed_nodes.json', make: () => list('x', 230_000) },
  brackets: { name: 'failed_nodes.json', make: () => repeat('[') },
  'brackets of 4 MB': { name: 'failed_nodes.json', make: () => repeat('[', 4_000_000) },
  'one string': { name: 'failed_nodes.json', make: () => `"${repeat('a')}` },
  'lists in lists, in YAML': { name: 'network_spec.yml', make: () => repeat('- - - ') },
  'lists in lists, in the longest YAML that is read': {
    name: 'network_spec.yml',
    make: () => repeat('- - -\n', 65_000),
  },
  'aliases, in YAML': { name: 'network_spec.yml', make: () => `a: &a x\nNetworks: [${repeat('*a, ', 60_000)}*a]` },
};

for (const [what, { name, make }] of Object.entries(worst)) {
  test(`${what}: the server answers, and goes on`, async (t) => {
    const server = await startServer(t);
    const before = server.workedMs();
    const file = server.write(name, make());
    // The server reads this file because it is next to a mapping file.
    const opened = name === 'network_spec.yml' ? server.write('pxe_mapping_file.csv', cluster) : file;
    const found = await server.open(opened, name === 'network_spec.yml' ? file : opened);
    t.diagnostic(
      `${String(server.workedMs() - before)} ms of the server's work, ${JSON.stringify(found[0]?.message).slice(0, 90)}`,
    );
    assert.ok(found.length > 0);
    const next = await server.open(server.write('next_mapping_file.csv', cluster.replace('cn-002', 'cn_002')));
    assert.ok(next.length > 0);
  });
}

interface Server {
  /** Writes a file into the folder. @returns its path */
  readonly write: (name: string, text: string) => string;
  /** Opens a file and waits for the findings in it, or in another file. */
  readonly open: (file: string, about?: string) => Promise<readonly Diagnostic[]>;
  /** Processor time that the process has used so far. */
  readonly workedMs: () => number;
}

async function startServer(t: TestContext): Promise<Server> {
  const folder = mkdtempSync(path.join(tmpdir(), 'worst-'));
  const child = spawn(process.execPath, [serverFile, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  t.after(async () => {
    connection.dispose();
    child.kill();
    if (child.exitCode === null) await once(child, 'exit');
    rmSync(folder, { recursive: true });
  });
  const published = publishedBy(connection);
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => ({})));
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  const uri = pathToFileURL(folder).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders: [{ uri, name: 'worst' }],
    capabilities,
  });
  await connection.sendNotification('initialized', {});
  return {
    write(name, text) {
      const file = path.join(folder, name);
      writeFileSync(file, text);
      return file;
    },
    async open(file, about = file) {
      const languageId = file.endsWith('.csv') ? 'omnia-pxe-mapping' : 'json';
      const textDocument = { uri: pathToFileURL(file).href, languageId, version: 1, text: readFileSync(file, 'utf8') };
      const found = published(pathToFileURL(about).href);
      await connection.sendNotification('textDocument/didOpen', { textDocument });
      return found;
    },
    workedMs() {
      const fields =
        readFileSync(`/proc/${String(child.pid)}/stat`, 'utf8')
          .split(') ')
          .at(-1)
          ?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) * tickMs;
    },
  };
}

/** Resolves to the next nonempty list of findings in a file. */
function publishedBy(connection: ProtocolConnection): (uri: string) => Promise<readonly Diagnostic[]> {
  const waiting = new Map<string, (found: readonly Diagnostic[]) => void>();
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: PublishDiagnosticsParams) => {
    if (diagnostics.length > 0) waiting.get(uri)?.(diagnostics);
  });
  return (uri) => new Promise((resolve) => waiting.set(uri, resolve));
}
