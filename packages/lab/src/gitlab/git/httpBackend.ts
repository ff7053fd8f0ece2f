import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { cleanGitEnv } from './git.ts';

export interface BackendRequest {
  readonly gitDir: string;
  /** What follows the project's path: `/info/refs`, `/git-upload-pack`, `/git-receive-pack`. */
  readonly rest: string;
  readonly query: string;
  readonly username: string;
}

/** Serves clone, fetch and push through `git http-backend` (CGI, RFC 3875). Resolves when the response is sent. */
export async function serveGit(
  request: IncomingMessage,
  response: ServerResponse,
  { gitDir, rest, query, username }: BackendRequest,
): Promise<void> {
  const protocol = request.headers['git-protocol'];
  const encoding = request.headers['content-encoding'];
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      HOME: gitDir,
      ...cleanGitEnv,
      GIT_PROJECT_ROOT: path.dirname(gitDir),
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `/${path.basename(gitDir)}${rest}`,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      REMOTE_USER: username,
      REMOTE_ADDR: request.socket.remoteAddress ?? '',
      ...(typeof protocol === 'string' ? { GIT_PROTOCOL: protocol } : {}),
      ...(encoding === undefined ? {} : { HTTP_CONTENT_ENCODING: encoding }),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => undefined);
  request.pipe(child.stdin);
  response.once('close', () => child.kill());
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    let head = Buffer.alloc(0);
    const readHead = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end === -1) return;
      child.stdout.off('data', readHead);
      writeHead(response, head.subarray(0, end).toString('latin1'));
      response.write(head.subarray(end + 4));
      child.stdout.pipe(response, { end: false });
    };
    child.stdout.on('data', readHead);
    child.once('close', () => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
      resolve();
    });
  });
}

function writeHead(response: ServerResponse, head: string): void {
  let status = 200;
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.writeHead(status);
}
