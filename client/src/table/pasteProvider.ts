import * as vscode from 'vscode';
import { fromRange, toTextEdit } from '../language/places.ts';
import { mappingSelector } from '../language/mappingFiles.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import { prepareChange, type TableContext } from './changeTable.ts';

const plainText = 'text/plain';
const kind = vscode.DocumentDropOrPasteEditKind.Text.append('omniaRows');

/**
 * Pastes cells of a spreadsheet, or of a CSV with another separator, as rows; the paste widget offers the plain text
 * instead.
 */
export class PasteProvider implements vscode.DocumentPasteEditProvider {
  readonly #store = new DisposableStore();
  readonly #server: TableContext['server'];
  #registration: vscode.Disposable | undefined;

  constructor(server: TableContext['server']) {
    this.#server = server;
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('buildstream.mapping.filePatterns')) this.#register();
      }),
    );
    this.#register();
  }

  async provideDocumentPasteEdits(
    document: vscode.TextDocument,
    [range, ...more]: readonly vscode.Range[],
    data: vscode.DataTransfer,
  ): Promise<vscode.DocumentPasteEdit[] | undefined> {
    const text = await data.get(plainText)?.asString();
    if (text === undefined || !/[\t,;|]/.test(text) || range === undefined || more.length > 0) return undefined;
    const prepared = await this.#prepare(document, text, range);
    if (prepared === undefined) return undefined;
    const edit = new vscode.DocumentPasteEdit('', vscode.l10n.t('Insert as Rows'), kind);
    edit.additionalEdit = new vscode.WorkspaceEdit();
    edit.additionalEdit.set(document.uri, prepared.change.edits.map(toTextEdit));
    return [edit];
  }

  dispose(): void {
    this.#registration?.dispose();
    this.#store.dispose();
  }

  /** Text that the server cannot turn into rows is pasted as it is. */
  async #prepare(document: vscode.TextDocument, text: string, at: vscode.Range) {
    try {
      return await prepareChange({ server: this.#server }, document, { kind: 'paste', text, at: fromRange(at) });
    } catch {
      return undefined;
    }
  }

  #register(): void {
    this.#registration?.dispose();
    this.#registration = vscode.languages.registerDocumentPasteEditProvider(mappingSelector(), this, {
      providedPasteEditKinds: [kind],
      pasteMimeTypes: [plainText],
    });
  }
}
