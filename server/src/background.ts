import type { Say } from '@omnia-buildstream/core/text/message';
import type { Connection, Diagnostic } from 'vscode-languageserver';
import { diagnosticSource, lspSeverity } from './diagnostics/diagnostics.ts';
import { strings } from './strings.ts';

/** Runs what nobody waits for: what goes wrong is logged, and must not end the process. */
export function inBackground(connection: Connection, work: () => Promise<unknown>): void {
  const run = async (): Promise<void> => {
    await work();
  };
  run().catch((error: unknown) => {
    logError(connection, error);
  });
}

/** What a document is judged with. */
export interface Guarded {
  readonly connection: Connection;
  readonly say: Say;
}

/** Judges one document; when that fails, the document itself shows it, and all others go on. */
export function guarded({ connection, say }: Guarded, uri: string, work: () => Promise<unknown> | undefined): void {
  inBackground(connection, async () => {
    try {
      await work();
    } catch (error) {
      logError(connection, error);
      const reason = error instanceof Error ? error.message : String(error);
      await connection.sendDiagnostics({ uri, diagnostics: [aboutFile(say(strings.notChecked, { reason }))] });
    }
  });
}

/** A problem of a whole file, shown at its start. */
export function aboutFile(message: string): Diagnostic {
  const start = { line: 0, character: 0 };
  return { range: { start, end: start }, severity: lspSeverity.error, source: diagnosticSource, message };
}

function logError(connection: Connection, error: unknown): void {
  try {
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } catch {
    // The editor has gone; there is nobody left to tell.
  }
}
