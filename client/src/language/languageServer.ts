import * as vscode from 'vscode';
import { lacking } from '../errors/lacking.ts';
import { clock } from '../platform/clock.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import type { ConnectedServer } from './connection.ts';
import { CrashPolicy } from './crashPolicy.ts';
import { isMappingFile, needsServer, serverSelector } from './mappingFiles.ts';
import type { MappingStatuses } from './mappingStatuses.ts';
import type { ServerRequests } from './serverRequests.ts';
import { window } from '../platform/window.ts';

/** `idle` until the first mapping file, failed_nodes.json, or buildstream.yml is opened, or something is asked. */
export type ServerState = 'idle' | 'starting' | 'running' | 'stopped';

/** Runs the language server: starts it on first use, and again after a crash or when its file patterns change. */
export class LanguageServer {
  readonly #store = new DisposableStore();
  readonly #stateChanged = this.#store.add(new vscode.EventEmitter<ServerState>());
  readonly onDidChangeState = this.#stateChanged.event;
  readonly #nodesChanged = this.#store.add(new vscode.EventEmitter<void>());
  /** Fires when nodes and plans may have changed. */
  readonly onDidChangeNodes = this.#nodesChanged.event;
  readonly #serverModule: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #statuses: MappingStatuses;
  readonly #hasMovableClock: boolean;
  #crashes: CrashPolicy;
  #state: ServerState = 'idle';
  #selector = '';
  #server: ConnectedServer | undefined;
  /** Starts and stops run one after the other. */
  #queue: Promise<void> = Promise.resolve();

  /** @param hasMovableClock whether the server obeys {@link passMs} */
  constructor(serverModule: string, log: vscode.LogOutputChannel, statuses: MappingStatuses, hasMovableClock: boolean) {
    this.#serverModule = serverModule;
    this.#log = log;
    this.#statuses = statuses;
    this.#hasMovableClock = hasMovableClock;
    this.#crashes = new CrashPolicy(() => clock.now());
    const { workspace } = vscode;
    this.#store.add(workspace.onDidOpenTextDocument((document) => void this.#startFor([document])));
    this.#store.add(workspace.onDidChangeWorkspaceFolders(() => void this.#followSelector()));
    this.#store.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('buildstream.mapping.filePatterns')) void this.#followSelector();
      }),
    );
    void this.#startFor(workspace.textDocuments);
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Asks the server, which is started on first use. */
  async ask<Method extends keyof ServerRequests>(
    method: Method,
    params: ServerRequests[Method]['params'],
  ): Promise<ServerRequests[Method]['result']> {
    return (await this.#connected()).ask(method, params);
  }

  /** Makes the server compare a file that is not open with git's version of it. */
  async followCommitted(uri: string): Promise<void> {
    await (await this.#connected()).followCommitted(uri);
  }

  /** Makes the server reread a file that this extension has written or removed. */
  async changedOnDisk(uri: string): Promise<void> {
    await (await this.#connected()).changedOnDisk(uri);
  }

  /** Redraws the lines that the editor keeps in view, because it does so for new colors but not for new decorations. */
  drawAgain(document: vscode.TextDocument): void {
    this.#server?.drawAgain(document);
  }

  /** Advances the clock of a running server. */
  async passMs(ms: number): Promise<void> {
    await this.#server?.passMs(ms);
  }

  /** Starts the server anew, even if it had been given up. */
  async restart(): Promise<void> {
    this.#crashes = new CrashPolicy(() => clock.now());
    this.#setState('starting');
    await this.#enqueue(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  /** Stops the server for good. */
  async stop(): Promise<void> {
    this.#store.dispose();
    this.#queue = this.#queue
      .then(() => this.#stop())
      .catch((error: unknown) => {
        this.#log.error(error instanceof Error ? error : String(error));
      });
    await this.#queue;
  }

  async #startFor(documents: readonly vscode.TextDocument[]): Promise<void> {
    if (documents.some(needsServer)) await this.#startOnce();
  }

  async #startOnce(): Promise<void> {
    if (this.#state !== 'idle') return;
    this.#setState('starting');
    await this.#enqueue(() => this.#start());
  }

  async #connected(): Promise<ConnectedServer> {
    await this.#startOnce();
    await this.#queue;
    if (this.#server === undefined) {
      throw lacking(vscode.l10n.t('The BuildStreaM language server is not running.'), {
        title: vscode.l10n.t('Restart'),
        command: 'buildstream.restartLanguageServer',
      });
    }
    return this.#server;
  }

  async #followSelector(): Promise<void> {
    if (this.#state === 'idle') await this.#startFor(vscode.workspace.textDocuments);
    else if (JSON.stringify(serverSelector()) !== this.#selector) await this.restart();
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      this.#log.error(error instanceof Error ? error : String(error));
      void this.#giveUp();
    });
    return this.#queue;
  }

  async #start(): Promise<void> {
    const { connect } = await import('./languageClient.ts');
    const selector = serverSelector();
    this.#selector = JSON.stringify(selector);
    this.#server = await connect({
      serverModule: this.#serverModule,
      hasMovableClock: this.#hasMovableClock,
      selector,
      log: this.#log,
      onStatus: (status) => {
        this.#statuses.set(status);
      },
      onNodesChanged: () => {
        this.#nodesChanged.fire();
      },
      onRunning: () => {
        this.#setState('running');
      },
      onCrash: () => this.#onCrash(),
      onOpened: (document) => {
        if (isMappingFile(document)) this.#statuses.expect(document.uri);
      },
      onClosed: (document) => {
        this.#statuses.forget(document.uri);
      },
    });
  }

  async #stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#statuses.clear();
    await server?.stop();
  }

  #onCrash(): boolean {
    this.#statuses.clear();
    if (this.#crashes.mayRestart()) {
      this.#log.warn('The language server ended unexpectedly and is started again.');
      this.#setState('starting');
      return true;
    }
    this.#log.error('The language server ended unexpectedly too often and is not started again.');
    void this.#giveUp();
    return false;
  }

  async #giveUp(): Promise<void> {
    this.#setState('stopped');
    const restart = vscode.l10n.t('Restart');
    const showLog = vscode.l10n.t('Show Log');
    const message = vscode.l10n.t('The BuildStreaM language server has stopped. Mapping files are no longer checked.');
    const choice = await window.showErrorMessage(message, restart, showLog);
    if (choice === restart) await this.restart();
    if (choice === showLog) this.#log.show();
  }

  #setState(state: ServerState): void {
    this.#state = state;
    this.#stateChanged.fire(state);
  }
}
