import type { Readable, Writable } from 'node:stream';
import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
  type Disposable,
} from 'vscode-languageserver/node';
import { startServer, type Environment } from '../server.ts';

/** Serves an editor in the same process; unlike `main.ts` it never ends the process. */
export function serveInProcess(input: Readable, output: Writable, environment: Environment): Disposable {
  const connection = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(input),
    new StreamMessageWriter(output),
  );
  startServer(connection, environment);
  return connection;
}
