import { projectFolderOf } from '@omnia-buildstream/runner/projectFolder';
import * as vscode from 'vscode';
import { helpCommands } from './help/helpCommands.ts';
import { languageCommands } from './commands/languageCommands.ts';
import { mergedCommands } from './commands/mergedCommands.ts';
import { nodeCommandTable } from './commands/nodeCommandTable.ts';
import { Relevance } from './commands/relevance.ts';
import type { ConnectionRow } from './connections/connectionRows.ts';
import { ConnectionsView } from './connections/connectionsView.ts';
import type { ShowPage } from './decision/planLook.ts';
import { FleetMap } from './fleetMap/fleetMap.ts';
import { LabFeature } from './lab/labFeature.ts';
import { PracticeLab } from './lab/practice/practiceLab.ts';
import { offerInTerminal } from './lab/practice/terminalCommand.ts';
import { followActiveFile } from './language/activeFile.ts';
import { LanguageServer } from './language/languageServer.ts';
import { MappingStatuses } from './language/mappingStatuses.ts';
import { StatusItems } from './language/statusItems.ts';
import { LiveNodes } from './nodes/liveNodes.ts';
import { NodesSource } from './nodes/nodesSource.ts';
import type { NodesTree } from './nodes/nodesTree.ts';
import { NodesView } from './nodes/nodesView.ts';
import { ProjectFacts } from './nodes/projectFacts.ts';
import { reportFacts } from './nodes/reportFacts.ts';
import { seenFacts } from './nodes/seenFacts.ts';
import { GitLabFeature } from './pipelines/gitlabFeature.ts';
import type { PipelineElement } from './pipelines/view/pipelineElements.ts';
import { PlanDocuments } from './plan/planDocuments.ts';
import { clock, later } from './platform/clock.ts';
import { registerCommands } from './platform/commands.ts';
import { DisposableStore } from './platform/disposableStore.ts';
import { followTest, testClock, type PassMs } from './platform/testClock.ts';
import type { StatusRow } from './status/statusRows.ts';
import { StatusView } from './status/statusView.ts';
import { StagesFeature } from './stages/stagesFeature.ts';
import { ColumnItem } from './table/columnItem.ts';
import { PasteProvider } from './table/pasteProvider.ts';
import { tableCommands } from './table/tableCommands.ts';
import { TableMode } from './table/tableMode.ts';
import { ToolsFeature } from './tools/toolsFeature.ts';
import { TablePreviews } from './table/tablePreviews.ts';

/** Nobody reads faster, and a large fleet changes all the time. */
const liveUpdateMs = 250;

let stopServer: (() => Promise<void>) | undefined;

/** What `activate` returns: the views as the side bar shows them. */
export interface ExtensionApi {
  readonly nodesTree: NodesTree;
  readonly pipelinesTree: vscode.TreeDataProvider<PipelineElement>;
  readonly statusTree: vscode.TreeDataProvider<StatusRow>;
  readonly connectionsTree: vscode.TreeDataProvider<ConnectionRow>;
  readonly tests: vscode.TestController;
  /** Only for tests of the extension itself. */
  readonly passMs?: PassMs;
}

