import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import { toTreeItem, withTooltip } from './nodeItems.ts';
import { branchesOf, childrenOf, filterNodes, type NodeBranch, type NodeTreeElement } from './nodeTree.ts';
import type { NodeGrouping } from './nodeTree.ts';
import type { NodesSource } from './nodesSource.ts';
import { stateWord } from './nodeWords.ts';
import { updateTree } from './treeUpdate.ts';

/** With more nodes than these, groups are folded at first. */
const maxUnfoldedNodes = 200;

/** The nodes of a source as a tree for VS Code. */
export class NodesTree implements vscode.TreeDataProvider<NodeTreeElement> {
  readonly #changed = new vscode.EventEmitter<NodeTreeElement[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #source: NodesSource;
  #branches: readonly NodeBranch[] = [];
  #grouping: NodeGrouping;
  #filter = '';

  constructor(source: NodesSource, grouping: NodeGrouping) {
    this.#source = source;
    this.#grouping = grouping;
  }

  get filter(): string {
    return this.#filter;
  }

  setFilter(filter: string): void {
    this.#filter = filter.trim();
    this.update();
  }

  setGrouping(grouping: NodeGrouping): void {
    this.#grouping = grouping;
    this.update();
  }

  /** The nodes that the filter leaves. */
  get nodes(): readonly NodeInfo[] {
    return filterNodes(this.#source.list?.nodes ?? [], this.#filter, stateWord);
  }

  /** Draws what is another than before. */
  update(): void {
    const { branches, changed } = updateTree(this.#branches, branchesOf(this.nodes, this.#grouping));
    this.#branches = branches;
    if (changed === 'everything') this.#changed.fire(undefined);
    else if (changed.length > 0) this.#changed.fire([...changed]);
  }

  getTreeItem(element: NodeTreeElement): vscode.TreeItem {
    return toTreeItem(element, (this.#source.list?.nodes.length ?? 0) <= maxUnfoldedNodes);
  }

  resolveTreeItem(item: vscode.TreeItem, element: NodeTreeElement): vscode.TreeItem {
    return withTooltip(item, element);
  }

  /** The first call waits for the server, so that the welcome is shown only when there is really nothing. */
  async getChildren(element?: NodeTreeElement): Promise<NodeTreeElement[]> {
    if (element === undefined) {
      if (this.#source.list === undefined) await this.#source.refresh();
      return [...this.#branches];
    }
    return element.kind === 'node' ? [] : [...childrenOf(element)];
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
