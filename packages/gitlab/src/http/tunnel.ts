import net from 'node:net';
import tls from 'node:tls';
import { ConnectError } from '../errors/connectError.ts';

const longestHeadBytes = 16_384;

/**
 * A connection through an HTTP proxy (`CONNECT`, RFC 9110 section 9.3.6). Adds its socket to `opened` immediately.
 * @throws ConnectError; its message never contains the proxy's password
 */
export async function openTunnel(
  proxy: URL,
  target: { readonly host: string; readonly port: number },
  opened: net.Socket[],
): Promise<net.Socket> {
  const host = proxy.hostname.replaceAll(/^\[|\]$/g, '');
  const isSecure = proxy.protocol === 'https:';
  const port = Number(proxy.port || (isSecure ? 443 : 80));
  const socket = isSecure
    ? tls.connect({ host, port, ...(net.isIP(host) === 0 ? { servername: host } : {}) })
    : net.connect({ host, port });
  opened.push(socket);
  const authority = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${String(target.port)}`;
  const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`, ...credentials(proxy), '', ''];
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0);
    const fail = (why: string) => {
      reject(new ConnectError('PROXY_FAILED', `the proxy ${host}:${String(port)} ${why}`));
    };
    const read = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end === -1) {
        if (head.byteLength > longestHeadBytes) fail('answers with something that is not HTTP');
        return;
      }
      socket.off('data', read);
      socket.pause();
      const status = /^HTTP\/1\.\d (\d{3})/.exec(head.toString('latin1'))?.[1] ?? 'nothing understandable';
      if (!status.startsWith('2')) {
        fail(`refuses the connection with ${status}`);
        return;
      }
      const rest = head.subarray(end + 4);
      if (rest.byteLength > 0) socket.unshift(rest);
      resolve(socket);
    };
    socket.on('data', read);
    socket.once('error', (error: NodeJS.ErrnoException) => {
      fail(`cannot be reached (${error.code ?? error.message})`);
    });
    socket.once('close', () => {
      fail('closed the connection');
    });
    socket.once(isSecure ? 'secureConnect' : 'connect', () => socket.write(lines.join('\r\n')));
  });
}

function credentials({ username, password }: URL): string[] {
  if (username === '') return [];
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return [`Proxy-Authorization: Basic ${Buffer.from(pair).toString('base64')}`];
}
