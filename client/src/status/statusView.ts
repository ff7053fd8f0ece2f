import * as vscode from 'vscode';
import type { LiveNodes } from '../nodes/liveNodes.ts';
import type { NodesSource } from '../nodes/nodesSource.ts';
import type { GitLabFeature } from '../pipelines/gitlabFeature.ts';
import { clock, every } from '../platform/clock.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import { statusRows, type NodeCounts, type StatusRow } from './statusRows.ts';

/** Ages are shown in minutes, and a silence in seconds. */
const redrawMs = 10_000;

/** The Status view: the current state, how old it is, and what is next. */
export class StatusView implements vscode.TreeDataProvider<StatusRow> {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #nodes: NodesSource;
  readonly #live: LiveNodes;
  readonly #gitlab: GitLabFeature;
  readonly #view: vscode.TreeView<StatusRow>;

  constructor(nodes: NodesSource, live: LiveNodes, gitlab: GitLabFeature) {
    this.#nodes = nodes;
    this.#live = live;
    this.#gitlab = gitlab;
    this.#view = this.#store.add(vscode.window.createTreeView('buildstream.status', { treeDataProvider: this }));
    const draw = (): void => {
      if (this.#view.visible) this.#changed.fire(undefined);
    };
    this.#store.add(nodes.onDidChange(draw));
    this.#store.add(live.onChange(draw));
    this.#store.add(gitlab.onDidChangeTreeData(draw));
    this.#store.add(every(redrawMs, draw));
    this.#store.add(
      this.#view.onDidChangeVisibility(({ visible }) => {
        gitlab.setStatusVisible(visible);
        draw();
      }),
    );
    gitlab.setStatusVisible(this.#view.visible);
  }

  async getChildren(row?: StatusRow): Promise<StatusRow[]> {
    if (row !== undefined) return [];
    if (this.#nodes.list === undefined) await this.#nodes.refresh();
    const isSignedIn = vscode.workspace.isTrusted && (await this.#gitlab.accounts.all()).length > 0;
    return statusRows({
      nowMs: clock.now(),
      folder: vscode.workspace.workspaceFolders?.[0]?.name,
      isSignedIn,
      gitlab: isSignedIn ? await this.#gitlab.summary() : undefined,
      nodes: this.#counts(),
      progress: this.#live.progress,
      ended: this.#gitlab.ended,
    });
  }

  getTreeItem({ id, label, description, words, icon, click }: StatusRow): vscode.TreeItem {
    const item = new vscode.TreeItem(label);
    item.id = id;
    item.description = description;
    item.iconPath = new vscode.ThemeIcon(icon);
    item.contextValue = id;
    const told = (words ?? [label, description]).filter((part) => part !== '');
    item.tooltip = told.join('\n');
    item.accessibilityInformation = { label: told.join(', ') };
    if (click !== undefined) item.command = { command: click.command, title: label, arguments: [...click.args] };
    return item;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #counts(): NodeCounts | undefined {
    const { list } = this.#nodes;
    if (list === undefined || list === null) return undefined;
    const of = (...states: readonly string[]): number =>
      list.nodes.filter(({ state }) => states.includes(state)).length;
    return {
      total: list.nodes.length,
      booted: of('booted'),
      failed: of('failed'),
      marked: of('marked'),
      unreported: of('ok'),
      fresh: of('new', 'not-booted'),
      unknown: of('unknown', 'not-in-mapping'),
    };
  }
}
