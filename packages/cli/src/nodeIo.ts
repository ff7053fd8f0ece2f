import type { stat } from 'node:fs/promises';
import { readRegularFileAtOnce } from '@omnia-buildstream/engine/files/readRegularFile';
import { thisMachine } from '@omnia-buildstream/runner/machine';
import type { Io } from './io.ts';
import { outputTo } from './output.ts';
import { shownText } from './shown.ts';

/** What is used of Node's `process`. */
export type NodeProcess = Pick<
  NodeJS.Process,
  'stdin' | 'stdout' | 'stderr' | 'env' | 'cwd' | 'getuid' | 'on' | 'off' | 'version' | 'platform' | 'arch'
>;

/** Mapping files of a hundred thousand nodes are larger than the default. */
const maxGitOutputBytes = 200 * 1024 * 1024;

const nodeFileSystem: Io['fs'] = Object.create(thisMachine.fs, {
  readFile: { value: readRegularFileAtOnce },
  stat: {
    value: (async (...place: Parameters<typeof stat>) =>
      (await import('node:fs/promises')).stat(...place)) as typeof stat,
  },
}) as Io['fs'];

/**
 * The world of a real process. What few commands use is loaded on demand, because loading it takes Node time.
 * @param files what the standard streams are written to when no terminal shows them
 */
export function nodeIo(process: NodeProcess, files?: { readonly stdout: number; readonly stderr: number }): Io {
  return {
    ...thisMachine,
    fs: nodeFileSystem,
    stdin: () => readAll(process.stdin),
    streams: () => ({ input: process.stdin, output: process.stdout }),
    ask: (question) => ask(question, process),
    askSecret: (question) => askSecret(question, process),
    stdout: outputTo(() => process.stdout, files?.stdout),
    stderr: outputTo(() => process.stderr, files?.stderr),
    env: process.env,
    cwd: process.cwd(),
    onSignal: (names, listener) => {
      for (const name of names) process.on(name, listener);
      return () => {
        for (const name of names) process.off(name, listener);
      };
    },
    onInputEnd: (listener) => {
      const { stdin } = process;
      stdin.on('end', listener).on('error', listener).resume();
      return () => {
        stdin.off('end', listener).off('error', listener).pause();
      };
    },
    runtime: { node: process.version, platform: process.platform, arch: process.arch },
    uid: process.getuid?.(),
    git,
    ssh: async (args, signal) => {
      const { runSsh } = await import('@omnia-buildstream/engine/validate/probes/runSsh');
      return runSsh(args, signal);
    },
    kubectl: async (args, signal) => {
      const { runProgram } = await import('@omnia-buildstream/engine/processes/runProgram');
      return runProgram('kubectl')(args, signal);
    },
    changesAllowed: async () => (await import('@omnia-buildstream/runner/user/changesAllowed')).changesAllowed(),
  };
}

async function readAll(stream: NodeProcess['stdin']): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The question goes to standard error: standard output may be piped to a program. */
async function ask(question: string, { stdin, stderr }: NodeProcess): Promise<string | undefined> {
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: stdin, output: stderr });
  try {
    return await terminal.question(shownText(question, true));
  } catch {
    // Ctrl-D or Ctrl-C at the prompt is not an answer.
    return undefined;
  } finally {
    terminal.close();
  }
}

const enter = new Set(['\r', '\n']);
const giveUp = new Set(['\u0003', '\u0004']);
const erase = new Set(['\u007f', '\b']);

async function askSecret(question: string, { stdin, stderr }: NodeProcess): Promise<string | undefined> {
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  stderr.write(shownText(question, true));
  stdin.setRawMode(true);
  stdin.resume();
  try {
    return await new Promise<string | undefined>((resolve) => {
      const decoder = new TextDecoder();
      const typed: string[] = [];
      const read = (chunk: Buffer): void => {
        for (const character of decoder.decode(chunk, { stream: true })) {
          if (enter.has(character)) finish(typed.join(''));
          else if (giveUp.has(character)) finish(undefined);
          else if (erase.has(character)) typed.pop();
          else typed.push(character);
        }
      };
      const closed = (): void => {
        finish(undefined);
      };
      const finish = (answer: string | undefined): void => {
        stdin.off('data', read);
        stdin.off('end', closed);
        resolve(answer);
      };
      stdin.on('data', read);
      stdin.on('end', closed);
    });
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

/** What `git` prints; undefined without git, or when it refuses. */
export async function git(args: readonly string[]): Promise<string | undefined> {
  const [{ execFile }, { promisify }] = await Promise.all([import('node:child_process'), import('node:util')]);
  try {
    const { stdout } = await promisify(execFile)('git', args, { maxBuffer: maxGitOutputBytes });
    return stdout;
  } catch {
    return undefined;
  }
}
