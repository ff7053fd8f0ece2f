import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The address of the remote `origin`; undefined without git, repository or remote. */
export async function remoteAddress(folder: string): Promise<string | undefined> {
  try {
    const { stdout } = await execute('git', ['-C', folder, 'remote', 'get-url', 'origin']);
    return stdout.trim() === '' ? undefined : stdout.trim();
  } catch {
    return undefined;
  }
}
