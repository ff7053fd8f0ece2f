import type * as vscode from 'vscode';
import type { LanguageServer } from '../language/languageServer.ts';
import type { MappingStatuses } from '../language/mappingStatuses.ts';

/** What the language commands work with. */
export interface CommandContext {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly server: LanguageServer;
  readonly statuses: MappingStatuses;
}
