import { readTestReport } from '@omnia-buildstream/core/testReport/read';
import type { TestCase } from '@omnia-buildstream/core/testReport/types';
import * as vscode from 'vscode';
import { readFileText } from '../language/readFileText.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import { validationText } from '../stages/testing/validationText.ts';
import { LatestOnly } from './latestOnly.ts';
import type { LiveNodes } from './liveNodes.ts';
import type { NodesSource } from './nodesSource.ts';

const reports = '**/.buildstream/validate/attempt_*/test_report.json';

/**
 * What the newest tests of a project came to, on each of its nodes: read from the report, so that every window shows the
 * same, whichever of them ran the tests. It is an attribute of a node and says nothing of its state.
 */
export class ReportFacts {
  readonly #store = new DisposableStore();
  readonly #source: NodesSource;
  readonly #live: LiveNodes;
  readonly #reading = new LatestOnly(() => this.#read());
  /** As shown; a list of nodes that came later needs it again. */
  #tests: readonly TestCase[] = [];
  #attempt = 0;

  constructor(source: NodesSource, live: LiveNodes) {
    this.#source = source;
    this.#live = live;
    const watcher = this.#store.add(vscode.workspace.createFileSystemWatcher(reports));
    const read = (): void => void this.#reading.run();
    for (const on of [watcher.onDidCreate, watcher.onDidChange]) this.#store.add(on(read));
    this.#store.add(
      source.onDidChange(() => {
        this.#show();
      }),
    );
    read();
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #read(): Promise<void> {
    const found = await vscode.workspace.findFiles(reports, null);
    const [newest] = found.sort((one, other) => attemptOf(other) - attemptOf(one));
    const report = newest === undefined ? undefined : readTestReport(parsed((await readFileText(newest)).text));
    this.#tests = report?.tests ?? [];
    this.#attempt = newest === undefined ? 0 : attemptOf(newest);
    this.#show();
  }

  #show(): void {
    if (this.#tests.length === 0) return;
    const byHost = new Map<string, TestCase[]>();
    for (const test of this.#tests) {
      const name = test.hostname.toLowerCase();
      byHost.set(name, [...(byHost.get(name) ?? []), test]);
    }
    for (const { hostname, bmcIp } of this.#source.list?.nodes ?? []) {
      const tests = byHost.get(hostname.toLowerCase());
      if (tests !== undefined && bmcIp !== '') {
        this.#live.tell(bmcIp, { source: 'validation', attempt: this.#attempt, text: validationText(tests) });
      }
    }
  }
}

function attemptOf({ path }: vscode.Uri): number {
  return Number(/\/attempt_(\d+)\/[^/]*$/.exec(path)?.[1] ?? 0);
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
