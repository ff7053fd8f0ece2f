import { noticeDetail, noticeText, type Paragraph } from '@omnia-buildstream/core/text/notice';
import type * as vscode from 'vscode';

/** The part of `vscode.window` that shows text. */
export type RawWindow = Pick<
  typeof vscode.window,
  | 'showInformationMessage'
  | 'showWarningMessage'
  | 'showErrorMessage'
  | 'showInputBox'
  | 'showQuickPick'
  | 'withProgress'
  | 'setStatusBarMessage'
>;

type Tell = (message: string, ...buttons: readonly string[]) => Thenable<string | undefined>;
type Progress = vscode.Progress<{ message?: string; increment?: number }>;

/** `vscode.window` as we use it: whatever text goes in, no link, line break, or control character comes out. */
export interface SafeWindow {
  readonly showInformationMessage: Tell;
  readonly showWarningMessage: Tell;
  readonly showErrorMessage: Tell;
  /** Shows a modal dialog. */
  ask(question: string, detail: readonly Paragraph[], ...buttons: readonly string[]): Thenable<string | undefined>;
  showInputBox(options?: vscode.InputBoxOptions): Thenable<string | undefined>;
  showQuickPick(items: readonly string[], options?: vscode.QuickPickOptions): Thenable<string | undefined>;
  showQuickPick<T extends vscode.QuickPickItem>(
    items: readonly T[],
    options: vscode.QuickPickOptions & { readonly canPickMany: true },
  ): Thenable<T[] | undefined>;
  showQuickPick<T extends vscode.QuickPickItem>(
    items: readonly T[],
    options?: vscode.QuickPickOptions,
  ): Thenable<T | undefined>;
  withProgress<R>(
    options: vscode.ProgressOptions,
    task: (progress: Progress, token: vscode.CancellationToken) => Thenable<R>,
  ): Thenable<R>;
  setStatusBarMessage(text: string, hideAfterMs: number): vscode.Disposable;
}

/** Reads the functions of `raw` anew at each call. */
export function safeWindow(raw: RawWindow): SafeWindow {
  return {
    showInformationMessage: (message, ...buttons) => raw.showInformationMessage(noticeText(message), ...buttons),
    showWarningMessage: (message, ...buttons) => raw.showWarningMessage(noticeText(message), ...buttons),
    showErrorMessage: (message, ...buttons) => raw.showErrorMessage(noticeText(message), ...buttons),
    ask: (question, detail, ...buttons) => {
      const below = detail.length === 0 ? {} : { detail: noticeDetail(detail) };
      return raw.showWarningMessage(noticeText(question), { modal: true, ...below }, ...buttons);
    },
    showInputBox: (options = {}) => raw.showInputBox(safeInput(options)),
    showQuickPick: quickPick(raw),
    withProgress: (options, task) =>
      raw.withProgress(safeTexts(options), (progress, token) => {
        const report: Progress['report'] = (step) => {
          progress.report(safeTexts(step));
        };
        return task({ report }, token);
      }),
    setStatusBarMessage: (text, hideAfterMs) => raw.setStatusBarMessage(noticeText(text), hideAfterMs),
  };
}

const textKeys = ['title', 'prompt', 'placeHolder', 'message', 'label', 'description', 'detail'] as const;

/** The same object with all its texts made safe. */
function safeTexts<T extends object>(shown: T): T {
  const texts = textKeys.flatMap((key) => {
    const text: unknown = key in shown ? shown[key as keyof T] : undefined;
    return typeof text === 'string' ? [[key, noticeText(text)] as const] : [];
  });
  return { ...shown, ...Object.fromEntries(texts) };
}

function safeInput(options: vscode.InputBoxOptions): vscode.InputBoxOptions {
  if (options.validateInput === undefined) return safeTexts(options);
  return {
    ...safeTexts(options),
    validateInput: async (value) => {
      const said = await options.validateInput?.(value);
      return typeof said === 'string' ? noticeText(said) : said && safeTexts(said);
    },
  };
}

/** Shows copies of the items, and resolves to the caller's own. */
function quickPick(raw: RawWindow): SafeWindow['showQuickPick'] {
  const show = async (
    items: readonly (string | vscode.QuickPickItem)[],
    options: vscode.QuickPickOptions = {},
  ): Promise<unknown> => {
    const copies = items.map((item) => (typeof item === 'string' ? { label: noticeText(item) } : safeTexts(item)));
    const own = new Map<unknown, unknown>(copies.map((copy, index) => [copy, items[index]]));
    const chosen: unknown = await raw.showQuickPick(copies, safeTexts(options));
    return Array.isArray(chosen) ? chosen.map((copy) => own.get(copy)) : own.get(chosen);
  };
  return show as SafeWindow['showQuickPick'];
}
