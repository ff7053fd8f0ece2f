import {
  TextDocumentSyncKind,
  type Connection,
  type InitializeResult,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { readClient } from './client.ts';
import type { ServerClock } from './clock.ts';
import { CommittedTexts, type CommittedSource } from './committedTexts.ts';
import { commands } from './commands/commands.ts';
import { ContextFiles } from './context/contextFiles.ts';
import { chosenByClient, Documents, namedAsOmnia } from './documents.ts';
import { FailedNodesValidation } from './diagnostics/failedNodesValidation.ts';
import { changeTable } from './features/editing/changeTable.ts';
import { tableQuestions } from './features/editing/tableQuestions.ts';
import { codeActions } from './features/codeAction.ts';
import { codeLens } from './features/codeLens.ts';
import { committedText } from './features/committedText.ts';
import { completion } from './features/completion.ts';
import { definition } from './features/definition.ts';
import { documentHighlight } from './features/documentHighlight.ts';
import { documentSymbol } from './features/documentSymbol.ts';
import { encoding } from './features/encoding.ts';
import { foldingRange } from './features/foldingRange.ts';
import { formatting } from './features/formatting.ts';
import { hover } from './features/hover.ts';
import { inlayHint } from './features/inlayHint.ts';
import { markNodes } from './features/markNodes.ts';
import { nodes } from './features/nodes.ts';
import { plan } from './features/plan.ts';
import { references } from './features/references.ts';
import { inventory } from './features/inventory.ts';
import { removeNodes } from './features/removeNodes.ts';
import { rename } from './features/rename.ts';
import { selectionRange } from './features/selectionRange.ts';
import { semanticTokens } from './features/semanticTokens.ts';
import { workspaceSymbol } from './features/workspaceSymbol.ts';
import { workspaceFiles, type FileSource } from './files.ts';
import { NodeFileStore } from './nodes/nodeFileStore.ts';
import { NodeNews } from './nodes/nodeNews.ts';
import { NodePairs } from './nodes/nodePairs.ts';
import type { Feature } from './session.ts';
import { SiteFiles } from './site/siteFiles.ts';
import { Validation } from './diagnostics/validation.ts';
import { followWorkspace, settingsReader } from './workspace.ts';

/** What the server needs of the machine it runs on. */
export interface Environment {
  readonly disk: FileSource;
  readonly clock: ServerClock;
  /** Looks up what git has of a file, for editors that do not tell it. */
  readonly committed?: CommittedSource;
}

const features: readonly Feature[] = [
  changeTable,
  codeActions,
  codeLens,
  commands,
  committedText,
  completion,
  definition,
  documentHighlight,
  documentSymbol,
  encoding,
  foldingRange,
  formatting,
  hover,
  inlayHint,
  markNodes,
  nodes,
  plan,
  references,
  removeNodes,
  inventory,
  rename,
  selectionRange,
  semanticTokens,
  tableQuestions,
  workspaceSymbol,
];

/**
 * Serves one editor. Nothing is kept that the editor could not send again, so the process may be restarted at any time.
 */
export function startServer(connection: Connection, { disk, clock, ...environment }: Environment): void {
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
