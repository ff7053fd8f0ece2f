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
    const forget = (): void => {
      clocks.delete(socket);
    };
    socket.on('error', forget).on('close', forget);
    // The first line names the folder that is open.
    void lines.next().then(() => clocks.set(socket, () => lines.next()));
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
