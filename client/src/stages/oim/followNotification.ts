import * as vscode from 'vscode';
import type { StopSwitch } from '../session/stopSwitch.ts';
import { window } from '../../platform/window.ts';

/** Shows a notification while a stage is followed. Its Cancel button only ends the following. */
export function notifyFollowing(
  ended: Promise<unknown>,
  { title, stop }: { readonly title: string; readonly stop: StopSwitch },
): { readonly say: (text: string) => void } {
  const location = vscode.ProgressLocation.Notification;
  let report: (text: string) => void = () => undefined;
  void window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    report = (message) => {
      progress.report({ message });
    };
    token.onCancellationRequested(() => stop.press());
    await ended.catch(() => undefined);
  });
  return {
    say: (text) => {
      report(text);
    },
  };
}
