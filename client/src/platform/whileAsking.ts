import * as vscode from 'vscode';
import { window } from './window.ts';

type Progress = vscode.Progress<{ readonly message?: string }>;

/** Shows a notification that can be canceled while it works. @throws vscode.CancellationError if it is canceled */
export async function whileAsking<T>(
  title: string,
  work: (signal: AbortSignal, progress: Progress) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => {
      abort.abort();
    });
    try {
      return await work(abort.signal, progress);
    } catch (error) {
      throw abort.signal.aborted ? new vscode.CancellationError() : error;
    }
  });
}
