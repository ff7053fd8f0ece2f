import { LoopbackServer } from '../http/loopbackServer.ts';

/** Where the images of the lab lie: answers for what is there, as an object store does. */
export class ImageServer {
  readonly origin: string;
  readonly #server: LoopbackServer;

  /** @param folders paths under which files exist, without trailing slash */
  static async start(folders: readonly string[]): Promise<ImageServer> {
    const server = new LoopbackServer((request, response) => {
      const path = request.url ?? '/';
      const isThere = folders.some((folder) => path.startsWith(`${folder}/`));
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      response.writeHead(isRead ? (isThere ? 200 : 404) : 405, { 'content-type': 'application/octet-stream' });
      response.end();
    });
    await server.listen();
    return new ImageServer(server);
  }

  private constructor(server: LoopbackServer) {
    this.#server = server;
    this.origin = server.origin;
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}
