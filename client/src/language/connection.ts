import type { MappingStatus } from '@omnia-buildstream/server/protocol';
import type * as vscode from 'vscode';
import type { AskServer } from './serverRequests.ts';

/** What the language server needs to run, and callbacks for its events. */
export interface ConnectionOptions {
  readonly serverModule: string;
  /** Whether its clock can be moved, for a test. */
  readonly hasMovableClock: boolean;
  readonly selector: readonly vscode.DocumentFilter[];
  readonly log: vscode.LogOutputChannel;
  readonly onStatus: (status: MappingStatus) => void;
  /** Called when nodes and plans may have changed. */
  readonly onNodesChanged: () => void;
  readonly onRunning: () => void;
  /** Called when the server has crashed. Returns true to start it again. */
  readonly onCrash: () => boolean;
  readonly onOpened: (document: vscode.TextDocument) => void;
  readonly onClosed: (document: vscode.TextDocument) => void;
}

/** A running language server. */
export interface ConnectedServer {
  readonly ask: AskServer;
  /** Keeps the server informed about git's version of a file that is not open. */
  followCommitted(uri: string): Promise<void>;
  /** Reports a file that was written or removed. File watchers may be late, or miss it in a new folder. */
  changedOnDisk(uri: string): Promise<void>;
  /** Makes the editor request the colors of a file again, after which it redraws the lines that it keeps in view. */
  drawAgain(document: vscode.TextDocument): void;
  /** Advances its clock, if that can be moved. */
  passMs(ms: number): Promise<void>;
  stop(): Promise<void>;
}
