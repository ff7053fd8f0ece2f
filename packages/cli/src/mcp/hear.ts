import { onAbort } from '@omnia-buildstream/engine/time/onAbort';
import type { CommandMain } from '../command.ts';
import { saidOf } from '../errorWords.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { Io, Output } from '../io.ts';
import type { ShownPlan } from '../run/approvedPlan.ts';
import { shownText } from '../shown.ts';

/** A command as a function. */
export interface Heard {
  readonly code: ExitCode;
  /** What it wrote for programs, or for people who asked. */
  readonly stdout: string;
  /** What else it wrote for people. */
  readonly stderr: string;
  /** The last plan that it showed for approval. */
  readonly plan: ShownPlan | undefined;
}

/** A job log may be of any length; only the end of a longer output is kept. */
const longestUnits = 16 * 1024 * 1024;

/**
 * Runs a command in this process, with nobody at a terminal: where it would ask, it does without. Everything else is as
 * if a person had typed it: the same plan, the same refusals, the same history.
 * @param signal aborted: as Ctrl-C. Signals of the process reach it too
 */
export async function hear(main: CommandMain, args: readonly string[], io: Io, signal: AbortSignal): Promise<Heard> {
  signal.throwIfAborted();
  const [stdout, stderr] = [new Heap(), new Heap()];
  let plan: ShownPlan | undefined;
  const world: Io = {
    ...io,
    stdin: () => Promise.resolve(new Uint8Array()),
    streams: () => {
      throw new Error('The standard streams belong to the protocol.');
    },
    ask: () => Promise.resolve(undefined),
    askSecret: () => Promise.resolve(undefined),
    stdout,
    stderr,
    onSignal: (names, listener) => {
      const off = io.onSignal(names, listener);
      const done = onAbort(signal, () => {
        if (names.includes('SIGINT')) listener('SIGINT');
      });
      return () => {
        off();
        done();
      };
    },
    onPlan: (shown) => (plan = shown),
  };
  const code = await ended(main, args, world);
  return { code, stdout: stdout.text, stderr: stderr.text, plan };
}

async function ended(main: CommandMain, args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await main(args, io);
  } catch (error) {
    const said = saidOf(error);
    if (said === undefined) throw error;
    await io.stderr.write(`${said.message}\n`);
    return exitCodes.cannotRun;
  }
}

/** What is written, in bounded memory. */
class Heap implements Output {
  readonly isTerminal = false;
  readonly isClosed = false;
  text = '';

  write(shown: Parameters<Output['write']>[0]): Promise<void> {
    const all = this.text + shownText(shown, false);
    this.text = all.length > longestUnits ? all.slice(-longestUnits) : all;
    return Promise.resolve();
  }
}
