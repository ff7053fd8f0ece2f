import * as vscode from 'vscode';
import { say } from '../../platform/say.ts';
import type { NodePlaces } from '../nodePlaces.ts';

const nodePrefix = 'node/';

/** The subject of a test: the properties that a check and a test in a report share. */
export interface TestSubject {
  /** For example `ssh/cn-001`. */
  readonly id: string;
  readonly title: string;
  /** Empty for a test that is not about a specific node. */
  readonly hostname: string;
}

/** The tests of the validate stage in the Testing view: nodes, and the checks of each node below it. */
export class TestTree {
  readonly #controller: vscode.TestController;

  constructor(controller: vscode.TestController) {
    this.#controller = controller;
  }

  /** The item of a test. Creates it if it is missing. */
  itemOf({ id, title, hostname }: TestSubject, places: NodePlaces): vscode.TestItem {
    const node = this.#nodeOf(hostname, places);
    const found = node.children.get(id);
    if (found !== undefined) return found;
    const item = this.#controller.createTestItem(id, title === '' ? id : say(title), node.uri);
    item.range = node.range;
    node.children.add(item);
    return item;
  }

  /** IDs of the tests that a request selects. Empty for all tests. */
  idsOf({ include, exclude }: vscode.TestRunRequest): string[] {
    if (include === undefined && (exclude ?? []).length === 0) return [];
    const left = new Set((exclude ?? []).flatMap((item) => leavesOf(item)));
    const meant = include ?? [...this.#controller.items].map(([, item]) => item);
    return meant.flatMap((item) => leavesOf(item)).filter((id) => !left.has(id));
  }

  clear(): void {
    this.#controller.items.replace([]);
  }

  #nodeOf(hostname: string, places: NodePlaces): vscode.TestItem {
    const id = `${nodePrefix}${hostname}`;
    const found = this.#controller.items.get(id);
    const line = places.ofHost(hostname)?.line;
    const item =
      found ??
      this.#controller.createTestItem(
        id,
        hostname === '' ? vscode.l10n.t('Cluster') : hostname,
        line === undefined ? undefined : vscode.Uri.file(places.file),
      );
    // The row may have moved in the meantime.
    item.range = line === undefined ? undefined : new vscode.Range(line, 0, line, 0);
    if (found === undefined) this.#controller.items.add(item);
    return item;
  }
}

function leavesOf(item: vscode.TestItem): string[] {
  if (!item.id.startsWith(nodePrefix)) return [item.id];
  return [...item.children].map(([id]) => id);
}
