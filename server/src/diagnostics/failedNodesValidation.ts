import { checkFailedNodes } from '@omnia-buildstream/core/failedNodes/check';
import type { FailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import type { FailedNodesScope, JsonFinding } from '@omnia-buildstream/core/failedNodes/rule';
import type { Connection } from 'vscode-languageserver';
import { guarded, inBackground } from '../background.ts';
import type { Client } from '../client.ts';
import type { ServerClock } from '../clock.ts';
import type { CommittedTexts } from '../committedTexts.ts';
import type { FailedNodesFile } from '../nodes/failedNodesFile.ts';
import { levelOf, reportFailedNodes } from './jsonDiagnostics.ts';
import type { NodePairs } from '../nodes/nodePairs.ts';
import { nodeView, type NodeView } from '../nodes/nodeView.ts';
import { Publisher } from './publisher.ts';
import type { UserSettings } from '../settings.ts';

/** What the findings of a file depend on, apart from its text. */
interface Inputs {
  readonly settings: UserSettings;
  readonly mapping: NodeView['mapping'];
}

/** Findings of a text, and the other inputs that they were computed from. */
interface Found {
  readonly beside: readonly unknown[];
  readonly findings: readonly JsonFinding[];
}

/** Keeps the findings of open failed nodes lists up to date and published. */
export class FailedNodesValidation {
  readonly #connection: Connection;
  readonly #client: Client;
  readonly #pairs: NodePairs;
  readonly #committed: CommittedTexts;
  readonly #settingsOf: (uri: string) => Promise<UserSettings>;
  readonly #publisher: Publisher<FailedNodesFile>;
  readonly #inputs = new WeakMap<FailedNodesFile, Inputs>();
  readonly #found = new WeakMap<FailedNodesDocument, Found>();
  readonly #published = new WeakMap<FailedNodesFile, string>();
  /** The newest preparation of each open file. An older one that finishes later is dropped. */
  readonly #newest = new Map<string, object>();
  /** Whether the editor's own JSON support checks the schema. */
  builtInJson: boolean;

  constructor(
    connection: Connection,
    client: Client,
    pairs: NodePairs,
    committed: CommittedTexts,
    settingsOf: (uri: string) => Promise<UserSettings>,
    clock: ServerClock,
  ) {
    this.#connection = connection;
    this.#client = client;
    this.#pairs = pairs;
    this.#committed = committed;
    this.#settingsOf = settingsOf;
    this.builtInJson = client.builtInJson;
    this.#publisher = new Publisher((file) => {
      guarded({ connection, say: client.say }, file.uri, () => this.#publish(file));
    }, clock);
  }

  /** Reads the settings and the mapping file again, checks and publishes. */
  prepare(file: FailedNodesFile): void {
    const { say } = this.#client;
    guarded({ connection: this.#connection, say }, file.uri, () => this.#prepare(file));
  }

  async #prepare(file: FailedNodesFile): Promise<void> {
    const ticket = {};
    this.#newest.set(file.uri, ticket);
    const [settings, mapping] = await Promise.all([this.#settingsOf(file.uri), this.#pairs.mappingFor(file.uri)]);
    if (this.#newest.get(file.uri) !== ticket) return;
    this.#inputs.set(file, { settings, mapping });
    this.#publisher.schedule(file);
  }

  /** The text has changed. */
  changed(file: FailedNodesFile): void {
    if (this.#inputs.has(file)) this.#publisher.schedule(file);
  }

  closed(uri: string): void {
    this.#newest.delete(uri);
    this.#publisher.forget(uri);
    inBackground(this.#connection, () => this.#connection.sendDiagnostics({ uri, diagnostics: [] }));
  }

  dispose(): void {
    this.#newest.clear();
    this.#publisher.dispose();
  }

  scope(file: FailedNodesFile): FailedNodesScope {
    const mapping = this.#inputs.get(file)?.mapping;
    const committed = this.#committed.failedNodes(file.uri);
    return {
      document: file.document,
      encoding: file.encoding,
      ...(mapping !== undefined && {
        mapping: nodeView(
          { mapping, failed: file, engine: undefined, told: undefined, isEngineList: false },
          this.#committed,
        ).nodes,
      }),
      ...(committed !== undefined && { committed }),
    };
  }

  /** All findings that are not turned off, including those that the editor's JSON support shows. */
  findings(file: FailedNodesFile): readonly JsonFinding[] {
    const overrides = this.overrides(file);
    return this.#check(file).filter(({ rule }) => levelOf(rule, overrides) !== 'off');
  }

  overrides(file: FailedNodesFile): UserSettings['overrides'] {
    return this.#inputs.get(file)?.settings.overrides ?? new Map();
  }

  /** Returns all findings. They are cached, because most changes of other files do not affect them. */
  #check(file: FailedNodesFile): readonly JsonFinding[] {
    const mapping = this.#inputs.get(file)?.mapping;
    const beside = [file.encoding, mapping?.model, mapping?.version, this.#committed.failedNodes(file.uri)];
    const known = this.#found.get(file.document);
    if (known?.beside.every((each, index) => each === beside[index]) === true) return known.findings;
    const findings = checkFailedNodes(this.scope(file));
    this.#found.set(file.document, { beside, findings });
    return findings;
  }

  #publish(file: FailedNodesFile): Promise<void> | undefined {
    const { uri, version } = file;
    if (!this.#inputs.has(file)) return undefined;
    const findings = this.findings(file).filter(({ rule }) => !(this.builtInJson && rule.inSchema === true));
    const diagnostics = reportFailedNodes(findings, this.overrides(file), this.#client);
    const params = { uri, ...(version !== null && { version }), diagnostics };
    const state = JSON.stringify(params);
    if (this.#published.get(file) === state) return undefined;
    this.#published.set(file, state);
    return this.#connection.sendDiagnostics(params);
  }
}
