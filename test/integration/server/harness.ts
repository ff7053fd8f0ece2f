// A language server and a small editor in one process, connected by two streams.
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import type { TestContext } from 'node:test';
import type { ServerClock } from '@omnia-buildstream/server/clock';
import { machineClock } from '@omnia-buildstream/server/node/machineClock';
import { extensionFeatures } from '@omnia-buildstream/server/extensionFeatures';
import { serveStreams } from '@omnia-buildstream/server/node/serveStreams';
import type { InitializationOptions, MappingStatus, NodesChanged } from '@omnia-buildstream/server/protocol';
import {
  type ApplyWorkspaceEditParams,
  createProtocolConnection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type ServerCapabilities,
  type ShowDocumentParams,
  type ShowMessageParams,
  type WorkspaceEdit,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentEdit,
} from 'vscode-languageserver-protocol/node';
import { capabilities } from './capabilities.ts';
import type { TextEdit } from '@omnia-buildstream/core/text/position';
import { positionAt } from '../../support/csvText.ts';
import { applyEdits } from '../../support/textEdits.ts';

export interface EditorOptions {
  /** The `buildstream` section of the settings. */
  readonly settings?: Record<string, unknown>;
  /** Files on disk by URI. */
  readonly files?: Record<string, string>;
  readonly folders?: readonly string[];
  readonly capabilities?: InitializeParams['capabilities'];
  readonly l10nBundle?: Record<string, string>;
  /** The editor's own JSON support validates against our schema. */
  readonly builtInJson?: boolean;
  /** Answers `buildstream/readFile`. */
  readonly virtualFiles?: Record<string, string>;
  /** The editor knows only LSP and none of our extensions to it, like Neovim. */
  readonly isForeign?: true;
  /** By default the machine's. */
  readonly clock?: ServerClock;
  /** Git's text of a file. */
  readonly committed?: (uri: string) => Promise<string | undefined>;
}

export const workspace = 'file:///cluster';
export const mappingUri = `${workspace}/pxe_mapping_file.csv`;
export const failedUri = `${workspace}/miscellaneous/failed_nodes.json`;

/** What an editor stores about a document. */
interface OpenDocument {
  text: string;
  version: number;
}

