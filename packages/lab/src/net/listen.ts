import type { AddressInfo, Server } from 'node:net';

/** Something else already listens there. */
export class AddressInUse extends Error {
  readonly host: string;
  readonly port: number;

  constructor(host: string, port: number) {
    super(`${host}:${String(port)} is in use`);
    this.name = 'AddressInUse';
    this.host = host;
    this.port = port;
  }
}

/**
 * Listens, and keeps listening: code that looks for a free port binds port 0 and holds the socket.
 * @param port 0 for a free one
 * @returns the port
 * @throws AddressInUse if something else listens there
 */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      reject(error.code === 'EADDRINUSE' ? new AddressInUse(host, port) : error);
    };
    server.once('error', fail);
    server.listen({ port, host, exclusive: true }, () => {
      server.off('error', fail);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