/** Called by VS Code when the extension starts. Waits for nothing: the language server starts on its own. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const movable = testClock(context);
  const store = new DisposableStore();
  context.subscriptions.push(store);
  const log = store.add(vscode.window.createOutputChannel('Omnia BuildStreaM', { log: true }));
  const statuses = store.add(new MappingStatuses());
  const server = new LanguageServer(context.asAbsolutePath('dist/server.js'), log, statuses, movable !== undefined);
  const passMs: PassMs = async (ms) => {
    movable?.passMs(ms);
    await server.passMs(ms);
  };
  store.add(followTest(passMs));
  store.add(new StatusItems(server, statuses));
  store.add(followActiveFile());
  const nodes = store.add(new NodesSource(server, log));
  const live = new LiveNodes((work) => {
    later(liveUpdateMs, work);
  });
  const view = store.add(new NodesView(nodes, context.workspaceState, live));
  store.add(new ProjectFacts(nodes, live, [reportFacts(nodes, live), seenFacts(live)]));
  const map = store.add(
    new FleetMap({ extension: context.extensionUri, source: nodes, live, reveal: (node) => view.reveal(node) }),
  );
  const plans = store.add(new PlanDocuments(server));
  const showPage: ShowPage = (markdown) => plans.showAsked(markdown);
  const previews = store.add(new TablePreviews());
  store.add(new PasteProvider(server));
  store.add(new ColumnItem(server));
  const tableMode = store.add(new TableMode(server));
  const parts = { context, log, server, statuses, nodes, view, plans, previews };
  const { secrets, workspaceState: state, extension } = context;
  const { version } = extension.packageJSON as { readonly version: string };
  const history = { version, log, project: () => historyFolder(nodes) };
  const given = { nodes, live, facts: () => stages.facts(), showPage, history };
  const gitlab: GitLabFeature = store.add(new GitLabFeature(context, log, given));
  const seen = (): void => {
    gitlab.setNodesVisible(view.isVisible || map.isVisible);
  };
  for (const one of [view, map]) store.add(one.onDidChangeVisibility(seen));
  seen();
  const inGitLab = gitlab.others;
  const stages = store.add(
    new StagesFeature({
      version,
      extension: context.extensionUri,
      log,
      clock,
      nodes,
      live,
      secrets,
      state,
      showPage,
      inGitLab,
      gitlabRuns: gitlab.runs,
    }),
  );
  const lab = new LabFeature({ context, log, accounts: gitlab.accounts });
  const practice = store.add(new PracticeLab({ context, log, lab }));
  void offerInTerminal({ context, log });
  const status = store.add(new StatusView(nodes, live, gitlab));
  store.add(
    new ToolsFeature(extension.packageJSON, context.asAbsolutePath('dist/cli.js'), {
      server,
      statuses,
      nodes,
      previews,
      status: () => status.getChildren(),
      gitlab: () => gitlab.tools(),
      stages: () => stages.tools(),
    }),
  );
  const waysOut = { accounts: gitlab.accounts, secrets, lab: () => lab.origin };
  const connections = store.add(new ConnectionsView(waysOut));
  store.add(new Relevance({ ...waysOut, nodes, log }));
  registerCommands(
    store,
    log,
    {
      ...languageCommands(parts),
      ...nodeCommandTable({ ...parts, onServer: gitlab.onServer }),
      ...tableCommands(parts, tableMode),
      ...mergedCommands(waysOut),
      ...gitlab.commands,
      ...stages.commands,
      ...lab.commands,
      ...practice.commands,
      ...helpCommands({ context, accounts: gitlab.accounts, secrets, lab: () => lab.origin }),
      'buildstream.showFleetMap': () => {
        map.show();
      },
    },
    (args) => map.argumentsOf(args),
  );
  stopServer = () => server.stop();
  const api = {
    nodesTree: view.tree,
    pipelinesTree: gitlab,
    statusTree: status,
    connectionsTree: connections,
    tests: stages.tests,
  };
  return movable === undefined ? api : { ...api, passMs };
}

/**
 * Where the history of what is sent to GitLab is kept: in the project of the Nodes view, otherwise in the first open
 * folder.
 */
async function historyFolder(nodes: NodesSource): Promise<string | undefined> {
  const mapping = (await nodes.refresh())?.mappingUri ?? undefined;
  const uri = mapping === undefined ? undefined : vscode.Uri.parse(mapping);
  if (uri?.scheme === 'file') return projectFolderOf(uri.fsPath);
  return vscode.workspace.workspaceFolders?.find(({ uri: { scheme } }) => scheme === 'file')?.uri.fsPath;
}

/** Called by VS Code on shutdown; resolves once the language server has exited. */
export async function deactivate(): Promise<void> {
  const stop = stopServer;
  stopServer = undefined;
  await stop?.();
}
