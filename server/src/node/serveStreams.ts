import type { Readable, Writable } from 'node:stream';
import { createConnection, ProposedFeatures } from 'vscode-languageserver';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { startServer, type Environment } from '../server.ts';

export interface Serving {
  /** Resolves when the editor has exited or disconnected: whether it shut the server down as the protocol requires. */
  readonly ended: Promise<boolean>;
  dispose(): void;
}

/** Serves an editor at the other end of two streams. Unlike `main.ts` it never ends the process. */
export function serveStreams(input: Readable, output: Writable, environment: Environment): Serving {
  let end: (isInOrder: boolean) => void = () => undefined;
  const ended = new Promise<boolean>((resolve) => {
    end = resolve;
  });
  const watchDog = {
    shutdownReceived: false,
    initialize: () => undefined,
    exit: (code: number) => {
      end(code === 0);
    },
  };
  const connection = createConnection(
    (logger) => {
      const protocol = createProtocolConnection(
        new StreamMessageReader(input),
        new StreamMessageWriter(output),
        logger,
      );
      protocol.onClose(() => {
        watchDog.exit(watchDog.shutdownReceived ? 0 : 1);
      });
      return protocol;
    },
    watchDog,
    ProposedFeatures.all,
  );
  startServer(connection, environment);
  return {
    ended,
    dispose: () => {
      connection.dispose();
    },
  };
}
