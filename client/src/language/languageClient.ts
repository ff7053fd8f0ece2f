/**
 * A bundle of its own (esbuild.mjs), loaded when the first mapping file is opened, because the LSP library is large.
 */
import type {
  BuiltInJsonNotification,
  CommittedTextNotification,
  DocumentEncodingNotification,
  InitializationOptions,
  MappingStatus,
  MappingStatusNotification,
  MovableClockSwitch,
  NodesChangedNotification,
  PassTimeNotification,
  ReadFileRequest,
} from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import {
  CloseAction,
  DidChangeWatchedFilesNotification,
  ErrorAction,
  FileChangeType,
  LanguageClient,
  SemanticTokensRegistrationType,
  State,
  TransportKind,
  type LanguageClientOptions,
  type Middleware,
} from 'vscode-languageclient/node';
import { CommittedTexts } from '../git/committedTexts.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import { followBuiltInJson, isBuiltInJsonActive } from './builtInJson.ts';
import type { ConnectedServer, ConnectionOptions } from './connection.ts';
import { DocumentEncodings } from './documentEncodings.ts';
import { isNodeFile } from './mappingFiles.ts';
import { readFileText } from './readFileText.ts';
import { forEditor, rulePagesPrefix, withLocalRulePages } from './ruleLinks.ts';

const mappingStatus: MappingStatusNotification['method'] = 'buildstream/mappingStatus';
const documentEncoding: DocumentEncodingNotification['method'] = 'buildstream/documentEncoding';
const builtInJson: BuiltInJsonNotification['method'] = 'buildstream/builtInJson';
const committedText: CommittedTextNotification['method'] = 'buildstream/committedText';
const nodesChanged: NodesChangedNotification['method'] = 'buildstream/nodesChanged';
const readFile: ReadFileRequest['method'] = 'buildstream/readFile';
const passTime: PassTimeNotification['method'] = 'buildstream/passTime';
const movableClockSwitch: MovableClockSwitch = '--movable-clock';
const changedFiles = DidChangeWatchedFilesNotification.method;

/** Starts the server process and speaks LSP with it until it is stopped. */
export async function connect(options: ConnectionOptions): Promise<ConnectedServer> {
  const store = new DisposableStore();
  const followers: Followers = {
    encodings: store.add(
      new DocumentEncodings(async ({ uri, encoding }) => {
        await send(documentEncoding, { uri: client.code2ProtocolConverter.asUri(uri), encoding });
      }),
    ),
    committed: store.add(new CommittedTexts((text) => send(committedText, text))),
  };
  const client = new LanguageClient(
    'buildstream',
    'Omnia BuildStreaM',
    {
      module: options.serverModule,
      transport: TransportKind.ipc,
      args: options.hasMovableClock ? [movableClockSwitch] : [],
    },
    clientOptions(options, followers),
  );
  async function send(method: string, params: object): Promise<void> {
    if (client.isRunning()) await client.sendNotification(method, params);
  }
  client.onDidChangeState(({ newState }) => {
    if (newState !== State.Running) return;
    void followers.committed.tellAll();
    options.onRunning();
  });
  client.onNotification(mappingStatus, (status: MappingStatus) => {
    options.onStatus(status);
  });
  client.onNotification(nodesChanged, () => {
    options.onNodesChanged();
  });
  client.onRequest(readFile, ({ uri }: ReadFileRequest['params']) => readFileText(vscode.Uri.parse(uri)));
  store.add(followBuiltInJson((active) => void send(builtInJson, { active })));
  await client.start();
  return {
    ask: (method, params) => client.sendRequest(method, params),
    followCommitted: (uri) => followers.committed.follow(uri),
    changedOnDisk: (uri) => send(changedFiles, { changes: [{ uri, type: FileChangeType.Changed }] }),
    drawAgain(document) {
      const tokens = client.getFeature(SemanticTokensRegistrationType.method).getProvider(document);
      tokens?.onDidChangeSemanticTokensEmitter.fire();
    },
    passMs: (ms) => send(passTime, { ms }),
    async stop() {
      store.dispose();
      await client.dispose();
    },
  };
}

/** What the server learns about open documents beyond LSP. */
interface Followers {
  readonly encodings: DocumentEncodings;
  readonly committed: CommittedTexts;
}

function clientOptions(options: ConnectionOptions, followers: Followers): LanguageClientOptions {
  return {
    // Each filter has a scheme and either a language or a pattern; the types of the two libraries differ in spelling.
    documentSelector: [...options.selector] as { scheme: string; pattern: string }[],
    outputChannel: options.log,
    // Created anew for each start of the server.
    initializationOptions: (): InitializationOptions => ({
      l10nBundle: vscode.l10n.bundle ?? {},
      builtInJson: isBuiltInJsonActive(),
      rulePages: rulePagesPrefix,
      speaksBuildstream: true,
    }),
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => ({ action: options.onCrash() ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true }),
    },
    middleware: middleware(options, followers),
  };
}

function middleware(options: ConnectionOptions, { encodings, committed }: Followers): Middleware {
  return {
    async didOpen(document, next) {
      options.onOpened(document);
      await next(document);
      await encodings.opened(document);
      if (isNodeFile(document)) await committed.follow(document.uri.toString());
    },
    async didClose(document, next) {
      encodings.closed(document);
      options.onClosed(document);
      await next(document);
    },
    handleDiagnostics(uri, diagnostics, next) {
      next(uri, withLocalRulePages(diagnostics));
    },
    async provideHover(document, position, token, next) {
      const hover = await next(document, position, token);
      return hover && forEditor(hover);
    },
  };
}
