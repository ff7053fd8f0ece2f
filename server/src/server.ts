import {
  TextDocumentSyncKind,
  type Connection,
  type InitializeResult,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { readClient } from './client.ts';
import type { ServerClock } from './clock.ts';
import { CommittedTexts, type CommittedSource } from './committedTexts.ts';
import { ContextFiles } from './context/contextFiles.ts';
import { chosenByClient, Documents, namedAsOmnia } from './documents.ts';
import { FailedNodesValidation } from './diagnostics/failedNodesValidation.ts';
import { workspaceFiles, type FileSource } from './files.ts';
import { NodeFileStore } from './nodes/nodeFileStore.ts';
import { NodeNews } from './nodes/nodeNews.ts';
import { NodePairs } from './nodes/nodePairs.ts';
import type { Feature } from './session.ts';
import { SiteFiles } from './site/siteFiles.ts';
import { Validation } from './diagnostics/validation.ts';
import { followWorkspace, settingsReader } from './workspace.ts';

/** What the server needs from the machine it runs on. */
export interface Environment {
  readonly disk: FileSource;
  readonly clock: ServerClock;
  /** `extensionFeatures` for our own extension, `languageFeatures` for all other editors. */
  readonly features: readonly Feature[];
  /** Looks up a file at git's HEAD, for editors that do not send it. */
  readonly committed?: CommittedSource;
}

/**
 * Serves one editor. It keeps nothing that the editor could not send again, so the process may be restarted at any
 * time.
 */
export function startServer(connection: Connection, { disk, clock, features, ...environment }: Environment): void {
  connection.onInitialize((params): InitializeResult => {
    const client = readClient(params);
    const documents = new Documents(client.speaksBuildstream ? chosenByClient : namedAsOmnia);
    const source = workspaceFiles(connection, disk);
    const sites = new SiteFiles(connection, client, source, (uri) => documents.otherText(uri));
    const settingsOf = settingsReader(connection, client, sites);
    const files = new ContextFiles(source, (uri) => documents.otherText(uri), client.folders);
    const validation = new Validation(connection, client, files, settingsOf, clock);
    const store = new NodeFileStore(documents, source, settingsOf);
    const pairs = new NodePairs(store, client.folders);
    const committed = new CommittedTexts(environment.committed);
    const failedNodes = new FailedNodesValidation(connection, client, pairs, committed, settingsOf, clock);
    const news = new NodeNews(connection, client, documents, pairs, failedNodes, clock);
    followWorkspace({
      clock,
      connection,
      client,
      documents,
      files,
      sites,
      validation,
      store,
      pairs,
      failedNodes,
      committed,
      news,
    });
    const session = {
      connection,
      client,
      documents,
      files,
      validation,
      pairs,
      committed,
      failedNodes,
      news,
      say: client.say,
    };
    const capabilities: ServerCapabilities = {
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    };
    for (const feature of features) Object.assign(capabilities, feature(session));
    return { capabilities, serverInfo: { name: 'omnia-buildstream' } };
  });
  connection.listen();
}
