import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { MovableClock } from '@omnia-buildstream/engine/time/movableClock';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import * as vscode from 'vscode';
import { useClock } from './clock.ts';

/** Names a socket through which a test moves the clock of a packaged extension. Only tests set it. */
const socketVariable = 'BUILDSTREAM_TEST_CLOCK';

/** Advances the time of the extension and of its language server. */
export type PassMs = (ms: number) => Promise<void>;

/**
 * In a test, the extension uses a clock that can be moved: through what `activate` returns, or through a socket.
 * Otherwise returns undefined, and the clock of the machine is used.
 */
export function testClock({ extensionMode }: Pick<vscode.ExtensionContext, 'extensionMode'>): MovableClock | undefined {
  const isTest = extensionMode === vscode.ExtensionMode.Test || socketPath() !== undefined;
  if (!isTest) return undefined;
  const clock = new MovableClock(systemClock);
  useClock(clock);
  return clock;
}

/**
 * Sends the open folder to the test, then reads a number of milliseconds per line and answers each with a line once the
 * time has passed.
 */
export function followTest(passMs: PassMs): vscode.Disposable {
  const socket = socketPath();
  if (socket === undefined) return new vscode.Disposable(() => undefined);
  const connection = connect(socket);
  connection.on('error', () => undefined);
  connection.write(`${vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? ''}\n`);
  createInterface(connection).on('line', (line) => {
    void passMs(Number(line)).then(() => connection.write(`${line}\n`));
  });
  return new vscode.Disposable(() => connection.destroy());
}

function socketPath(): string | undefined {
  return process.env[socketVariable] ?? undefined;
}
