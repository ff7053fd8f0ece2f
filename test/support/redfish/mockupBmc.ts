import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { isJsonObject, textField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { errorBody } from '@omnia-buildstream/lab/bmc/errorBody';
import type { KeyAndCertificate } from '@omnia-buildstream/lab/fleet/certificates';
import { listen } from '@omnia-buildstream/lab/net/listen';

/** Answers of one make of BMC, as in a file of `test/fixtures/bmcs`. */
export interface Mockup {
  /** The make, and its peculiarities. */
  readonly about: string;
  readonly row: { readonly serviceTag: string; readonly adminMac: string };
  /** The system that belongs to the row. */
  readonly system: string;
  /** By path, without a trailing slash. */
  readonly resources: Readonly<Record<string, JsonObject>>;
  /** Where sessions are opened. Undefined if it has none. */
  readonly sessions?: string;
  /** Answers to POST requests that only query. */
  readonly tells?: Readonly<Record<string, JsonObject>>;
  readonly override: {
    /** The resource that accepts the override. */
    readonly at: string;
    /** `refused`: answers 400 if the mode is sent. `repeated`: the mode becomes Legacy if it is not sent. */
    readonly mode?: 'refused' | 'repeated';
    /** `demanded`: answers 428 without an ETag. */
    readonly etag?: 'weak' | 'strong' | 'demanded';
    /** Status of an accepted change; default 200. */
    readonly answers?: number;
    /** The answer of other resources. */
    readonly elsewhere?: { readonly status: number; readonly messageId: string; readonly message: string };
  };
  readonly packs?: boolean;
  /** Redirects paths without a trailing slash, except for resets. */
  readonly slashes?: boolean;
}

/** A reset that was carried out, with the override at that time. */
export interface MockReset {
  readonly system: string;
  readonly type: string;
  readonly boot: JsonObject;
}

const resetAction = '/Actions/ComputerSystem.Reset';
const token = 'the-token-of-this-session';

/** A BMC that answers according to a mockup and records its orders. */
export class MockupBmc {
  readonly mockup: Mockup;
  readonly resets: MockReset[] = [];
  /** Resources that a client has changed or tried to change. */
  readonly changed = new Set<string>();
  hasBooted = false;
  onBoot: (() => void) | undefined;
  readonly #resources: Readonly<Record<string, Record<string, unknown>>>;
  #server: Server | undefined;
  #generation = 1;

  constructor(mockup: Mockup) {
    this.mockup = mockup;
    this.#resources = structuredClone(mockup.resources);
  }

  /** @returns the port */
  async listen(certificate: KeyAndCertificate, address: string, port: number): Promise<number> {
    this.#server = createServer(certificate, (message, response) => {
      this.#serve(message, response).catch(() => message.destroy());
    });
    return listen(this.#server, port, address);
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
    const { method = 'GET', url = '/', headers } = message;
    const path = url.replace(/\/$/, '');
    const text = Buffer.concat(chunks).toString('utf8');
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const answer = (status: number, given?: unknown, more: Readonly<Record<string, string>> = {}): void => {
      const sent = given === undefined ? '' : JSON.stringify(given);
      const packed = this.mockup.packs === true ? { 'content-encoding': 'gzip' } : {};
      response.writeHead(status, { 'content-type': 'application/json', ...packed, ...more });
      response.end(this.mockup.packs === true ? gzipSync(sent) : sent);
    };
    if (this.mockup.slashes === true && !url.endsWith('/') && !path.endsWith(resetAction) && method !== 'DELETE') {
      answer(301, undefined, { location: `${url}/` });
      return;
    }
    const isAllowed = headers['x-auth-token'] === token || headers.authorization !== undefined;
    if (path === this.mockup.sessions && method === 'POST') {
      answer(201, { '@odata.id': `${path}/1` }, { 'x-auth-token': token, location: `${path}/1` });
    } else if (!isAllowed && path !== '/redfish/v1') {
      answer(401, errorBody('Base.1.5.NoValidSession', 'There is no valid session.'));
    } else if (method === 'GET') {
      const found = this.#resources[path];
      if (found === undefined) answer(404, errorBody('Base.1.5.ResourceMissingAtURI', 'Not found.'));
      else answer(200, found, this.#etag === undefined ? {} : { etag: this.#etag });
    } else if (method === 'PATCH') {
      const refusal = this.#change(path, body, headers['if-match']);
      const status = refusal?.status ?? this.mockup.override.answers ?? 200;
      const success = status === 400 ? errorBody('IDRAC.1.6.SYS403', 'Unable to complete the operation.') : {};
      answer(status, refusal === undefined ? (status === 204 ? undefined : success) : refusal.body);
    } else if (method === 'POST' && path.endsWith(resetAction)) {
      const type = isJsonObject(body) ? (textField(body, 'ResetType') ?? '') : '';
      this.#reset(path.slice(0, -resetAction.length), type);
      answer(204);
    } else {
      const told = this.mockup.tells?.[path];
      if (method === 'DELETE') answer(204);
      else answer(told === undefined ? 404 : 200, told ?? errorBody('Base.1.5.ResourceMissingAtURI', 'Not found.'));
    }
  }

  get #etag(): string | undefined {
    const { etag } = this.mockup.override;
    if (etag === undefined) return undefined;
    return `${etag === 'weak' ? 'W/' : ''}"${String(this.#generation)}"`;
  }

  /** Undefined if the change was made. */
  #change(path: string, body: unknown, ifMatch: string | undefined): { status: number; body: unknown } | undefined {
    const { at, mode, etag, elsewhere } = this.mockup.override;
    this.changed.add(path);
    const refuse = (status: number, id: string, text: string) => ({ status, body: errorBody(id, text) });
    const boot = this.#resources[at]?.['Boot'] as Record<string, unknown> | undefined;
    const change = isJsonObject(body) ? body['Boot'] : undefined;
    if (path !== at || boot === undefined || !isJsonObject(change)) {
      const { status = 405, messageId = 'Base.1.5.OperationNotAllowed', message = 'Not allowed.' } = elsewhere ?? {};
      return refuse(status, messageId, message);
    }
    if (etag === 'demanded' && ifMatch === undefined) return refuse(428, 'Base.1.5.PreconditionRequired', 'No ETag.');
    if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== this.#etag) {
      return refuse(412, 'Base.1.5.PreconditionFailed', 'Another ETag.');
    }
    const sendsMode = 'BootSourceOverrideMode' in change;
    if (sendsMode && mode === 'refused') return refuse(400, 'Base.1.5.PropertyNotWritable', 'The mode is read only.');
    Object.assign(boot, change);
    if (!sendsMode && mode === 'repeated') boot['BootSourceOverrideMode'] = 'Legacy';
    this.#generation++;
    return undefined;
  }

  #reset(system: string, type: string): void {
    const { at } = this.mockup.override;
    const boot = this.#resources[at]?.['Boot'] as Record<string, unknown> | undefined;
    const body = this.#resources[system];
    if (body === undefined || boot === undefined) return;
    this.resets.push({ system, type, boot: { ...boot } });
    body['PowerState'] = type === 'GracefulShutdown' || type === 'ForceOff' ? 'Off' : 'On';
    this.#generation++;
    if (body['PowerState'] === 'Off' || system !== this.mockup.system) return;
    if (boot['BootSourceOverrideTarget'] === 'Pxe' && boot['BootSourceOverrideMode'] !== 'Legacy') this.#boots();
    if (boot['BootSourceOverrideEnabled'] === 'Once') boot['BootSourceOverrideTarget'] = 'None';
  }

  #boots(): void {
    this.hasBooted = true;
    this.onBoot?.();
  }
}
