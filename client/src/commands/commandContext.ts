import type * as vscode from 'vscode';
import type { LanguageServer } from '../language/languageServer.ts';
import type { MappingStatuses } from '../language/mappingStatuses.ts';
import type { NodesSource } from '../nodes/nodesSource.ts';
import type { NodesView } from '../nodes/nodesView.ts';
import type { PlanDocuments } from '../plan/planDocuments.ts';
import type { TablePreviews } from '../table/tablePreviews.ts';

/** What the commands need. */
export interface CommandContext {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly server: LanguageServer;
  readonly statuses: MappingStatuses;
  readonly nodes: NodesSource;
  readonly view: NodesView;
  readonly plans: PlanDocuments;
  readonly previews: TablePreviews;
}
