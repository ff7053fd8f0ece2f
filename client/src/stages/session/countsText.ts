import * as vscode from 'vscode';

/** What became of the nodes of a run, in a sentence. */
export function countsText(counts: {
  readonly done: number;
  readonly failed: number;
  readonly notTried: number;
}): string {
  return vscode.l10n.t('{0} done, {1} failed, {2} not tried.', counts.done, counts.failed, counts.notTried);
}
