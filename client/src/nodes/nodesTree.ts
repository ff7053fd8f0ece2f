import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import { bmcAddress } from './bmcAddress.ts';
import type { LiveNodes } from './liveNodes.ts';
import { toTreeItem, withTooltip } from './nodeItems.ts';
import {
  branchesOf,
  pathTo,
  childrenOf,
  filterNodes,
  type NodeBranch,
  type NodeLeaf,
  type NodeTreeElement,
  type PhaseOf,
} from './nodeTree.ts';
import type { NodeGrouping } from './nodeTree.ts';
import type { NodesSource } from './nodesSource.ts';
import { stateWord } from './nodeWords.ts';
import { updateTree } from './treeUpdate.ts';

/** If there are more nodes than this, branches are collapsed at first. */
const maxUnfoldedNodes = 200;

/** The nodes of a source as a tree for VS Code. */
export class NodesTree implements vscode.TreeDataProvider<NodeTreeElement> {
  readonly #changed = new vscode.EventEmitter<NodeTreeElement[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #source: NodesSource;
  #branches: readonly NodeBranch[] = [];
  #grouping: NodeGrouping;
  #filter = '';
  readonly #live: LiveNodes;
  /**
   * The leaves that VS Code has received; only these can be redrawn individually. By BMC address, then by row, because
   * several rows may share an address.
   */
  readonly #leaves = new Map<string, Map<string, NodeLeaf>>();

  constructor(source: NodesSource, grouping: NodeGrouping, live: LiveNodes) {
    this.#source = source;
    this.#live = live;
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

  /** The nodes that match the filter. */
  get nodes(): readonly NodeInfo[] {
    return filterNodes(this.#source.list?.nodes ?? [], this.#filter, stateWord);
  }

  /** Redraws what has changed. */
  update(): void {
    const phaseOf: PhaseOf = ({ bmcIp }) => this.#live.of(bmcIp)?.phase;
    const { branches, changed } = updateTree(this.#branches, branchesOf(this.nodes, this.#grouping, phaseOf));
    this.#branches = branches;
    if (changed === 'everything') this.#changed.fire(undefined);
    else if (changed.length > 0) this.#changed.fire([...changed]);
  }

  /** Redraws nodes with new facts, if VS Code has received their leaves. */
  updateLive(changed: ReadonlySet<string>): void {
    const leaves = [...changed].flatMap((address) => [...(this.#leaves.get(address)?.values() ?? [])]);
    if (leaves.length > 0) this.#changed.fire(leaves);
    // A run moves nodes between branches.
    if (this.#grouping === 'state') this.update();
  }

  /** Redraws nodes to update their ages. */
  updateAges(): void {
    const leaves = [...this.#leaves.values()].flatMap((ofBmc) => [...ofBmc.values()]);
    if (leaves.length > 0) this.#changed.fire(leaves);
  }

  getTreeItem(element: NodeTreeElement): vscode.TreeItem {
    return toTreeItem(element, (this.#source.list?.nodes.length ?? 0) <= maxUnfoldedNodes, this.#live);
  }

  resolveTreeItem(item: vscode.TreeItem, element: NodeTreeElement): vscode.TreeItem {
    return withTooltip(item, element, this.#live);
  }

  /** The first call waits for the server, so that the welcome view appears only if there are really no nodes. */
  async getChildren(element?: NodeTreeElement): Promise<NodeTreeElement[]> {
    if (element === undefined) {
      if (this.#source.list === undefined) await this.#source.refresh();
      return [...this.#branches];
    }
    if (element.kind === 'node') return [];
    const children = [...childrenOf(element)];
    for (const child of children) if (child.kind === 'node') this.#keep(child);
    return children;
  }

  /** VS Code needs this to reveal a node in a collapsed branch. */
  getParent(element: NodeTreeElement): NodeTreeElement | undefined {
    const [first] = element.kind === 'node' ? [element.node] : element.nodes;
    if (first === undefined) return undefined;
    const path = pathTo(this.#branches, first);
    return path[path.findIndex(({ id }) => id === element.id) - 1];
  }

  /** The leaf of a node. Undefined if the filter excludes it. */
  leafOf(node: NodeInfo): NodeTreeElement | undefined {
    return pathTo(this.#branches, node).findLast(({ kind }) => kind === 'node');
  }

  #keep(leaf: NodeLeaf): void {
    const { bmcIp, hostname } = leaf.node;
    const address = bmcAddress(bmcIp);
    const known = this.#leaves.get(address) ?? new Map<string, NodeLeaf>();
    this.#leaves.set(address, known.set(`${bmcIp}|${hostname}`, leaf));
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
