import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** Advances the clocks of packaged extensions, which connect to it because their environment names its socket. */
export interface TestClocks {
  readonly path: string;
  /** Advances time in all of them; resolves once they have done so. */
  passMs(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** @param path of the socket; its folder must exist */
export async function listenForClocks(path: string): Promise<TestClocks> {
  const clocks = new Map<Socket, () => Promise<unknown>>();
  const server = createServer((socket) => {
    const lines = createInterface(socket)[Symbol.asyncIterator]();
    // A window that closes drops its connection; its time need not pass.
    const next = (): Promise<unknown> => lines.next().catch(() => undefined);
    const forget = (): void => {
      clocks.delete(socket);
    };
    socket.on('error', forget).on('close', forget);
    // The first line names the open folder.
    void next().then(() => (socket.destroyed ? undefined : clocks.set(socket, next)));
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    path,
    async passMs(ms) {
      await Promise.all(
        [...clocks].map(([socket, answered]) => {
          socket.write(`${String(ms)}\n`);
          return answered();
        }),
      );
    },
    async close() {
      for (const socket of clocks.keys()) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
