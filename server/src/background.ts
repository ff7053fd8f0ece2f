import type { Connection } from 'vscode-languageserver/node';

/** Runs what nobody waits for: what goes wrong is logged, and must not end the process. */
export function inBackground(connection: Connection, work: () => Promise<unknown>): void {
  const run = async (): Promise<void> => {
    await work();
  };
  run().catch((error: unknown) => {
    try {
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    } catch {
      // The editor has gone; there is nobody left to tell.
    }
  });
}
