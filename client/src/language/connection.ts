import type { MappingStatus } from '@omnia-buildstream/server/protocol';
import type * as vscode from 'vscode';
import type { AskServer } from './serverRequests.ts';

/** What it takes to run the language server, and whom to tell about it. */
export interface ConnectionOptions {
  readonly serverModule: string;
  /** Its clock can be moved, for a test. */
  readonly hasMovableClock: boolean;
  readonly selector: readonly vscode.DocumentFilter[];
  readonly log: vscode.LogOutputChannel;
  readonly onStatus: (status: MappingStatus) => void;
  /** What the server says of nodes and plans may be another now. */
  readonly onNodesChanged: () => void;
  readonly onRunning: () => void;
  /** The server died; true to start it again. */
  readonly onCrash: () => boolean;
  readonly onOpened: (document: vscode.TextDocument) => void;
  readonly onClosed: (document: vscode.TextDocument) => void;
}

/** A running language server. */
export interface ConnectedServer {
  readonly ask: AskServer;
  /** Keeps the server informed of what git has of a file that is not open. */
  followCommitted(uri: string): Promise<void>;
  /** Tells of a file that was written or removed; what watches the disk may be late, or miss it in a new folder. */
  changedOnDisk(uri: string): Promise<void>;
  /** Has the editor ask for the colors of a file again, after which it draws anew what it keeps in view. */
  drawAgain(document: vscode.TextDocument): void;
  /** Moves its clock on, when that can be done. */
  passMs(ms: number): Promise<void>;
  stop(): Promise<void>;
}
