import * as vscode from 'vscode';

/** What the user was asked and told. */
export interface Asked {
  readonly message: string;
  readonly detail: string | undefined;
}

type Show = (message: string, ...rest: readonly unknown[]) => Promise<unknown>;

/** Answers input boxes with these texts, and every message with the button of this name, until `restore`. */
export class Answers {
  readonly asked: Asked[] = [];
  readonly #inputs: string[];
  readonly #original = { ...vscode.window };
  /** Buttons to press, whatever message has them. */
  button: string | undefined;

  constructor(inputs: readonly string[] = []) {
    this.#inputs = [...inputs];
    const show: Show = (message, ...rest) => {
      const [options] = rest;
      const detail =
        typeof options === 'object' && options !== null && 'detail' in options ? options.detail : undefined;
      this.asked.push({ message, detail: typeof detail === 'string' ? detail : undefined });
      return Promise.resolve(rest.includes(this.button) ? this.button : undefined);
    };
    Object.assign(vscode.window, {
      showInputBox: () => Promise.resolve(this.#inputs.shift()),
      showInformationMessage: show,
      showWarningMessage: show,
      showErrorMessage: show,
    });
  }

  get last(): Asked | undefined {
    return this.asked.at(-1);
  }

  restore(): void {
    const { showInputBox, showInformationMessage, showWarningMessage, showErrorMessage } = this.#original;
    Object.assign(vscode.window, { showInputBox, showInformationMessage, showWarningMessage, showErrorMessage });
  }
}
