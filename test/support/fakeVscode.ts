import { readFile } from 'node:fs/promises';

/** As much of `vscode` as planning a stage in the editor needs; nothing is shown, and nobody answers but who a test names. */
type Answer = (question: string, detail: string, buttons: readonly string[]) => string | undefined;

/** Who answers the next dialogue, selects of a list, or types. */
export const answers: {
  modal: Answer | undefined;
  pick: ((items: readonly { readonly label: string }[]) => unknown) | undefined;
  input: string | undefined;
} = { modal: undefined, pick: undefined, input: undefined };

/** Absolute paths of the files of the workspace. */
export const workspaceFiles: string[] = [];

function warning(message: string, options?: unknown, ...buttons: readonly string[]): Promise<string | undefined> {
  if (typeof options !== 'object' || options === null || !('modal' in options)) return none();
  const detail = 'detail' in options ? String(options.detail) : '';
  return Promise.resolve(answers.modal?.(message, detail, buttons));
}

const none = (): Promise<undefined> => Promise.resolve(undefined);
const setting = { get: (_: string, standard?: unknown) => standard, inspect: () => undefined };

export const l10n = {
  t: (text: string, ...args: readonly unknown[]): string => {
    const [first] = args;
    const params = typeof first === 'object' && first !== null ? first : args;
    return text.replace(/\{(\w+)\}/g, (place, name: string) => String(Reflect.get(params, name) ?? place));
  },
};
export const window = {
  showInformationMessage: none,
  showWarningMessage: warning,
  showErrorMessage: none,
  activeTextEditor: undefined,
  showInputBox: () => Promise.resolve(answers.input),
  showQuickPick: (items: readonly { readonly label: string }[]) => Promise.resolve(answers.pick?.(items)),
  withProgress: <T>(_: unknown, task: (progress: unknown, token: unknown) => Promise<T>): Promise<T> =>
    task({ report: () => undefined }, { onCancellationRequested: () => undefined }),
};
export const ProgressLocation = { Notification: 15 };
export const commands = { executeCommand: none };
export const workspace = {
  textDocuments: [],
  getConfiguration: () => setting,
  findFiles: () => Promise.resolve(workspaceFiles.map((file) => Uri.file(file))),
  fs: { readFile: (uri: { readonly fsPath: string }) => readFile(uri.fsPath) },
};
export const Uri = {
  file: (fsPath: string) => ({ scheme: 'file', fsPath, path: fsPath, toString: () => `file://${fsPath}` }),
};

/** What git has of every file at HEAD; undefined: git knows none. */
export const head: { text: string | undefined } = { text: undefined };
const repository = {
  show: () => (head.text === undefined ? Promise.reject(new Error('not in HEAD')) : Promise.resolve(head.text)),
};
const git = { enabled: true, getAPI: () => ({ getRepository: () => repository }) };
export const extensions = { getExtension: () => ({ activate: () => Promise.resolve(git) }) };
export class CancellationError extends Error {}