export class Editor {
  readonly connection: ProtocolConnection;
  readonly files: Map<string, string>;
  settings: Record<string, unknown>;
  readonly #documents = new Map<string, OpenDocument>();
  readonly published: PublishDiagnosticsParams[] = [];
  readonly statuses: MappingStatus[] = [];
  readonly nodesChanges: NodesChanged[] = [];
  serverCapabilities: ServerCapabilities = {};
  inlayRefreshes = 0;
  lensRefreshes = 0;
  /** Messages that the server showed, and locations that it opened. */
  readonly shown: string[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(connection: ProtocolConnection, options: EditorOptions) {
    this.connection = connection;
    this.files = new Map(Object.entries(options.files ?? {}));
    this.settings = options.settings ?? {};
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      this.#wake();
    });
    connection.onNotification('buildstream/mappingStatus', (params: MappingStatus) => {
      this.statuses.push(params);
      this.#wake();
    });
    connection.onNotification('buildstream/nodesChanged', (params: NodesChanged) => {
      this.nodesChanges.push(params);
      this.#wake();
    });
    connection.onNotification('window/showMessage', ({ message }: ShowMessageParams) => {
      this.shown.push(message);
      this.#wake();
    });
    connection.onRequest('window/showDocument', ({ uri, selection }: ShowDocumentParams) => {
      this.shown.push(`${uri}:${String((selection?.start.line ?? -1) + 1)}`);
      this.#wake();
      return { success: true };
    });
    connection.onRequest('workspace/applyEdit', async ({ edit }: ApplyWorkspaceEditParams) => {
      for (const [uri, edits] of editsByUri(edit)) await this.edit(edits, uri);
      return { applied: true };
    });
    connection.onRequest('workspace/codeLens/refresh', () => {
      this.lensRefreshes++;
      this.#wake();
      return null;
    });
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => this.settings),
    );
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest('workspace/inlayHint/refresh', () => {
      this.inlayRefreshes++;
      this.#wake();
      return null;
    });
    connection.onRequest('buildstream/readFile', ({ uri }: { uri: string }) => ({
      text: options.virtualFiles?.[uri] ?? null,
    }));
  }

  #wake(): void {
    for (const check of this.#waiting) check();
  }

  /** Opens a document; `|` marks the cursor and is removed. */
  async open(marked: string, uri = mappingUri, languageId = 'omnia-pxe-mapping'): Promise<Position> {
    const at = marked.indexOf('|');
    const text = at === -1 ? marked : marked.slice(0, at) + marked.slice(at + 1);
    this.#documents.set(uri, { text, version: 1 });
    const textDocument = { uri, languageId, version: 1, text };
    await this.connection.sendNotification('textDocument/didOpen', { textDocument });
    return positionAt(text, Math.max(0, at));
  }

  /** Changes a document as an editor does: each edit refers to the text after the previous one. */
  async edit(edits: readonly TextEdit[], uri = mappingUri): Promise<void> {
    const document = this.document(uri);
    for (const edit of edits) document.text = applyEdits(document.text, [edit]);
    document.version++;
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: document.version },
      contentChanges: edits.map(({ range, newText }) => ({ range, text: newText })),
    });
  }

  /** Replaces the first occurrence of a text. */
  replace(old: string, newText: string, uri = mappingUri): Promise<void> {
    const { text } = this.document(uri);
    const at = text.indexOf(old);
    assert.notEqual(at, -1, `'${old}' is not in the text`);
    const range = { start: positionAt(text, at), end: positionAt(text, at + old.length) };
    return this.edit([{ range, newText }], uri);
  }

  openFailedNodes(marked: string, uri = failedUri): Promise<Position> {
    return this.open(marked, uri, 'json');
  }

  /** Changes a file behind the editor's back. */
  async writeToDisk(uri: string, text: string): Promise<void> {
    this.files.set(uri, text);
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
  }

  commit(uri: string, text: string | null): Promise<void> {
    return this.connection.sendNotification('buildstream/committedText', { uri, text });
  }

  async close(uri = mappingUri): Promise<void> {
    this.#documents.delete(uri);
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  document(uri = mappingUri): OpenDocument {
    const document = this.#documents.get(uri);
    assert.ok(document, `${uri} is not open`);
    return document;
  }

  request(method: string, params: object, uri = mappingUri): Promise<unknown> {
    return this.connection.sendRequest(method, { textDocument: { uri }, ...params });
  }

  /** The diagnostics of the current text. */
  async diagnostics(uri = mappingUri): Promise<readonly Diagnostic[]> {
    const { version } = this.document(uri);
    const found = await this.until(() =>
      this.published.findLast((each) => each.uri === uri && each.version === version),
    );
    return found.diagnostics;
  }

  /** The first diagnostics of a file that meet a condition. */
  async diagnosticsWhere(
    test: (diagnostics: readonly Diagnostic[]) => boolean,
    uri = mappingUri,
  ): Promise<readonly Diagnostic[]> {
    const found = await this.until(() => {
      const last = this.published.findLast((each) => each.uri === uri);
      return last !== undefined && test(last.diagnostics) ? last : undefined;
    });
    return found.diagnostics;
  }

  async status(): Promise<MappingStatus> {
    await this.diagnostics();
    return this.until(() => this.statuses.at(-1));
  }

  /** Waits for something that notifications cause. */
  async until<T>(look: () => T | undefined, timeoutMs = 60_000): Promise<T> {
    const found = look();
    if (found !== undefined) return found;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`Nothing came in ${String(timeoutMs)} ms; last: ${JSON.stringify(this.published.at(-1))}`));
      }, timeoutMs);
      const check = (): void => {
        const value = look();
        if (value === undefined) return;
        clearTimeout(timer);
        this.#waiting.delete(check);
        resolve(value);
      };
      this.#waiting.add(check);
    });
  }
}

/** An editor with a fresh server; both end with the test. */
export async function startEditor(t: TestContext, options: EditorOptions = {}): Promise<Editor> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const editor = new Editor(client, options);
  const disk = { read: (uri: string) => Promise.resolve(editor.files.get(uri)) };
  const server = serveStreams(toServer, toClient, {
    features: extensionFeatures,
    disk,
    clock: options.clock ?? machineClock,
    ...(options.committed !== undefined && { committed: options.committed }),
  });
  client.listen();
  const initializationOptions: InitializationOptions = {
    l10nBundle: options.l10nBundle ?? {},
    builtInJson: options.builtInJson ?? false,
    ...(options.isForeign !== true && { rulePages: 'https://example.com/docs/rules/', speaksBuildstream: true }),
  };
  const { capabilities: offered }: InitializeResult = await client.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders: (options.folders ?? [workspace]).map((uri) => ({ uri, name: 'work' })),
    capabilities: options.capabilities ?? capabilities,
    initializationOptions,
  });
  editor.serverCapabilities = offered;
  await client.sendNotification('initialized', {});
  t.after(async () => {
    await client.sendRequest('shutdown');
    client.dispose();
    server.dispose();
  });
  return editor;
}

/** `code line:character-line:character` of each diagnostic, lines from 0. */
export function summary(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, range }) => `${String(code)} ${show(range)}`);
}

export function show({ start, end }: Range): string {
  return [start, end].map(({ line, character }) => `${String(line)}:${String(character)}`).join('-');
}

function editsByUri({ changes, documentChanges }: WorkspaceEdit): [string, TextEdit[]][] {
  if (documentChanges === undefined) return Object.entries(changes ?? {});
  return (documentChanges as TextDocumentEdit[]).map(({ textDocument, edits }) => [
    textDocument.uri,
    edits as TextEdit[],
  ]);
}
