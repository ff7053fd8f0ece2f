import * as vscode from 'vscode';

/** What became of the nodes of a run, in a sentence. */
export function countsText(counts: {
  readonly done: number;
  readonly failed: number;
  readonly notTried: number;
  /** Stopped in the middle of nodes, which is not to say that they were not tried. */
  readonly isCutOff?: boolean;
}): string {
  if (counts.isCutOff === true) {
    return vscode.l10n.t('{0} done, {1} failed, {2} not finished.', counts.done, counts.failed, counts.notTried);
  }
  return vscode.l10n.t('{0} done, {1} failed, {2} not tried.', counts.done, counts.failed, counts.notTried);
}
