import { LoopbackServer } from '../http/loopbackServer.ts';

/** Serves the lab's images: responds for files that exist, as an object store does. */
export class ImageServer {
  readonly origin: string;
  readonly #server: LoopbackServer;
  readonly #folders: Set<string>;

  /** @param given paths under which files exist, without a trailing slash */
  static async start(given: readonly string[]): Promise<ImageServer> {
    const folders = new Set(given);
    const server = new LoopbackServer((request, response) => {
      const path = request.url ?? '/';
      const isThere = [...folders].some((folder) => path.startsWith(`${folder}/`));
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      response.writeHead(isRead ? (isThere ? 200 : 404) : 405, { 'content-type': 'application/octet-stream' });
      response.end();
    });
    await server.listen();
    return new ImageServer(server, folders);
  }

  private constructor(server: LoopbackServer, folders: Set<string>) {
    this.#server = server;
    this.#folders = folders;
    this.origin = server.origin;
  }

  add(folders: readonly string[]): void {
    for (const folder of folders) this.#folders.add(folder);
  }

  remove(folders: readonly string[]): void {
    for (const folder of folders) this.#folders.delete(folder);
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}
