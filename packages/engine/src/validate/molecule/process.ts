import { spawn, type ChildProcess } from 'node:child_process';
import type { MoleculeSettings } from './settings.ts';

/** How a program ended. */
export type ProcessEnd =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly name: string }
  /** It could not be started; `code` is that of the system error. */
  | { readonly kind: 'not-started'; readonly code: string; readonly message: string }
  /** The signal aborted, and it was ended with all that it had started. */
  | { readonly kind: 'stopped' };

/** So long output may still arrive from processes that outlive the program. */
const drainMs = 1_000;

/** Runs a program as a process group of its own. Resolves when it has ended and its output is told. */
export function runProcess(
  { command, folder, env, graceMs }: MoleculeSettings,
  tell: (text: string) => void,
  signal: AbortSignal,
): Promise<ProcessEnd> {
  if (signal.aborted) return Promise.resolve({ kind: 'stopped' });
  return new Promise((resolve) => {
    const [program, ...args] = command;
    const child = spawn(program, args, { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', tell);
    child.stderr.setEncoding('utf8').on('data', tell);
    let force: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      killGroup(child, 'SIGTERM');
      force = setTimeout(() => {
        killGroup(child, 'SIGKILL');
      }, graceMs);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const end = (how: ProcessEnd): void => {
      signal.removeEventListener('abort', onAbort);
      clearTimeout(force);
      // What it started and left behind: nobody waits for that any more.
      if (signal.aborted) killGroup(child, 'SIGKILL');
      resolve(signal.aborted && how.kind !== 'not-started' ? { kind: 'stopped' } : how);
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      end({ kind: 'not-started', code: error.code ?? '', message: error.message });
    });
    let drain: NodeJS.Timeout | undefined;
    child.once('exit', () => {
      drain = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, drainMs);
    });
    child.once('close', (code, name) => {
      clearTimeout(drain);
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
