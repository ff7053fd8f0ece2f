import type { Pad, TablePads } from '@omnia-buildstream/core/language/alignment';
import * as vscode from 'vscode';
import type { LanguageServer } from '../language/languageServer.ts';
import { isMappingFile } from '../language/mappingFiles.ts';
import { fromRange, toRange } from '../language/places.ts';
import { DisposableStore } from '../platform/disposableStore.ts';

/** Context key for `when` in package.json: columns are aligned, and Tab goes to the next cell. */
const contextKey = 'buildstream.tableMode';
/** Editors collapse ordinary spaces. */
const blank = '\u00a0';
/**
 * Lines drawn above and below the visible ones: the first and the last may be cut off, and scrolling shows the next.
 */
const margin = 20;
const none: TablePads = { header: [], rows: [] };
const noColumns = JSON.stringify(none.header);

/**
 * Aligns the columns of mapping files with decorations, which no theme tints; the file is unchanged. Switched on and
 * off in the title of the editor.
 */
export class TableMode {
  readonly #store = new DisposableStore();
  readonly #server: Pick<LanguageServer, 'ask' | 'drawAgain'>;
  readonly #decoration = this.#store.add(vscode.window.createTextEditorDecorationType({}));
  /** The alignment of the header's columns in each file. */
  readonly #headers = new WeakMap<vscode.TextDocument, string>();
  #isOn = false;

  constructor(server: Pick<LanguageServer, 'ask' | 'drawAgain'>) {
    this.#server = server;
    const draw = (): void => {
      this.#drawAll();
    };
    this.#store.add(vscode.window.onDidChangeVisibleTextEditors(draw));
    this.#store.add(vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => void this.#draw(textEditor)));
    this.#store.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        for (const editor of vscode.window.visibleTextEditors)
          if (editor.document === document) void this.#draw(editor);
      }),
    );
  }

  async toggle(): Promise<void> {
    this.#isOn = !this.#isOn;
    await vscode.commands.executeCommand('setContext', contextKey, this.#isOn);
    this.#drawAll();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #drawAll(): void {
    for (const editor of vscode.window.visibleTextEditors) void this.#draw(editor);
  }

  /** Nothing while the server is down: whatever restarts it reports why. */
  #measure({ uri }: vscode.TextDocument, range: vscode.Range): Promise<TablePads> {
    return this.#server.ask('buildstream/pads', { uri: uri.toString(), range: fromRange(range) }).catch(() => none);
  }

  /** Redraws the header, which stays in view, when its columns move. */
  #drawHeader(document: vscode.TextDocument, pads: readonly Pad[]): void {
    const columns = JSON.stringify(pads);
    if (columns === (this.#headers.get(document) ?? noColumns)) return;
    this.#headers.set(document, columns);
    this.#server.drawAgain(document);
  }

  async #draw(editor: vscode.TextEditor): Promise<void> {
    const { document } = editor;
    if (!isMappingFile(document)) return;
    const range = linesAround(editor);
    const { version } = document;
    const pads = this.#isOn && range !== undefined ? await this.#measure(document, range) : none;
    // What was measured before an edit is in the wrong place; the edit has already requested it again.
    if (document.version !== version) return;
    const shown = [...pads.header, ...pads.rows].map(({ position, width }) => ({
      range: toRange({ start: position, end: position }),
      renderOptions: { after: { contentText: blank.repeat(width) } },
    }));
    editor.setDecorations(this.#decoration, shown);
    this.#drawHeader(document, pads.header);
  }
}

/** From the first to the last visible line, including folded ones between them, with a margin. */
function linesAround({ document, visibleRanges }: vscode.TextEditor): vscode.Range | undefined {
  const [first, last] = [visibleRanges[0], visibleRanges.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return document.validateRange(new vscode.Range(Math.max(0, first.start.line - margin), 0, last.end.line + margin, 0));
}
