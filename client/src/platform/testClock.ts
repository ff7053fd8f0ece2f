import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { MovableClock } from '@omnia-buildstream/engine/time/movableClock';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import * as vscode from 'vscode';
import { useClock } from './clock.ts';

/** Names a socket on which a test moves the clock of a packaged extension. Nobody else sets it. */
const socketVariable = 'BUILDSTREAM_TEST_CLOCK';

/** Moves the time of the extension on, that of its language server included. */
export type PassMs = (ms: number) => Promise<void>;

/**
 * In a test the extension goes by a clock that can be moved on: through what `activate` hands out, or through a socket.
 * Otherwise, undefined: by the clock of the machine.
 */
export function testClock({ extensionMode }: Pick<vscode.ExtensionContext, 'extensionMode'>): MovableClock | undefined {
  const isTest = extensionMode === vscode.ExtensionMode.Test || socketPath() !== undefined;
  if (!isTest) return undefined;
  const clock = new MovableClock(systemClock);
  useClock(clock);
  return clock;
}

/**
 * Tells the test which folder is open, then takes a number of milliseconds a line and answers each with a line when
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
