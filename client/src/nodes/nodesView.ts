import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import { every } from '../platform/clock.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import type { LiveNodes } from './liveNodes.ts';
import type { NodeGrouping, NodeTreeElement } from './nodeTree.ts';
import { NodesTree } from './nodesTree.ts';
import type { NodesSource } from './nodesSource.ts';

/** Ages are shown in minutes. */
const agesMs = 60_000;
const groupingKey = 'nodes.grouping';
/** Context keys for `when` clauses in package.json. */
const groupingContext = 'buildstream.nodesGrouping';
const filteredContext = 'buildstream.nodesFiltered';

/** The Nodes view in the side bar. */
export class NodesView {
  readonly #store = new DisposableStore();
  readonly #source: NodesSource;
  readonly #state: vscode.Memento;
  readonly #tree: NodesTree;
  readonly #view: vscode.TreeView<NodeTreeElement>;

  constructor(source: NodesSource, state: vscode.Memento, live: LiveNodes) {
    this.#source = source;
    this.#state = state;
    const grouping: NodeGrouping = state.get<unknown>(groupingKey) === 'group' ? 'group' : 'state';
    this.#tree = this.#store.add(new NodesTree(source, grouping, live));
    this.#view = this.#store.add(
      vscode.window.createTreeView('buildstream.nodes', {
        treeDataProvider: this.#tree,
        canSelectMany: true,
        showCollapseAll: true,
      }),
    );
    this.#store.add(
      source.onDidChange(() => {
        this.#update();
      }),
    );
    this.#store.add(
      live.onChange((changed) => {
        this.#tree.updateLive(changed);
        this.#view.description = live.progress;
      }),
    );
    this.#store.add(
      this.#view.onDidChangeVisibility(({ visible }) => {
        source.setVisible(visible);
      }),
    );
    this.#store.add(
      every(agesMs, () => {
        if (this.#view.visible) this.#tree.updateAges();
      }),
    );
    source.setVisible(this.#view.visible);
    void vscode.commands.executeCommand('setContext', groupingContext, grouping);
    void vscode.commands.executeCommand('setContext', filteredContext, false);
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  get onDidChangeVisibility(): vscode.Event<unknown> {
    return this.#view.onDidChangeVisibility;
  }

  /** The tree as the user sees it, filtered and grouped. */
  get tree(): NodesTree {
    return this.#tree;
  }

  async groupBy(grouping: NodeGrouping): Promise<void> {
    this.#tree.setGrouping(grouping);
    await vscode.commands.executeCommand('setContext', groupingContext, grouping);
    await this.#state.update(groupingKey, grouping);
  }

  async filter(text: string): Promise<void> {
    this.#tree.setFilter(text);
    this.#describe();
    await vscode.commands.executeCommand('setContext', filteredContext, this.#tree.filter !== '');
  }

  /** Opens the view, shows a node and selects it. Clears a filter that excludes the node. */
  async reveal(node: NodeInfo): Promise<void> {
    if (this.#tree.leafOf(node) === undefined) await this.filter('');
    const leaf = this.#tree.leafOf(node);
    if (leaf !== undefined) await this.#view.reveal(leaf, { select: true, focus: false });
  }

  dispose(): void {
    this.#store.dispose();
  }

  #update(): void {
    this.#tree.update();
    this.#describe();
    const failed = this.#source.list?.counts.failed ?? 0;
    this.#view.badge = failed === 0 ? undefined : { value: failed, tooltip: failedTooltip(failed) };
  }

  #describe(): void {
    const { filter, nodes } = this.#tree;
    const total = this.#source.list?.nodes.length ?? 0;
    this.#view.message =
      filter === '' || total === 0 ? '' : vscode.l10n.t('Filter "{0}": {1} of {2} nodes', filter, nodes.length, total);
  }
}

function failedTooltip(failed: number): string {
  return failed === 1 ? vscode.l10n.t('1 failed node') : vscode.l10n.t('{0} failed nodes', failed);
}
