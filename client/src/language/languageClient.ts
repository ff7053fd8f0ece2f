/** A bundle of its own (esbuild.mjs), loaded when the first mapping file is opened: the LSP library is large. */
import type {
  DocumentEncodingNotification,
  InitializationOptions,
  MappingStatus,
  MappingStatusNotification,
  ReadFileRequest,
} from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  State,
  TransportKind,
  type LanguageClientOptions,
  type Middleware,
} from 'vscode-languageclient/node';
import type { ConnectedServer, ConnectionOptions } from './connection.ts';
import { DocumentEncodings } from './documentEncodings.ts';
import { readFileText } from './readFileText.ts';
import { forEditor, withLocalRulePages } from './ruleLinks.ts';

const mappingStatus: MappingStatusNotification['method'] = 'buildstream/mappingStatus';
const documentEncoding: DocumentEncodingNotification['method'] = 'buildstream/documentEncoding';
const readFile: ReadFileRequest['method'] = 'buildstream/readFile';

/** Starts the server process and speaks LSP with it until it is stopped. */
export async function connect(options: ConnectionOptions): Promise<ConnectedServer> {
  const encodings = new DocumentEncodings(async ({ uri, encoding }) => {
    const params = { uri: client.code2ProtocolConverter.asUri(uri), encoding };
    if (client.isRunning()) await client.sendNotification(documentEncoding, params);
  });
  const client = new LanguageClient(
    'buildstream',
    'Omnia BuildStreaM',
    { module: options.serverModule, transport: TransportKind.ipc },
    clientOptions(options, encodings),
  );
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) options.onRunning();
  });
  client.onNotification(mappingStatus, (status: MappingStatus) => {
    options.onStatus(status);
  });
  client.onRequest(readFile, ({ uri }: ReadFileRequest['params']) => readFileText(vscode.Uri.parse(uri)));
  await client.start();
  return {
    async stop() {
      encodings.dispose();
      await client.dispose();
    },
  };
}

function clientOptions(options: ConnectionOptions, encodings: DocumentEncodings): LanguageClientOptions {
  const initializationOptions: InitializationOptions = { l10nBundle: vscode.l10n.bundle ?? {} };
  return {
    // Each filter has a scheme and either a language or a pattern; the types of the two libraries differ in spelling.
    documentSelector: [...options.selector] as { scheme: string; pattern: string }[],
    outputChannel: options.log,
    initializationOptions,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => ({ action: options.onCrash() ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true }),
    },
    middleware: middleware(options, encodings),
  };
}

function middleware(options: ConnectionOptions, encodings: DocumentEncodings): Middleware {
  return {
    async didOpen(document, next) {
      options.onOpened(document);
      await next(document);
      await encodings.opened(document);
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
