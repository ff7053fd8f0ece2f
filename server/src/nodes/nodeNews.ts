import { CodeLensRefreshRequest, NotificationType, type Connection } from 'vscode-languageserver';
import { inBackground } from '../background.ts';
import type { Client } from '../client.ts';
import type { Pending, ServerClock } from '../clock.ts';
import type { Documents } from '../documents.ts';
import type { FailedNodesValidation } from '../diagnostics/failedNodesValidation.ts';
import type { NodePairs } from './nodePairs.ts';
import type { NodesChanged, NodesChangedNotification } from '../protocol.ts';

const nodesChanged = new NotificationType<NodesChanged>(
  'buildstream/nodesChanged' satisfies NodesChangedNotification['method'],
);

/** Shortest interval between two notifications: while the user types, every key changes the nodes. */
export const newsIntervalMs = 200;

/** Notifies everything that depends on both files when one of them changes. */
export class NodeNews {
  readonly #connection: Connection;
  readonly #client: Client;
  readonly #documents: Documents;
  readonly #pairs: NodePairs;
  readonly #failedNodes: FailedNodesValidation;
  readonly #clock: ServerClock;
  readonly #changed = new Set<string>();
  #pending: Pending | undefined;

  constructor(
    connection: Connection,
    client: Client,
    documents: Documents,
    pairs: NodePairs,
    failedNodes: FailedNodesValidation,
    clock: ServerClock,
  ) {
    this.#clock = clock;
    this.#connection = connection;
    this.#client = client;
    this.#documents = documents;
    this.#pairs = pairs;
    this.#failedNodes = failedNodes;
  }

  /** A mapping file or failed_nodes.json has changed. */
  changed(uri: string): void {
    this.#changed.add(uri);
    this.#pending ??= this.#clock.after(newsIntervalMs, () => {
      this.#pending = undefined;
      inBackground(this.#connection, () => this.#tell());
    });
  }

  dispose(): void {
    this.#pending?.dispose();
    this.#changed.clear();
  }

  async #tell(): Promise<void> {
    const uris = [...this.#changed];
    this.#changed.clear();
    for (const file of this.#documents.failedNodesFiles()) this.#failedNodes.prepare(file);
    const pairs = await Promise.all(uris.map((uri) => this.#pairs.of(uri)));
    for (const mappingUri of new Set(pairs.map(({ mapping }) => mapping?.uri ?? null))) {
      if (this.#client.speaksBuildstream) await this.#connection.sendNotification(nodesChanged, { mappingUri });
    }
    const hasLenses = pairs.some(({ failed }) => failed !== undefined);
    if (hasLenses && this.#client.canRefreshLenses) await this.#connection.sendRequest(CodeLensRefreshRequest.type);
  }
}
