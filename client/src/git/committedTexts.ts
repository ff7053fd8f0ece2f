import type { CommittedText } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import { DisposableStore } from '../platform/disposableStore.ts';
import { Git } from './git.ts';

/** Sends the server git's HEAD version of the files that it compares: those that were opened or listed. */
export class CommittedTexts {
  readonly #store = new DisposableStore();
  readonly #git = this.#store.add(new Git());
  readonly #send: (text: CommittedText) => Promise<void>;
  readonly #followed = new Set<string>();

  constructor(send: (text: CommittedText) => Promise<void>) {
    this.#send = send;
    this.#store.add(this.#git.onDidMoveHead(() => void this.tellAll()));
  }

  /** Sends the text now and whenever HEAD moves. */
  async follow(uri: string): Promise<void> {
    if (this.#followed.has(uri)) return;
    this.#followed.add(uri);
    await this.#tell(uri);
  }

  /** Sends all texts again, because a server that has just started has none. */
  async tellAll(): Promise<void> {
    await Promise.all([...this.#followed].map((uri) => this.#tell(uri)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #tell(uri: string): Promise<void> {
    await this.#send({ uri, text: await this.#git.committedText(vscode.Uri.parse(uri)) });
  }
}
