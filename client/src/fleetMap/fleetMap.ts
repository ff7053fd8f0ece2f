import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import { bmcAddress } from '../nodes/bmcAddress.ts';
import type { NodeSelection } from '../nodes/commandNodes.ts';
import type { LiveNodes } from '../nodes/liveNodes.ts';
import type { NodesSource } from '../nodes/nodesSource.ts';
import { readMapRequest, readMapView, type MapMessage, type MapRequest } from '../pages/fleetMap/messages.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import { pageHtml, pageRoots } from '../platform/pageHtml.ts';
import { fleetOf, newsOf, sameCell, type FleetNode } from './fleetCells.ts';
import { fleetMapTitle, fleetWords } from './fleetWords.ts';

/** As in package.json, in the activation event and in the menus. */
const viewType = 'buildstream.fleetMap';

interface Parts {
  readonly extension: vscode.Uri;
  readonly source: NodesSource;
  readonly live: LiveNodes;
  /** Shows a node in the Nodes view. */
  readonly reveal: (node: NodeInfo) => Thenable<void>;
}

/** The editor panel with a cell for each node, which shows what the Nodes view shows. There is at most one. */
export class FleetMap implements vscode.WebviewPanelSerializer {
  readonly #store = new DisposableStore();
  readonly #parts: Parts;
  readonly #visibility = this.#store.add(new vscode.EventEmitter<void>());
  readonly onDidChangeVisibility: vscode.Event<unknown> = this.#visibility.event;
  #panel: vscode.WebviewPanel | undefined;
  #fleet: readonly FleetNode[] = [];
  #selected: ReadonlySet<string> = new Set();

  constructor(parts: Parts) {
    this.#parts = parts;
    const { source, live } = parts;
    this.#store.add(vscode.window.registerWebviewPanelSerializer(viewType, this));
    this.#store.add(
      source.onDidChange(() => {
        this.#update();
      }),
    );
    this.#store.add(
      live.onChange((changed) => {
        this.#updateLive(changed);
      }),
    );
  }

  get isVisible(): boolean {
    return this.#panel?.visible === true;
  }

  show(): void {
    if (this.#panel !== undefined) {
      this.#panel.reveal();
      return;
    }
    this.#use(vscode.window.createWebviewPanel(viewType, fleetMapTitle(), vscode.ViewColumn.Active));
  }

  /** Called after a reload of the window. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.#panel?.dispose();
    this.#selected = new Set(readMapView(state).selected);
    this.#use(panel);
    return Promise.resolve();
  }

  /**
   * Replaces the arguments of a command called from the map's menu with the selected nodes, as the Nodes view passes
   * them.
   */
  argumentsOf(args: readonly unknown[]): readonly unknown[] {
    const [context] = args;
    if (typeof context !== 'object' || context === null || !('webview' in context)) return args;
    if (context.webview !== viewType) return args;
    const nodes = this.#fleet.flatMap(({ node, cell }) => (this.#selected.has(cell.id) ? node : []));
    return nodes.length === 0 ? [] : [{ kind: 'selection', nodes } satisfies NodeSelection];
  }

  dispose(): void {
    this.#store.dispose();
    this.#panel?.dispose();
  }

  #use(panel: vscode.WebviewPanel): void {
    this.#panel = panel;
    const { extension } = this.#parts;
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: pageRoots(extension) };
    webview.onDidReceiveMessage((message: unknown) => {
      const request = readMapRequest(message);
      if (request !== undefined) void this.#answer(request);
    });
    panel.onDidChangeViewState(() => {
      this.#visibility.fire();
    });
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#selected = new Set();
      this.#visibility.fire();
    });
    this.#visibility.fire();
    webview.html = pageHtml(webview, extension, 'fleetMap.js', fleetMapTitle());
  }

  async #answer(request: MapRequest): Promise<void> {
    switch (request.type) {
      case 'ready':
        await this.#start();
        return;
      case 'selected':
        this.#selected = new Set(request.ids);
        return;
      case 'reveal': {
        const found = this.#fleet.find(({ cell }) => cell.id === request.id);
        if (found !== undefined) await this.#parts.reveal(found.node);
      }
    }
  }

  async #start(): Promise<void> {
    const { source, live } = this.#parts;
    if (source.list === undefined) await source.refresh();
    this.#post(fleetWords());
    this.#fleet = this.#read();
    const cells = source.list === null ? null : this.#fleet.map(({ cell }) => cell);
    this.#post({ type: 'fleet', cells, progress: live.progress });
  }

  #update(): void {
    if (this.#panel === undefined) return;
    const { source, live } = this.#parts;
    const before = this.#fleet;
    this.#fleet = this.#read();
    if (source.list === null) this.#post({ type: 'fleet', cells: null, progress: live.progress });
    else this.#post(newsOf(before, this.#fleet, live.progress));
  }

  /** @param changed addresses of BMCs */
  #updateLive(changed: ReadonlySet<string>): void {
    if (this.#panel === undefined) return;
    const { live } = this.#parts;
    const before = this.#fleet;
    this.#fleet = before.map((one) => (changed.has(bmcAddress(one.node.bmcIp)) ? sameCell(one, live) : one));
    this.#post(newsOf(before, this.#fleet, live.progress));
  }

  #read(): readonly FleetNode[] {
    const { source, live } = this.#parts;
    const { list } = source;
    return list === null || list === undefined ? [] : fleetOf(list, live);
  }

  /** A hidden page no longer exists, and requests everything when it is shown again. */
  #post(message: MapMessage): void {
    void this.#panel?.webview.postMessage(message);
  }
}
