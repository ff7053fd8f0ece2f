import { execFileSync, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');

/** What `npx buildstream` starts: the bundle as shipped. */
export const launcher = path.join(root, 'packages/cli/bin/buildstream.cjs');

/** The bundle itself, for use with another Node. */
export const bundle = path.join(root, 'dist/cli.js');

/** The oldest Node that the bundle supports. Undefined if it is not installed. */
export function olderNode(): string | undefined {
  const places = (process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, 'node'));
  return places.find((place) => {
    return existsSync(place) && execFileSync(place, ['--version'], { encoding: 'utf8' }).startsWith('v20.');
  });
}

/** Runs are registered here, away from the user's own runs. */
const stateHome = path.join(os.tmpdir(), `buildstream-state-${String(process.pid)}`);
process.once('exit', () => {
  rmSync(stateHome, { recursive: true, force: true });
});

/** Only a process that hangs runs this long; it is then killed. */
const limitMs = 60_000;

interface Ended {
  /** null if a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface ProcessWorld {
  readonly cwd?: string;
  /** The whole environment, apart from PATH. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** A process of `buildstream`. */
export interface CliProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  /** Resolves as soon as standard output contains the text; rejects if the process ends without it. */
  shows(text: string): Promise<void>;
}

/** Starts `buildstream` from the bundle as a process. Only for tests of signals, exit codes, streams and kills. */
export function startProcess(
  args: readonly string[],
  { cwd = root, env = {}, input = '' }: ProcessWorld = {},
): CliProcess {
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], XDG_STATE_HOME: stateHome, ...env },
    timeout: limitMs,
    killSignal: 'SIGKILL',
  });
  // A process that never reads its input may end before the input is written.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    stdout,
    stderr,
  }));
  return {
    child,
    ended,
    shows: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (stdout.includes(text)) resolve();
        };
        child.stdout.on('data', look);
        look();
        void ended.then((end) => {
          reject(new Error(`It ended without "${text}": ${JSON.stringify(end)}`));
        });
      }),
  };
}

export function runProcess(args: readonly string[], world?: ProcessWorld): Promise<Ended> {
  return startProcess(args, world).ended;
}
