import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** A message shown to the user. */
export interface Asked {
  readonly message: string;
  readonly detail: string | undefined;
  /** Its severity. */
  readonly kind: 'information' | 'warning' | 'error';
}

type Item = string | vscode.QuickPickItem;
/** The choice from a list: an item, several where that is possible, or nothing. */
export type Pick = (items: readonly Item[], title: string | undefined) => unknown;

/** Answers input boxes with these texts, and every message with this button, until `restore`. */
export class Answers {
  readonly asked: Asked[] = [];
  /** The input boxes shown so far. */
  readonly prompts: vscode.InputBoxOptions[] = [];
  readonly #inputs: string[];
  readonly #original = { ...vscode.window };
  /** Buttons to press on any message that has them; a pattern for those that name a number. */
  button: string | RegExp | readonly (string | RegExp)[] | undefined;
  /** Buttons that take precedence over those, each once. */
  readonly once: string[] = [];
  /** Selects from lists. If undefined, lists are shown. */
  pick: Pick | undefined;

  constructor(inputs: readonly string[] = []) {
    this.#inputs = [...inputs];
    const show = (kind: Asked['kind'], message: string, rest: readonly unknown[]): Promise<unknown> => {
      const [options] = rest;
      const detail =
        typeof options === 'object' && options !== null && 'detail' in options ? options.detail : undefined;
      this.asked.push({ message, detail: typeof detail === 'string' ? detail : undefined, kind });
      const [first] = this.once;
      if (first !== undefined && rest.includes(first)) return Promise.resolve(this.once.shift());
      const buttons = rest.filter((part) => typeof part === 'string');
      const isMeant = (wanted: string | RegExp, button: string): boolean =>
        typeof wanted === 'string' ? wanted === button : wanted.test(button);
      const pressed = [this.button ?? []].flat().map((wanted) => buttons.find((button) => isMeant(wanted, button)));
      return Promise.resolve(pressed.find((button) => button !== undefined));
    };
    const { showQuickPick } = this.#original;
    Object.assign(vscode.window, {
      showInputBox: (options: vscode.InputBoxOptions = {}) => {
        this.prompts.push(options);
        return Promise.resolve(this.#inputs.shift());
      },
      showInformationMessage: (message: string, ...rest: readonly unknown[]) => show('information', message, rest),
      showWarningMessage: (message: string, ...rest: readonly unknown[]) => show('warning', message, rest),
      showErrorMessage: (message: string, ...rest: readonly unknown[]) => show('error', message, rest),
      showQuickPick: async (items: readonly Item[] | Thenable<readonly Item[]>, options?: vscode.QuickPickOptions) =>
        this.pick === undefined
          ? showQuickPick((await items) as readonly vscode.QuickPickItem[], options)
          : this.pick(await items, options?.title),
    });
  }

  get last(): Asked | undefined {
    return this.asked.at(-1);
  }

  /**
   * The newest message whose detail matches; an unrelated message may have come after it.
   * @throws AssertionError listing all messages
   */
  withDetail(pattern: RegExp): Asked {
    const found = this.asked.findLast(({ detail = '' }) => pattern.test(detail));
    assert.ok(found, `none of these has ${String(pattern)}: ${JSON.stringify(this.asked, undefined, 2)}`);
    return found;
  }

  restore(): void {
    const { showInputBox, showInformationMessage, showWarningMessage, showErrorMessage, showQuickPick } =
      this.#original;
    Object.assign(vscode.window, {
      showInputBox,
      showInformationMessage,
      showWarningMessage,
      showErrorMessage,
      showQuickPick,
    });
  }
}
