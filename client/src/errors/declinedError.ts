import * as vscode from 'vscode';

/** The user canceled, which is not a failure: a terminal says what that means, and nothing else is shown. */
export class DeclinedError extends vscode.CancellationError {
  /** In the user's language. */
  readonly said: string;

  constructor(said: string) {
    super();
    this.said = said;
  }
}
