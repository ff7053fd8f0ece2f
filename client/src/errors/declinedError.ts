import * as vscode from 'vscode';

/** The user changed their mind, which is not a failure: a terminal says what that means, and nothing else says anything. */
export class DeclinedError extends vscode.CancellationError {
  /** In the user's language. */
  readonly said: string;

  constructor(said: string) {
    super();
    this.said = said;
  }
}
