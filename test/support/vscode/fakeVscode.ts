import { readdir, readFile, stat } from 'node:fs/promises';

/** As much of `vscode` as planning a stage in the editor needs. Nothing is shown, and only a test answers. */
type Answer = (question: string, detail: string, buttons: readonly string[]) => string | undefined;

/** Answers the next dialog, quick pick or input box. */
export const answers: {
  modal: Answer | undefined;
  pick: ((items: readonly { readonly label: string }[]) => unknown) | undefined;
  input: string | undefined;
} = { modal: undefined, pick: undefined, input: undefined };

/** Notifications that need no answer, and names of opened documents (`opened NAME`). */
export const shown: string[] = [];

/** Documents that were opened from a text rather than from a file. */
export const opened: { readonly language: string; readonly text: string }[] = [];

/** Notifications with their buttons and kind. */
export const notified: {
  readonly kind: 'information' | 'error';
  readonly message: string;
  readonly buttons: readonly string[];
}[] = [];

/** The text that was copied last. */
export const clipboard: { text: string } = { text: '' };

/** Absolute paths of the workspace's files. */
export const workspaceFiles: string[] = [];

function warning(message: string, options?: unknown, ...buttons: readonly string[]): Promise<string | undefined> {
  if (typeof options !== 'object' || options === null || !('modal' in options)) {
    shown.push(message);
    return none();
  }
  const detail = 'detail' in options ? String(options.detail) : '';
  return Promise.resolve(answers.modal?.(message, detail, buttons));
}

function notify(kind: 'information' | 'error') {
  return (message: string, ...buttons: readonly string[]): Promise<undefined> => {
    notified.push({ kind, message, buttons });
    return none();
  };
}

const none = (): Promise<undefined> => Promise.resolve(undefined);
/** The user's settings, by name without `buildstream.`. */
export const ofUser = new Map<string, unknown>();
const setting = {
  get: (name: string, standard?: unknown) => ofUser.get(name) ?? standard,
  inspect: (name: string) => (ofUser.has(name) ? { globalValue: ofUser.get(name) } : undefined),
};

export const l10n = {
  t: (text: string, ...args: readonly unknown[]): string => {
    const [first] = args;
    const params = typeof first === 'object' && first !== null ? first : args;
    return text.replace(/\{(\w+)\}/g, (place, name: string) => String(Reflect.get(params, name) ?? place));
  },
};
export const window = {
  showInformationMessage: notify('information'),
  showWarningMessage: warning,
  showErrorMessage: notify('error'),
  showTextDocument: (uri: Uri) => {
    shown.push(`shown ${uri.path}`);
    return none();
  },
  activeTextEditor: undefined,
  showInputBox: () => Promise.resolve(answers.input),
  showQuickPick: (items: readonly { readonly label: string }[]) => Promise.resolve(answers.pick?.(items)),
  withProgress: <T>(_: unknown, task: (progress: unknown, token: unknown) => Promise<T>): Promise<T> =>
    task({ report: () => undefined }, { onCancellationRequested: () => undefined }),
};
export const QuickPickItemKind = { Separator: -1, Default: 0 };
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export class TreeItem {
  readonly label: string;
  readonly collapsibleState: number;

  constructor(label: string, collapsibleState: number) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}
export class ThemeIcon {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}
export class ThemeColor extends ThemeIcon {}
export const ProgressLocation = { Notification: 15 };
export const commands = { executeCommand: none };
/** What is currently offered to language models, by name. */
export const offered = new Map<string, unknown>();
const offer = (name: string, one: unknown) => {
  offered.set(name, one);
  return { dispose: () => offered.delete(name) };
};
export const lm = { registerTool: offer, registerMcpServerDefinitionProvider: offer };
export class McpStdioServerDefinition {
  readonly label: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  cwd: Uri | undefined;
  constructor(label: string, command: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    this.label = label;
    this.command = command;
    this.args = args;
    this.env = env;
  }
}
export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void): { readonly dispose: () => boolean } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}
/** Reports a changed setting. */
export const configured = { tell: (): void => undefined };
/** Reports that a folder was added or removed. */
export const folders = { tell: (): void => undefined };

