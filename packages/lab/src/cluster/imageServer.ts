import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where the images of the lab lie: answers for what is there, as an object store does. */
export class ImageServer {
  readonly origin: string;
  readonly #server: Server;

  /** @param folders paths under which files exist, without trailing slash */
  static async start(folders: readonly string[]): Promise<ImageServer> {
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      const isThere = folders.some((folder) => path.startsWith(`${folder}/`));
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      response.writeHead(isRead ? (isThere ? 200 : 404) : 405, { 'content-type': 'application/octet-stream' });
      response.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ImageServer(server);
  }

  private constructor(server: Server) {
    this.#server = server;
    this.origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
