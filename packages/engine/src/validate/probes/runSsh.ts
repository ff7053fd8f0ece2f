import { spawn } from 'node:child_process';
import type { SshAnswer, SshRunner } from './ssh.ts';
import { onAbort } from '../../time/onAbort.ts';

/** More than this no command of ours prints. */
const maxOutputUnits = 64 * 1024;

/** The system's `ssh`, without a shell in between. */
export const runSsh: SshRunner = (args, signal) =>
  new Promise<SshAnswer>((resolve, reject) => {
    signal.throwIfAborted();
    const child = spawn('ssh', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (stdout.length < maxOutputUnits) stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (stderr.length < maxOutputUnits) stderr += text;
    });
    const unlisten = onAbort(signal, () => {
      child.kill('SIGKILL');
      reject(signal.reason as Error);
    });
    const end = (answer: SshAnswer): void => {
      unlisten();
      resolve(answer);
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      end({ code: undefined, stdout, stderr: error.message, isMissing: error.code === 'ENOENT' });
    });
    child.once('close', (code) => {
      end({ code: code ?? undefined, stdout, stderr, isMissing: false });
    });
  });
