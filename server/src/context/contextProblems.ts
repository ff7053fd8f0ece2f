import type { ContextProblem } from '@omnia-buildstream/core/context/problem';
import type { Connection, Diagnostic } from 'vscode-languageserver';
import { inBackground } from '../background.ts';
import type { Client } from '../client.ts';
import { diagnosticSource, lspSeverity } from '../diagnostics/diagnostics.ts';
import { codeOf } from '../diagnostics/rulePages.ts';

/** Publishes the problems of files beside mapping files: once per file, even if several mapping files use it. */
export class ContextProblems {
  readonly #connection: Connection;
  readonly #client: Client;
  readonly #byMapping = new Map<string, ReadonlyMap<string, readonly ContextProblem[]>>();
  readonly #published = new Map<string, string>();

  constructor(connection: Connection, client: Client) {
    this.#connection = connection;
    this.#client = client;
  }

  /**
   * Stores the problems in the files that a mapping file depends on. An empty map means that the mapping file is
   * closed.
   */
  set(mappingUri: string, problems: ReadonlyMap<string, readonly ContextProblem[]>): void {
    if (problems.size === 0) this.#byMapping.delete(mappingUri);
    else this.#byMapping.set(mappingUri, problems);
    const files = new Set([...this.#byMapping.values()].flatMap((byFile) => [...byFile.keys()]));
    for (const uri of new Set([...files, ...this.#published.keys()])) this.#publish(uri);
  }

  #publish(uri: string): void {
    const all = [...this.#byMapping.values()].flatMap((byFile) => byFile.get(uri) ?? []);
    // Two mapping files can lead to the same problem.
    const distinct = new Map(all.map((problem) => [JSON.stringify(problem), problem]));
    const state = [...distinct.keys()].join('\n');
    if (state === (this.#published.get(uri) ?? '')) return;
    if (state === '') this.#published.delete(uri);
    else this.#published.set(uri, state);
    const diagnostics = [...distinct.values()].map((problem) => this.#diagnostic(problem));
    inBackground(this.#connection, () => this.#connection.sendDiagnostics({ uri, diagnostics }));
  }

  #diagnostic({ code, severity, message, params, range }: ContextProblem): Diagnostic {
    return {
      range,
      severity: lspSeverity[severity],
      source: diagnosticSource,
      ...codeOf(this.#client, code),
      message: this.#client.say(message, params),
    };
  }
}
