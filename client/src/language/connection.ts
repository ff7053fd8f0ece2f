import type { MappingStatus } from '@omnia-buildstream/server/protocol';
import type * as vscode from 'vscode';

/** What it takes to run the language server, and whom to tell about it. */
export interface ConnectionOptions {
  readonly serverModule: string;
  readonly selector: readonly vscode.DocumentFilter[];
  readonly log: vscode.LogOutputChannel;
  readonly onStatus: (status: MappingStatus) => void;
  readonly onRunning: () => void;
  /** The server died; true to start it again. */
  readonly onCrash: () => boolean;
  readonly onOpened: (document: vscode.TextDocument) => void;
  readonly onClosed: (document: vscode.TextDocument) => void;
}

/** A running language server. */
export interface ConnectedServer {
  stop(): Promise<void>;
}
