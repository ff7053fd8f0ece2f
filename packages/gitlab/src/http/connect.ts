import { trustedContext } from '@omnia-buildstream/http/tls/authorities';
import net from 'node:net';
import tls from 'node:tls';
import type { Clock } from '../clock.ts';
import { openTunnel } from './tunnel.ts';
import type { Trust } from './trust.ts';
import { ConnectError } from '../errors/connectError.ts';
import { codeOf } from '../errors/fromNetwork.ts';

export interface ConnectOptions {
  readonly trust: Trust;
  readonly proxy: URL | undefined;
  /** For TCP, proxy and TLS together, in milliseconds. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/**
 * Opens a connection to the server, through the proxy if there is one, and checks the certificate before sending a
 * byte.
 * @throws ConnectError
 */
export async function connect(target: URL, { trust, proxy, timeoutMs, clock }: ConnectOptions): Promise<net.Socket> {
  const opened: net.Socket[] = [];
  const ended = new AbortController();
  const tooLate = clock.sleep(timeoutMs, ended.signal).then(() => {
    throw new ConnectError('UND_ERR_CONNECT_TIMEOUT', `no connection after ${String(timeoutMs)} ms`);
  });
  // After the race, nothing else handles this rejection.
  tooLate.catch(() => undefined);
  try {
    return await Promise.race([open(target, { trust, proxy, opened }), tooLate]);
  } catch (error) {
    closeAll(opened);
    if (error instanceof ConnectError) throw error;
    throw new ConnectError(codeOf(error) ?? 'UND_ERR_CONNECT', undefined, { cause: error });
  } finally {
    ended.abort();
  }
}

async function open(
  target: URL,
  { trust, proxy, opened }: { trust: Trust; proxy: URL | undefined; opened: net.Socket[] },
): Promise<net.Socket> {
  const host = hostOf(target);
  const port = Number(target.port || (target.protocol === 'https:' ? 443 : 80));
  const tunnel = proxy === undefined ? undefined : await openTunnel(proxy, { host, port }, opened);
  if (target.protocol !== 'https:') {
    const plain = tunnel ?? net.connect({ host, port, noDelay: true });
    opened.push(plain);
    if (tunnel === undefined) await once(plain, 'connect');
    return plain;
  }
  const secure = tls.connect({
    ...(tunnel === undefined ? { port } : { socket: tunnel }),
    host,
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: ['http/1.1'],
    ...tlsOptions(trust),
  });
  opened.push(secure);
  await once(secure, 'secureConnect');
  checkPin(secure, trust);
  return secure;
}

function tlsOptions(trust: Trust): tls.ConnectionOptions {
  // A pinned certificate is compared below, which is stricter than checking any chain.
  if (trust.pin !== undefined) return { rejectUnauthorized: false };
  return { rejectUnauthorized: true, secureContext: trustedContext(trust.ca) };
}

function checkPin(socket: tls.TLSSocket, { pin }: Trust): void {
  if (pin === undefined) return;
  const seen = socket.getPeerX509Certificate()?.fingerprint256 ?? 'none';
  if (seen === pin) return;
  throw new ConnectError('ERR_TLS_PIN_MISMATCH', `the certificate is not the pinned one; its fingerprint is ${seen}`);
}

/** Destroys the newest socket, and those below it after it has closed. Starting with one below would crash Node. */
function closeAll(opened: readonly net.Socket[]): void {
  const [top, ...below] = [...opened].reverse();
  top?.once('close', () => {
    for (const socket of below) socket.destroy();
  });
  top?.destroy();
}

/** Like `once` of node:events, but fails on `close` too. */
export function once(socket: net.Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, resolve);
    socket.once('error', reject);
    socket.once('close', () => {
      reject(Object.assign(new Error('The connection was closed before it was ready.'), { code: 'ECONNRESET' }));
    });
  });
}

/** The host without the brackets of IPv6. */
function hostOf(url: URL): string {
  return url.hostname.replaceAll(/^\[|\]$/g, '');
}
