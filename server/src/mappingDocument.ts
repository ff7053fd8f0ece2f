import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import type { Rule } from '@omnia-buildstream/core/rules/rule';
import type { SourceEncoding } from '@omnia-buildstream/core/text/sourceEncoding';
import { defaultOmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import type { ValidationSettings } from '@omnia-buildstream/core/validation/settings';
import { isTooLargeMapping, isTooLargeRecord, textLimits } from '@omnia-buildstream/core/text/textLimits';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { TextDocumentContentChangeEvent } from 'vscode-languageserver';

/** A mapping file, open in the editor or read from disk. */
export class MappingDocument {
  readonly uri: string;
  /** Null if the file is not open. */
  version: number | null;
  encoding: SourceEncoding = { kind: 'unchecked' };
  #model: MappingModel;
  #wasGivenUp = false;
  /** The text of a file that is too large to be judged. The model is empty then. */
  #unread: TextDocument | undefined;

  constructor(uri: string, version: number | null, text: string) {
    this.uri = uri;
    this.version = version;
    // Nothing is judged until the settings are known; it would be judged twice.
    const settings = { version: defaultOmniaVersion, context: {}, overrides: new Map(), encoding: this.encoding };
    const { document, unread } = read(uri, text);
    this.#unread = unread;
    this.#model = new MappingModel(document, [], settings);
  }

  get isTooLarge(): boolean {
    return this.#unread !== undefined;
  }

  /** Judging took too long, so the file has no findings until it is judged again. */
  get wasGivenUp(): boolean {
    return this.#wasGivenUp;
  }

  get model(): MappingModel {
    return this.#model;
  }

  /** Applies the user's edits. The cost of each depends on the rows that it touches. */
  change(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    this.version = version;
    if (this.#unread !== undefined) {
      TextDocument.update(this.#unread, [...changes], version);
      this.#read(this.#unread.getText());
      return;
    }
    for (const change of changes) {
      if (TextDocumentContentChangeEvent.isIncremental(change)) {
        const { added } = this.#model.edit({ range: change.range, newText: change.text });
        if (added.some(isTooLargeRecord)) this.#read(this.#model.document.text());
        continue;
      }
      this.#read(change.text);
    }
    if (this.#model.document.lineCount > textLimits.csvLines) this.#read(this.#model.document.text());
  }

  /** Replaces the text and parses it unless it is too large. */
  #read(text: string): void {
    const wasUnread = this.#unread !== undefined;
    const { document, unread } = read(this.uri, text);
    this.#unread = unread;
    if (wasUnread && unread !== undefined) return;
    document.bom ||= this.#model.document.bom;
    this.#model = new MappingModel(document, this.#model.rules, this.#model.settings);
  }

  /** Stores the encoding in which the editor will write the file. The findings follow with the next `judge`. */
  setEncoding(name: string): void {
    const isUtf8 = name === 'utf8' || name === 'utf8bom';
    this.encoding = isUtf8 ? { kind: 'unchecked' } : { kind: 'other', name };
    this.#model.document.bom = name === 'utf8bom';
  }

  /** Has every row judged again under new settings. */
  judge(rules: readonly Rule[], settings: ValidationSettings): void {
    this.#wasGivenUp = false;
    this.#model.configure(settings, rules);
  }

  /** Stops judging, because it takes too long: without rules there is nothing left to judge. */
  giveUp(): void {
    this.#model.configure(this.#model.settings, []);
    this.#wasGivenUp = true;
  }
}

interface ReadText {
  readonly document: CsvDocument;
  readonly unread: TextDocument | undefined;
}

/** Parses the text. The document is empty if the text is too large. */
function read(uri: string, text: string): ReadText {
  if (!isTooLargeMapping(text)) {
    const document = new CsvDocument(text);
    if (!document.records.some(isTooLargeRecord)) return { document, unread: undefined };
  }
  return { document: new CsvDocument(''), unread: TextDocument.create(uri, 'csv', 0, text) };
}
