import * as vscode from 'vscode';

/** The results for the nodes of a run, in a sentence. */
export function countsText(counts: {
  readonly done: number;
  readonly failed: number;
  readonly notTried: number;
  /** Whether the run stopped in the middle of nodes, so that some of the rest were tried but not finished. */
  readonly isCutOff?: boolean;
}): string {
  if (counts.isCutOff === true) {
    return vscode.l10n.t('{0} done, {1} failed, {2} not finished.', counts.done, counts.failed, counts.notTried);
  }
  return vscode.l10n.t('{0} done, {1} failed, {2} not tried.', counts.done, counts.failed, counts.notTried);
}
