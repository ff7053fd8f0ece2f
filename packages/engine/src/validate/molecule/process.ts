import { spawn, type ChildProcess } from 'node:child_process';
import type { Clock } from '../../ports/clock.ts';
import type { MoleculeSettings } from './settings.ts';
import { onAbort } from '../../time/onAbort.ts';

/** How a program ended. */
export type ProcessEnd =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly name: string }
  /** It could not be started; `code` is that of the system error. */
  | { readonly kind: 'not-started'; readonly code: string; readonly message: string }
  /** The signal aborted, and it was ended with all that it had started. */
  | { readonly kind: 'stopped' };

/** This long output may still arrive from processes that outlive the program. */
const drainMs = 1_000;

/** Runs a program as a process group of its own. Resolves when it has ended and its output has been passed on. */
export function runProcess(
  { command, folder, env, graceMs }: MoleculeSettings,
  tell: (text: string) => void,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<ProcessEnd> {
  if (signal.aborted) return Promise.resolve({ kind: 'stopped' });
  return new Promise((resolve) => {
    const [program, ...args] = command;
    const child = spawn(program, args, { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', tell);
    child.stderr.setEncoding('utf8').on('data', tell);
    const over = new AbortController();
    /** Unless the program has ended before. */
    const after = (ms: number, act: () => void): void => {
      clock.sleep(ms, over.signal).then(act, () => undefined);
    };
    const unlisten = onAbort(signal, () => {
      killGroup(child, 'SIGTERM');
      after(graceMs, () => {
        killGroup(child, 'SIGKILL');
      });
    });
    const end = (how: ProcessEnd): void => {
      unlisten();
      over.abort();
      // What it started and left behind: that is no longer waited for.
      if (signal.aborted) killGroup(child, 'SIGKILL');
      resolve(signal.aborted && how.kind !== 'not-started' ? { kind: 'stopped' } : how);
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      end({ kind: 'not-started', code: error.code ?? '', message: error.message });
    });
    child.once('exit', () => {
      after(drainMs, () => {
        child.stdout.destroy();
        child.stderr.destroy();
      });
    });
    child.once('close', (code, name) => {
      end(code === null ? { kind: 'signal', name: name ?? '' } : { kind: 'exit', code });
    });
  });
}

/** To the program and everything that it started and that did not leave the group. */
function killGroup({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // The group is gone.
  }
}
