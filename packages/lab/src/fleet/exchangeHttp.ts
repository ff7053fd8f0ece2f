import { handle } from '../bmc/handle.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { LabBmc } from '../bmc/bmc.ts';
import type { LabAnswer, LabRequest } from '../bmc/exchange.ts';
import { errorBody } from '../bmc/errorBody.ts';
import type { Manner } from '../bmc/manner.ts';
import type { FaultAction } from '../faults/fault.ts';

const maxBodyBytes = 1024 * 1024;

export async function readLabRequest(message: IncomingMessage): Promise<LabRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new Error('the request is too large');
    chunks.push(chunk);
  }
  const { headers } = message;
  const token = headers['x-auth-token'];
  return {
    method: message.method ?? 'GET',
    path: pathOf(message),
    token: typeof token === 'string' ? token : undefined,
    basic: basicOf(headers.authorization),
    ifMatch: headers['if-match'],
    odataVersion: headers['odata-version']?.toString(),
    isJson: /\bjson\b/i.test(headers['content-type'] ?? ''),
    body: parse(Buffer.concat(chunks).toString('utf8')),
  };
}

export function pathOf(message: IncomingMessage): string {
  const path = (message.url ?? '/').split('?', 1)[0] ?? '/';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** The response of a BMC with this fault. Undefined for no response. */
export function answerUnder(fault: FaultAction | undefined, bmc: LabBmc, request: LabRequest): LabAnswer | undefined {
  switch (fault?.do) {
    case undefined:
    case 'delay':
    case 'cut-within':
      return handle(bmc, request);
    case 'cut-after':
      handle(bmc, request);
      return undefined;
    case 'answer-after':
      handle(bmc, request);
      if (fault.messageId === undefined) return pageAnswer(fault.status, request.path);
      return { status: fault.status, body: errorBody(fault.messageId, 'said by the lab') };
    case 'answer-instead':
      return pageAnswer(fault.status, request.path);
    case 'forget-sessions':
      bmc.auth.sessions.forget();
      return handle(bmc, request);
    case 'refuse':
      return { status: fault.status, body: errorBody(fault.messageId, fault.message) };
    case 'ignore':
      return { status: 200, body: {} };
    case 'garbage':
      return { status: 200, body: '<html>' };
    case 'cut':
    case 'vanish':
    case 'restart':
    case 'hang':
      return undefined;
  }
}

/** A redirect to the same path with a trailing slash. Undefined if the path has one or needs none. */
export function toSlash({ url = '/', method }: IncomingMessage, isReset: boolean): LabAnswer | undefined {
  if (url.endsWith('/') || url.includes('?') || isReset || method === 'DELETE') return undefined;
  return { status: 301, headers: { location: `${url}/` } };
}

/** A redirect leads to the same path, so a client that follows it sends the request again. */
function pageAnswer(status: number, path: string): LabAnswer {
  const location = status >= 300 && status < 400 ? { location: path } : {};
  return { status, body: status === 204 ? undefined : '<html>', headers: { 'content-type': 'text/html', ...location } };
}

/** Writes only the beginning of a response. */
export function writeHalf(response: ServerResponse, { status }: LabAnswer): void {
  response.writeHead(status === 204 ? 200 : status, { 'content-type': 'application/json', 'content-length': 100 });
  response.write('{"error":', () => response.destroy());
}

export function writeAnswer(
  response: ServerResponse,
  { status, body, headers }: LabAnswer,
  { packs = false }: Manner = {},
): void {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const sent = packs ? gzipSync(text) : Buffer.from(text);
  response.writeHead(status, {
    'odata-version': '4.0',
    ...(text === '' ? {} : { 'content-type': 'application/json;odata.metadata=minimal;charset=utf-8' }),
    'content-length': sent.length,
    ...(packs ? { 'content-encoding': 'gzip' } : {}),
    ...headers,
  });
  response.end(sent);
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

function basicOf(header: string | undefined): LabRequest['basic'] {
  const encoded = /^Basic\s+(\S+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
