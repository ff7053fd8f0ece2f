import type { MappingStatus } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import { DisposableStore } from '../platform/disposableStore.ts';

const largeFileLines = 5_000;

/** What the server last reported about each open mapping file, and which files it is still working on. */
export class MappingStatuses {
  readonly #store = new DisposableStore();
  readonly #byUri = new Map<string, MappingStatus>();
  readonly #pending = new Set<string>();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#store.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // In smaller files the answer arrives before anyone could see that it is missing.
        if (document.lineCount < largeFileLines || contentChanges.length === 0) return;
        if (this.#byUri.has(document.uri.toString())) this.expect(document.uri);
      }),
    );
  }

  set(status: MappingStatus): void {
    const key = vscode.Uri.parse(status.uri).toString();
    this.#byUri.set(key, status);
    this.#pending.delete(key);
    this.#changed.fire();
  }

  get(uri: vscode.Uri): MappingStatus | undefined {
    return this.#byUri.get(uri.toString());
  }

  /** Marks a file with a change that the server has not answered yet. */
  expect(uri: vscode.Uri): void {
    this.#pending.add(uri.toString());
    this.#changed.fire();
  }

  isPending(uri: vscode.Uri): boolean {
    return this.#pending.has(uri.toString());
  }

  forget(uri: vscode.Uri): void {
    this.#byUri.delete(uri.toString());
    this.#pending.delete(uri.toString());
    this.#changed.fire();
  }

  /** Forgets everything, because the server that reported it is gone. */
  clear(): void {
    this.#byUri.clear();
    this.#pending.clear();
    this.#changed.fire();
  }

  dispose(): void {
    this.#store.dispose();
  }
}
