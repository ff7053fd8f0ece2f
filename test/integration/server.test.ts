import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import {
  createProtocolConnection,
  ExitNotification,
  type InitializeParams,
  InitializeRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

const serverFile = path.resolve(import.meta.dirname, '../../dist/server.js');

// `rootUri` is deprecated in the protocol, but its type still demands it.
// eslint-disable-next-line @typescript-eslint/no-deprecated
const initializeParams: InitializeParams = { processId: process.pid, rootUri: null, capabilities: {} };

test('the language server starts, names itself and ends when told to', async () => {
  const server = spawn(process.execPath, [serverFile, '--stdio']);
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.listen();
  const answer = await connection.sendRequest(InitializeRequest.type, initializeParams);
  assert.equal(answer.serverInfo?.name, 'omnia-buildstream');
  await connection.sendRequest(ShutdownRequest.type);
  await connection.sendNotification(ExitNotification.type);
  assert.equal(await ended, 0);
  connection.dispose();
});
