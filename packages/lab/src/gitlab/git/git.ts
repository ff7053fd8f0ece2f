import { spawn } from 'node:child_process';

/** Git refused. */
export class GitError extends Error {
  readonly exitCode: number | null;

  constructor(args: readonly string[], exitCode: number | null, stderr: string) {
    super(`git ${args[0] ?? ''} ended with ${String(exitCode)}: ${stderr.trim()}`);
    this.name = 'GitError';
    this.exitCode = exitCode;
  }
}

export interface GitOptions {
  readonly gitDir: string;
  readonly input?: Uint8Array | string;
}

/** Variables that keep git from reading the user's own settings. */
export const cleanGitEnv: Readonly<Record<string, string>> = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/** Runs git on a bare repository; resolves to its standard output. @throws GitError */
export function git(args: readonly string[], { gitDir, input }: GitOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      env: { PATH: process.env['PATH'], HOME: gitDir, ...cleanGitEnv, GIT_DIR: gitDir },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    // Git may end before it has read its input.
    child.stdin.on('error', () => undefined);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(output));
      else reject(new GitError(args, code, Buffer.concat(errors).toString()));
    });
    child.stdin.end(input ?? '');
  });
}
