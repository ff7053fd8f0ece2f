import { seenPlace } from '@omnia-buildstream/core/nodes/projectPlaces';
import * as vscode from 'vscode';
import { readFileText } from '../language/readFileText.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import { LatestOnly } from './latestOnly.ts';
import type { LiveNodes } from './liveNodes.ts';
import { powerWordsAt } from './powerWords.ts';
import { showSeen } from './showSeen.ts';

const files = `**/${seenPlace}`;

/** What was seen of the power and the image of nodes, whichever window or when: attributes, which say nothing of a state. */
export class SeenFacts {
  readonly #store = new DisposableStore();
  readonly #live: LiveNodes;
  readonly #reading = new LatestOnly(() => this.#read());

  constructor(live: LiveNodes) {
    this.#live = live;
    const watcher = this.#store.add(vscode.workspace.createFileSystemWatcher(files));
    const read = (): void => void this.#reading.run();
    for (const on of [watcher.onDidCreate, watcher.onDidChange]) this.#store.add(on(read));
    read();
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #read(): Promise<void> {
    for (const uri of await vscode.workspace.findFiles(files, null)) {
      showSeen((await readFileText(uri)).text ?? undefined, this.#live, powerWordsAt);
    }
  }
}
