import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import {
  createProtocolConnection,
  type Diagnostic,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { soundCluster as cluster } from '../../support/cluster.ts';
import { mappingUri, summary } from './harness.ts';

const serverFile = path.resolve(import.meta.dirname, '../../../server/src/main.ts');

/** Opens a text in a separate server process, which is killed without a shutdown once it has said what it finds. */
async function diagnosticsOfNewServer(t: TestContext, text: string): Promise<readonly Diagnostic[]> {
  const server = spawn(process.execPath, [serverFile, '--stdio']);
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const ended = once(server, 'exit');
  const kill = (): void => {
    connection.dispose();
    server.kill('SIGKILL');
  };
  t.after(kill);
  const found = new Promise<readonly Diagnostic[]>((resolve) => {
    connection.onNotification('textDocument/publishDiagnostics', ({ diagnostics }: PublishDiagnosticsParams) => {
      resolve(diagnostics);
    });
  });
  connection.listen();
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
  await connection.sendNotification('initialized', {});
  const textDocument = { uri: mappingUri, languageId: 'omnia-pxe-mapping', version: 1, text };
  await connection.sendNotification('textDocument/didOpen', { textDocument });
  const diagnostics = await found;
  kill();
  const [, signal] = (await ended) as [unknown, NodeJS.Signals | null];
  assert.equal(signal, 'SIGKILL');
  return diagnostics;
}

test('a server that was killed is replaced by another that says the same', async (t) => {
  const text = cluster.replace('cn-002', 'cn-001');
  const first = await diagnosticsOfNewServer(t, text);
  const second = await diagnosticsOfNewServer(t, text);
  assert.equal(first.length, 1);
  assert.deepEqual(summary(second), summary(first));
});
