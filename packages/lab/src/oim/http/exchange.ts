import type { IncomingMessage } from 'node:http';
import { Refusal } from '../refusal.ts';
import { readMultipart } from './multipart.ts';

export interface OimRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string | undefined;
  readonly bytes: Buffer;
}

export interface OimAnswer {
  readonly status: number;
  readonly body: unknown;
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

/** Faults of the request's form: a list of them, as the framework of the API writes it. */
export class Unprocessable extends Error {
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

export function jsonBody({ bytes }: OimRequest): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Unprocessable('body', 'JSON decode error');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Unprocessable('body', 'Input should be a valid dictionary');
}

export function textIn(body: Readonly<Record<string, unknown>>, field: string): string {
  const value = body[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new Unprocessable(field, 'Field required');
}

export function filesIn({ bytes, header }: OimRequest): ReadonlyMap<string, string> {
  const files = readMultipart(bytes, header('content-type') ?? '', 'files');
  if (files !== undefined && files.size > 0) return files;
  throw new Unprocessable('files', 'Field required');
}

export function basicOf({ header }: OimRequest): { readonly user: string; readonly password: string } | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(header('authorization') ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

export function bearerOf({ header }: OimRequest): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(header('authorization') ?? '')?.[1];
}

/** A whole number of the query. @throws Refusal */
export function numberIn(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  if (/^\d+$/.test(text)) return Number(text);
  throw new Refusal(400, `INVALID_${name.toUpperCase()}`, `${name} is no number`);
}
