import type { IncomingMessage } from 'node:http';
import type { Account } from '../clients.ts';
import type { LabOim, Mishap } from '../labOim.ts';

export interface OimRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string | undefined;
  readonly bytes: Buffer;
}

export interface OimAnswer {
  readonly status: number;
  /** JSON. Undefined for no body. */
  readonly body?: unknown;
  /** Sent instead of JSON. */
  readonly text?: { readonly type: string; readonly content: string };
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request to a route, with what is needed to respond to it. */
export interface OimCall {
  readonly request: OimRequest;
  readonly oim: LabOim;
  /** From the request if it is a UUID, else a new one; returned in bodies, never in a header. */
  readonly correlationId: string;
  readonly now: Date;
  /** What goes wrong with a stage that is started, by a fault of the lab. */
  readonly mishap: Mishap | undefined;
}

const maxBodyBytes = 64 * 1024 * 1024;

export async function readRequest(message: IncomingMessage): Promise<OimRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new Error('the request is too large');
    chunks.push(chunk);
  }
  const url = new URL(message.url ?? '/', 'https://oim.invalid');
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    header: (name) => {
      const value = message.headers[name];
      return typeof value === 'string' ? value : undefined;
    },
    bytes: Buffer.concat(chunks),
  };
}

export function basicOf({ header }: OimRequest): Account | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(header('authorization') ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

export function bearerOf({ header }: OimRequest): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(header('authorization') ?? '')?.[1];
}