export const workspace = {
  isTrusted: true,
  workspaceFolders: undefined as readonly { readonly uri: Uri; readonly name: string }[] | undefined,
  onDidGrantWorkspaceTrust: () => ({ dispose: () => undefined }),
  onDidChangeConfiguration: (listener: (event: { affectsConfiguration: () => boolean }) => void) => {
    configured.tell = () => {
      listener({ affectsConfiguration: () => true });
    };
    return { dispose: () => undefined };
  },
  onDidChangeWorkspaceFolders: (listener: () => void) => {
    folders.tell = listener;
    return { dispose: () => undefined };
  },
  textDocuments: [],
  getConfiguration: () => setting,
  getWorkspaceFolder: () => undefined,
  openTextDocument: async (uri: Uri | { readonly language: string; readonly content: string }) => {
    if (!(uri instanceof Uri)) {
      opened.push({ language: uri.language, text: uri.content });
      return { version: 1, getText: () => uri.content };
    }
    shown.push(`opened ${uri.toString()}`);
    const text = uri.scheme === 'file' ? await readFile(uri.fsPath, 'utf8') : '';
    return { uri, version: 1, getText: () => text };
  },
  registerTextDocumentContentProvider: () => ({ dispose: () => undefined }),
  /** A pattern with alternatives matches all files. */
  findFiles: (pattern: unknown) => {
    const end = typeof pattern === 'string' && !pattern.includes('{') ? pattern.replace('**/', '/') : '';
    return Promise.resolve(workspaceFiles.filter((file) => file.endsWith(end)).map((file) => Uri.file(file)));
  },
  createFileSystemWatcher: ({ place }: { readonly place: string }) => {
    const listen = (listener: () => void) => {
      watched.set(place, listener);
      return { dispose: () => watched.delete(place) };
    };
    return { onDidCreate: listen, onDidChange: listen, dispose: () => undefined };
  },
  asRelativePath: (uri: { readonly fsPath: string }) => uri.fsPath,
  fs: {
    readFile: async (uri: { readonly fsPath: string }) => {
      try {
        return await readFile(uri.fsPath);
      } catch (error) {
        throw new FileSystemError(String(error));
      }
    },
    stat: async (uri: { readonly fsPath: string }) => ({ type: (await stat(uri.fsPath)).isFile() ? FileType.File : 2 }),
    readDirectory: async (uri: { readonly fsPath: string }) => (await readdir(uri.fsPath)).map((name) => [name, 0]),
  },
};
/** For files, and for our own documents with a query. */
export class Uri {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;

  private constructor({ scheme, path, query = '' }: Pick<Uri, 'scheme' | 'path'> & { readonly query?: string }) {
    this.scheme = scheme;
    this.path = path;
    this.query = query;
  }

  static file(path: string): Uri {
    return new Uri({ scheme: 'file', path });
  }

  static from(parts: Pick<Uri, 'scheme' | 'path'> & { readonly query?: string }): Uri {
    return new Uri(parts);
  }

  static parse(text: string): Uri {
    return Uri.file(text.replace(/^file:\/\//, ''));
  }

  static joinPath({ path }: Uri, ...parts: readonly string[]): Uri {
    return Uri.file([path, ...parts].join('/'));
  }

  get fsPath(): string {
    return this.path;
  }

  with({ path }: Pick<Uri, 'path'>): Uri {
    const { scheme, query } = this;
    return new Uri({ scheme, path, query });
  }

  toString(): string {
    return this.query === '' ? `${this.scheme}://${this.path}` : `${this.scheme}:${this.path}?${this.query}`;
  }
}

/** Patterns of the files that are being watched, each with the function that reports a change. */
export const watched = new Map<string, () => void>();
export class RelativePattern {
  readonly place: string;
  constructor(base: Uri, pattern: string) {
    this.place = `${base.path}/${pattern}`;
  }
}
export const FileType = { File: 1 };
export const env = {
  language: 'en',
  clipboard: {
    writeText: (text: string) => {
      clipboard.text = text;
      return none();
    },
  },
};

/** Git's text of every file at HEAD. Undefined if git has none. */
export const head: { text: string | undefined } = { text: undefined };
const repository = {
  show: () => (head.text === undefined ? Promise.reject(new Error('not in HEAD')) : Promise.resolve(head.text)),
};
const git = { enabled: true, getAPI: () => ({ getRepository: () => repository }) };
export const extensions = { getExtension: () => ({ activate: () => Promise.resolve(git) }) };
export class CancellationError extends Error {}
export class FileSystemError extends Error {}
