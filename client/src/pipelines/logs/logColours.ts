import type { Style } from '@omnia-buildstream/gitlab/trace/ansi';
import * as vscode from 'vscode';
import { DisposableStore } from '../../platform/disposableStore.ts';
import { colourOf, styleKey } from './ansiStyles.ts';
import { logScheme, type LogDocuments } from './logDocuments.ts';

/** Each style is an object of the window, so a log that uses more of them stays plain in places. */
const mostStyles = 64;
/** Lines around the visible ones that are also colored, so that scrolling shows colors at once. */
const marginLines = 100;
const mostMarks = 10_000;

/** Colors finished logs, only where they are visible, and marks their failures in the overview ruler. */
export class LogColours {
  readonly #store = new DisposableStore();
  readonly #logs: LogDocuments;
  readonly #styles = new Map<string, vscode.TextEditorDecorationType>();
  readonly #failure = this.#store.add(
    vscode.window.createTextEditorDecorationType({
      overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.errorForeground'),
      overviewRulerLane: vscode.OverviewRulerLane.Right,
    }),
  );

  constructor(logs: LogDocuments) {
    this.#logs = logs;
    this.#store.add(
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const editor of editors) this.#draw(editor);
      }),
    );
    this.#store.add(
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        this.#draw(textEditor);
      }),
    );
  }

  dispose(): void {
    for (const style of this.#styles.values()) style.dispose();
    this.#store.dispose();
  }

  #draw(editor: vscode.TextEditor): void {
    const { uri } = editor.document;
    const log = uri.scheme === logScheme ? this.#logs.logOf(uri) : undefined;
    if (log === undefined) return;
    const ranges = new Map<vscode.TextEditorDecorationType, vscode.Range[]>();
    for (const { start, end } of editor.visibleRanges) {
      const colours = log.coloursIn(Math.max(0, start.line - marginLines), end.line + marginLines);
      for (const [line, spans] of colours) {
        for (const span of spans) {
          const type = this.#styleOf(span.style);
          if (type === undefined) continue;
          ranges.set(type, [...(ranges.get(type) ?? []), new vscode.Range(line, span.start, line, span.end)]);
        }
      }
    }
    for (const type of this.#styles.values()) editor.setDecorations(type, ranges.get(type) ?? []);
    const marks = log.failures.slice(0, mostMarks).map(({ line }) => new vscode.Range(line, 0, line, 0));
    editor.setDecorations(this.#failure, marks);
  }

  #styleOf(style: Style): vscode.TextEditorDecorationType | undefined {
    const key = styleKey(style);
    const known = this.#styles.get(key);
    if (known !== undefined || this.#styles.size >= mostStyles) return known;
    const { foreground, background, bold, italic, underline } = style;
    const type = vscode.window.createTextEditorDecorationType({
      ...(foreground === undefined ? {} : { color: themed(foreground) }),
      ...(background === undefined ? {} : { backgroundColor: themed(background) }),
      ...(bold === true ? { fontWeight: 'bold' } : {}),
      ...(italic === true ? { fontStyle: 'italic' } : {}),
      ...(underline === true ? { textDecoration: 'underline' } : {}),
    });
    this.#styles.set(key, type);
    return type;
  }
}

/** The sixteen colors of a terminal come from the theme. */
function themed(colour: number | string): string | vscode.ThemeColor {
  const found = colourOf(colour);
  return found.kind === 'theme' ? new vscode.ThemeColor(found.id) : found.hex;
}
