import { refused } from '@omnia-buildstream/core/errors/userError';
import { labConnectionFile, readLabConnection, type LabConnection } from '@omnia-buildstream/core/lab/connection';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { nodeFiles } from '@omnia-buildstream/engine/files/fileSystem';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { readRegularFile } from '@omnia-buildstream/engine/files/readRegularFile';
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import * as vscode from 'vscode';
import { asNode } from '../../platform/asNode.ts';
import { clock, later } from '../../platform/clock.ts';
import { controlRequest } from '../controlRequest.ts';

/** Kind of practice cluster: all nodes boot, or some of them are broken. */
export type PracticeCluster = 'healthy' | 'broken';

const size = 20;
const brokenNodes = { healthy: 0, broken: 3 } as const satisfies Record<PracticeCluster, number>;
/** How long a lab runs without a request. A window that reloads is back much sooner. */
const silentSeconds = 60;
const pollMs = 200;
/** The most characters of its error output that are shown if it does not start. */
const mostSaid = 2_000;
/** Long enough that only a hang exceeds it. */
const startTimeoutMs = 300_000;

/** The file in which a lab writes what a front end needs to connect. */
export function connectionFileIn(labFolder: string): string {
  return path.join(labFolder, labConnectionFile);
}

/**
 * Starts a lab as a separate process, which outlives the extension host when a window reloads, and exits after a minute
 * without a request.
 * @param cli path of this extension's command line
 * @param labFolder folder for the lab's files
 * @throws UserError if the lab does not start
 */
export async function startLabProcess(cli: string, labFolder: string, cluster: PracticeCluster): Promise<void> {
  const labs = new OwnFolder(path.dirname(labFolder), nodeFiles);
  await labs.make();
  // A lab that was killed leaves its connection file behind.
  await labs.inner(path.basename(labFolder)).remove(labConnectionFile);
  const options = ['--folder', labFolder, '--while-asked', String(silentSeconds)];
  const nodes = ['--size', String(size), '--broken', String(brokenNodes[cluster])];
  const child = spawn(process.execPath, [cli, 'lab', 'cluster', ...options, ...nodes], {
    cwd: path.dirname(labFolder),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
    env: { ...process.env, ...asNode },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-mostSaid)));
  child.unref();
  const problem = await untilThere(child, connectionFileIn(labFolder));
  if (problem === undefined) return;
  throw refused(vscode.l10n.t('The practice lab did not start ({0}). {1}', problem, plainLine(said)));
}

/** The lab whose files are in a folder. Undefined if it is no longer running. */
export async function runningLab(labFolder: string): Promise<LabConnection | undefined> {
  const text = await readRegularFile(connectionFileIn(labFolder), 'utf8').catch(() => '');
  const { value } = readLabConnection(text);
  return value !== undefined && (await isAsked(value)) ? value : undefined;
}

/** Sends a request to a lab, which keeps it running. Resolves to whether it responded. */
export async function isAsked({ control }: LabConnection): Promise<boolean> {
  try {
    await controlRequest(control, 'GET', '/nodes');
    return true;
  } catch {
    return false;
  }
}

/** Waits until the file exists. Resolves to what went wrong, undefined if nothing did. */
function untilThere(child: ChildProcess, file: string): Promise<string | undefined> {
  const deadlineMs = clock.now() + startTimeoutMs;
  return new Promise((resolve) => {
    let ended: string | undefined;
    child.once('error', (error) => (ended = error.message));
    child.once('exit', (code) => (ended = vscode.l10n.t('it ended with {0}', String(code))));
    const look = (): void => {
      readRegularFile(file, 'utf8').then(
        () => {
          resolve(undefined);
        },
        () => {
          if (ended !== undefined) resolve(ended);
          else if (clock.now() > deadlineMs) resolve(vscode.l10n.t('it took too long'));
          else later(pollMs, look);
        },
      );
    };
    look();
  });
}
