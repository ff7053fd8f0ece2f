import type { Say } from '@omnia-buildstream/core/text/message';
import type { Connection, Diagnostic } from 'vscode-languageserver';
import { diagnosticSource, lspSeverity } from './diagnostics/diagnostics.ts';
import { strings } from './strings.ts';

/** Runs work that no one awaits. Errors are logged and must not end the process. */
export function inBackground(connection: Connection, work: () => Promise<unknown>): void {
  const run = async (): Promise<void> => {
    await work();
  };
  run().catch((error: unknown) => {
    logError(connection, error);
  });
}

/** What {@link guarded} needs to report errors. */
export interface Guarded {
  readonly connection: Connection;
  readonly say: Say;
}

/** Runs work for one document. If it fails, a diagnostic on the document says so; other documents are not affected. */
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

/** A diagnostic about a whole file, shown at its start. */
export function aboutFile(message: string): Diagnostic {
  const start = { line: 0, character: 0 };
  return { range: { start, end: start }, severity: lspSeverity.error, source: diagnosticSource, message };
}

function logError(connection: Connection, error: unknown): void {
  try {
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } catch {
    // The editor is gone, so no one can be told.
  }
}
