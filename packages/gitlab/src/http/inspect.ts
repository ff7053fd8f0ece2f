import { trustedContext } from '@omnia-buildstream/http/tls/authorities';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import tls from 'node:tls';
import net from 'node:net';
import { systemClock, type Clock } from '../clock.ts';
import { ConnectError } from '../errors/connectError.ts';
import { codeOf } from '../errors/fromNetwork.ts';
import { connect, once } from './connect.ts';
import type { Trust } from './trust.ts';

/** One certificate of a chain. */
export interface CertificateInfo {
  /** `CN=gitlab.example.com, O=…` */
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[];
  readonly validFromMs: number;
  readonly validToMs: number;
  /** SHA-256, `AB:CD:…`. */
  readonly fingerprint: string;
}

export interface ChainReport {
  /** The server's own certificate first. */
  readonly chain: readonly CertificateInfo[];
  /** OpenSSL's code for what is wrong with it, such as DEPTH_ZERO_SELF_SIGNED_CERT. Undefined if it is trusted. */
  readonly problem: string | undefined;
}

/**
 * Reads a server's certificate chain without sending a request, so that the user can compare and pin the certificate.
 * @throws what `connect` throws, but nothing about the certificate itself
 */
export async function inspectServer(
  target: URL,
  {
    trust,
    proxy,
    timeoutMs,
    clock = systemClock,
  }: { trust: Trust; proxy: URL | undefined; timeoutMs: number; clock?: Clock },
): Promise<ChainReport> {
  // First a connection without TLS, then a handshake that accepts any certificate and reports the verdict.
  const plain = new URL(target);
  const port = target.port || '443';
  const raw = await connect(withoutTls(plain, port), { trust: {}, proxy, timeoutMs, clock });
  const host = target.hostname.replaceAll(/^\[|\]$/g, '');
  const socket = tls.connect({
    socket: raw,
    host,
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
    rejectUnauthorized: false,
    secureContext: trustedContext(trust.ca),
  });
  const ended = new AbortController();
  clock.sleep(timeoutMs, ended.signal).then(
    () => socket.destroy(new ConnectError('UND_ERR_CONNECT_TIMEOUT', `no handshake after ${String(timeoutMs)} ms`)),
    () => undefined,
  );
  try {
    await once(socket, 'secureConnect');
    return { chain: chainOf(socket), problem: problemOf(socket) };
  } catch (error) {
    if (error instanceof ConnectError) throw error;
    throw new ConnectError(codeOf(error) ?? 'UND_ERR_CONNECT', undefined, { cause: error });
  } finally {
    ended.abort();
    // This ends the connection below it, too.
    socket.destroy();
  }
}

function withoutTls(url: URL, port: string): URL {
  return new URL(`http://${url.hostname}:${port}`);
}

/** Node's types say Error, but it is a string. */
function problemOf(socket: TLSSocket): string | undefined {
  if (socket.authorized) return undefined;
  const problem: unknown = socket.authorizationError;
  if (problem instanceof Error) return 'code' in problem ? String(problem.code) : problem.message;
  return String(problem);
}

function chainOf(socket: TLSSocket): CertificateInfo[] {
  const chain: CertificateInfo[] = [];
  const seen = new Set<string>();
  // An empty object if there is no certificate; the last certificate names itself as its issuer.
  let current: Partial<DetailedPeerCertificate> | undefined = socket.getPeerCertificate(true);
  while (current?.fingerprint256 !== undefined && !seen.has(current.fingerprint256)) {
    seen.add(current.fingerprint256);
    chain.push({
      subject: nameOf(current.subject),
      issuer: nameOf(current.issuer),
      names: (current.subjectaltname ?? '').split(', ').filter((name) => name !== ''),
      validFromMs: Date.parse(current.valid_from ?? ''),
      validToMs: Date.parse(current.valid_to ?? ''),
      fingerprint: current.fingerprint256,
    });
    current = current.issuerCertificate;
  }
  return chain;
}

function nameOf(parts: object | undefined): string {
  return Object.entries(parts ?? {})
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(', ');
}
