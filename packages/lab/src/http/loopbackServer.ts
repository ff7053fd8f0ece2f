import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { listen } from '../net/listen.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface Certificate {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
  /** Requires TLS 1.3, and closes the connection if the client sends no hostname (SNI). */
  readonly demandsName?: boolean;
}

function secureServer({ cert, key, demandsName = false }: Certificate, answer: RequestListener): Server {
  if (!demandsName) return createSecureServer({ cert, key }, answer);
  const server = createSecureServer({ cert, key, minVersion: 'TLSv1.3' }, answer);
  server.prependListener('secureConnection', (socket: TLSSocket) => {
    if (typeof socket.servername !== 'string') socket.destroy();
  });
  return server;
}

/** An HTTP or HTTPS server of the lab, on 127.0.0.1. A handler that rejects closes the connection. */
export class LoopbackServer {
  readonly #server: Server;
  readonly #scheme: 'http' | 'https';
  readonly #sockets = new Set<Socket>();
  #origin = '';

  /** @param certificate undefined for plain HTTP */
  constructor(handler: Handler, certificate?: Certificate) {
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      void Promise.resolve()
        .then(() => handler(request, response))
        .catch(() => request.socket.destroy());
    };
    this.#scheme = certificate === undefined ? 'http' : 'https';
    this.#server = certificate === undefined ? createServer(answer) : secureServer(certificate, answer);
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
    });
  }

  /** `https://127.0.0.1:PORT`, also after it was closed; empty before it listens. */
  get origin(): string {
    return this.#origin;
  }

  /** @param port 0 for a free one @throws AddressInUse */
  async listen(port = 0): Promise<void> {
    const given = await listen(this.#server, port, '127.0.0.1');
    this.#origin = `${this.#scheme}://127.0.0.1:${String(given)}`;
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }
}
