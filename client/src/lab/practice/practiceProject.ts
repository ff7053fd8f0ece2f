import { refused } from '@omnia-buildstream/core/errors/userError';
import type { LabConnection } from '@omnia-buildstream/core/lab/connection';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { execFile } from 'node:child_process';
import { nodeFiles } from '@omnia-buildstream/engine/files/fileSystem';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { lacking } from '../../errors/lacking.ts';

/** Marks a practice folder that is still empty, so that VS Code activates us (`activationEvents` in package.json). */
export const markerFile = '.buildstream/practice.json';

const run = promisify(execFile);

/** @throws UserError if no lab can run on this machine */
export async function demandLabMachine(): Promise<void> {
  if (process.platform === 'darwin') {
    throw lacking(
      vscode.l10n.t(
        'macOS has one loopback address, and a lab needs one for each BMC. Open the folder in a dev container, and start the practice lab there.',
      ),
      open(vscode.l10n.t('About Dev Containers'), 'https://code.visualstudio.com/docs/devcontainers/containers'),
    );
  }
  try {
    await run('git', ['--version']);
  } catch {
    throw lacking(
      vscode.l10n.t('The practice lab needs git, which is not installed on this computer.'),
      open(vscode.l10n.t('Download Git'), 'https://git-scm.com/downloads'),
    );
  }
}

/** Whether a folder contains nothing except what VS Code or this extension put there. */
export async function isFree(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => undefined);
  return names?.every((name) => name === '.vscode' || name === '.buildstream') === true;
}

export async function writeMarker(folder: string): Promise<void> {
  await writeOwn(path.join(folder, markerFile), '{}\n', folder);
}

/**
 * Checks out the project of a lab's GitLab in a folder. Removes everything that an earlier lab left there.
 * @param credentials file for the token, outside of the folder
 * @throws UserError with what git said
 */
export async function checkOut({ gitlab }: LabConnection, folder: string, credentials: string): Promise<void> {
  const { host } = new URL(gitlab.url);
  await writeOwn(credentials, `https://${gitlab.username}:${gitlab.token}@${host}\n`, path.dirname(credentials), 0o600);
  // An inherited GIT_SSL_CAINFO would override the project's setting, and a proxy would be used even for loopback.
  const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_SSL_CAINFO: gitlab.caFile, NO_PROXY: '*', no_proxy: '*' };
  const git = async (...args: readonly string[]): Promise<void> => {
    try {
      await run('git', ['-C', folder, ...args], { env });
    } catch (error) {
      const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
      throw refused(vscode.l10n.t('git could not fetch the practice project: {0}', plainLine(said)));
    }
  };
  await git('init', '-q');
  await git('config', 'http.sslCAInfo', gitlab.caFile);
  await git('config', 'http.proxy', '');
  await git('config', '--replace-all', 'credential.helper', '');
  await git('config', '--add', 'credential.helper', `store --file='${credentials.replaceAll("'", "'\\''")}'`);
  await git('config', 'user.name', 'Operator');
  await git('config', 'user.email', 'operator@lab.invalid');
  await git('config', 'remote.origin.url', `${gitlab.url}/${gitlab.project}.git`);
  await git('config', '--replace-all', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*');
  await git('fetch', '-q', '--prune', 'origin');
  await git('checkout', '-q', '-f', '-B', 'main', '--track', 'origin/main');
  await git('clean', '-fdxq', '-e', markerFile, '-e', '.buildstream/.gitignore', '-e', '.vscode');
}

/** Atomically replaces a file of this extension. Never follows a link out of `within`. */
async function writeOwn(file: string, text: string, within: string, mode?: number): Promise<void> {
  const own = new OwnFolder(path.dirname(file), nodeFiles, within);
  await own.make();
  await own.replace(new Map([[path.basename(file), text]]), mode);
}

function open(title: string, address: string) {
  return { title, command: 'vscode.open', args: [vscode.Uri.parse(address)] };
}
