import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** Moves the clocks of packaged extensions, which connect to it because their environment names its socket. */
export interface TestClocks {
  readonly path: string;
  /** Lets time pass in all of them; resolves when it has. */
  passMs(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** @param path of the socket; its folder exists */
export async function listenForClocks(path: string): Promise<TestClocks> {
  const clocks = new Map<Socket, () => Promise<unknown>>();
  const server = createServer((socket) => {
    const lines = createInterface(socket)[Symbol.asyncIterator]();
    // A window that closes takes its connection with it: for what is gone no time has to pass.
    const next = (): Promise<unknown> => lines.next().catch(() => undefined);
    const forget = (): void => {
      clocks.delete(socket);
    };
    socket.on('error', forget).on('close', forget);
    // The first line names the folder that is open.
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
