import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { finished } from 'node:stream/promises';
import { Writing } from '@omnia-buildstream/tools/writing/writing';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { Io } from '../io.ts';
import { LongRuns } from './longRuns.ts';
import type { Reach } from './options.ts';
import { faultOf, readsOf } from './reads.ts';
import { serverOf } from './server.ts';
import { writesOf } from './writes.ts';

/** Serves a client over standard streams until the client ends it or disconnects. */
export async function serve(options: Reach, io: Io): Promise<ExitCode> {
  const runs = new LongRuns(io.clock);
  const mayWrite = await io.changesAllowed();
  const world = { mayWrite: io.changesAllowed, now: () => io.clock.monotonic(), newToken: io.newId };
  const reads = readsOf(io, options, runs);
  const writing = mayWrite ? new Writing(writesOf(io, options, runs), world) : undefined;
  const { input, output } = io.streams();
  // The client may close its end at any moment.
  output.on('error', () => undefined);
  const gone = new AbortController();
  const leave = (): void => {
    gone.abort();
  };
  const off = io.onSignal(['SIGINT', 'SIGTERM'], leave);
  const ended = finished(input, { writable: false, signal: gone.signal }).catch(() => undefined);
  const transport = new StdioServerTransport(input, output);
  const handle = serveStdio(() => serverOf({ reads, writing, newMarker: io.newId, faultOf }), { transport });
  try {
    await ended;
    return exitCodes.ok;
  } finally {
    await handle.close();
    await runs.close();
    off();
    // It would keep the process alive.
    input.destroy();
  }
}
