import { sniffDelimiter, sniffedLines } from './delimiter.ts';
import { lex, needsMore, type LexResult } from './lexer.ts';
import type { Position, Range, TextEdit } from '../text/position.ts';
import { OpenQuotes } from './openQuotes.ts';
import { cellOffset, recordText, type CsvRecord, type Delimiter } from './record.ts';
import { sameAtEnds, spliceRecords } from './spliceRecords.ts';

/** What an edit did to the records: `removed` of them from index `at`, replaced by `added`. */
export interface DocumentChange {
  readonly at: number;
  readonly removed: readonly CsvRecord[];
  readonly added: readonly CsvRecord[];
  /** The separator changed, so every record was read again. */
  readonly reread: boolean;
}

const byteOrderMark = '\ufeff';

/**
 * A CSV text as records, editable in place: an edit costs the lines it touches, not the file.
 *
 * Positions are LSP's (line and UTF-16 character from 0). A byte order mark is kept separately (`bom`) and does not
 * count in positions, as in VS Code.
 */
export class CsvDocument {
  /** The file begins with a byte order mark. An editor that hides the mark from the text sets this. */
  bom: boolean;
  #records: CsvRecord[] = [];
  #delimiter: Delimiter;
  readonly #open = new OpenQuotes();
  /** First line of each record, or undefined while every record is one line long. */
  #firstLines: Uint32Array | undefined;
  #multiLine = 0;
  /** Lines of the records in the file that they were taken from; undefined when they are the file. */
  #linesInFile: Uint32Array | undefined;

  constructor(text: string) {
    this.bom = text.startsWith(byteOrderMark);
    const content = this.bom ? text.slice(1) : text;
    this.#delimiter = sniffDelimiter(content);
    this.#read(content);
  }

  /**
   * Some lines of a file, as records that know their place in it. Read-only: it cannot be edited.
   * @param lines number of each line of `text` in the file
   * @returns undefined when a record does not end with its line
   */
  static ofLines(text: string, lines: Uint32Array): CsvDocument | undefined {
    const document = new CsvDocument(text);
    if (document.records.length !== lines.length || document.#multiLine > 0) return undefined;
    document.#linesInFile = lines;
    return document;
  }

  get records(): readonly CsvRecord[] {
    return this.#records;
  }

  get delimiter(): Delimiter {
    return this.#delimiter;
  }

  /** The records with a quote that is not closed, in file order. */
  get unclosed(): readonly CsvRecord[] {
    return this.#open.records;
  }

  get lineCount(): number {
    const last = this.#records.length - 1;
    return this.lineOf(last) + (this.#records[last]?.lineCount ?? 1);
  }

  /** The whole text, byte order mark included. */
  text(): string {
    return (this.bom ? byteOrderMark : '') + this.#textOf(0, this.#records.length);
  }

  /** Index of `record`, or -1 when an edit has removed it. Logarithmic. */
  indexOf(record: CsvRecord): number {
    let low = 0;
    let high = this.#records.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const candidate = this.#records[middle];
      if (candidate === undefined) return -1;
      if (candidate === record) return middle;
      if (candidate.order < record.order) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** First line of the record at `index`. */
  lineOf(index: number): number {
    return this.#lines()?.[index] ?? index;
  }

  /** Index of the record that covers `line`; lines beyond the text belong to the last record. */
  indexAtLine(line: number): number {
    const last = this.#records.length - 1;
    const lines = this.#lines();
    if (lines === undefined) return Math.max(0, Math.min(line, last));
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((lines[middle] ?? 0) <= line) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Position of a code unit of a record, `offset` counted from the record's start. */
  positionAt(index: number, offset: number): Position {
    const line = this.lineOf(index);
    const record = this.#records[index];
    if (record === undefined || record.lineCount === 1) return { line, character: offset };
    const before = recordText(record, this.#delimiter).slice(0, offset);
    const parts = before.split(/\r\n|\r|\n/);
    return { line: line + parts.length - 1, character: (parts.at(-1) ?? '').length };
  }

  /** Offset in the record at `index` of a position that lies in it; clamped to the record, its line end excluded. */
  offsetAt(index: number, position: Position): number {
    const record = this.#records[index];
    if (record === undefined) return 0;
    const text = recordText(record, this.#delimiter);
    let start = 0;
    for (let line = this.lineOf(index); line < position.line; line++) {
      const next = /\r\n|\r|\n/g;
      next.lastIndex = start;
      const found = next.exec(text);
      if (found === null) return text.length;
      start = found.index + found[0].length;
    }
    const end = text.slice(start).search(/[\r\n]/);
    return Math.min(start + Math.max(0, position.character), end === -1 ? text.length : start + end);
  }

  /** The cell whose text, or whose following separator, is at `position`: its index in the record. */
  cellAt(position: Position): { readonly index: number; readonly cell: number } {
    const index = this.indexAtLine(position.line);
    const record = this.#records[index];
    const offset = this.offsetAt(index, position);
    let end = -1;
    const cells = record?.cells ?? [''];
    for (let cell = 0; cell < cells.length; cell++) {
      end += (cells[cell] ?? '').length + 1;
      if (offset <= end) return { index, cell };
    }
    return { index, cell: cells.length - 1 };
  }

  /** Range of a cell with its blanks and quotes; for a cell that is missing, the empty range at the record's end. */
  cellRange(index: number, cell: number): Range {
    const record = this.#records[index];
    if (record === undefined) return emptyRange(this.lineOf(index));
    const start = cellOffset(record, cell);
    const length = (record.cells[cell] ?? '').length;
    return { start: this.positionAt(index, start), end: this.positionAt(index, start + length) };
  }

  /** Range of a record without its line end. */
  recordRange(index: number): Range {
    const record = this.#records[index];
    if (record === undefined) return emptyRange(this.lineOf(index));
    const length = recordText(record, this.#delimiter).length;
    return { start: this.positionAt(index, 0), end: this.positionAt(index, length) };
  }

  /** Applies one edit, as LSP's incremental synchronization sends it. */
  edit({ range, newText }: TextEdit): DocumentChange {
    if (this.#linesInFile !== undefined) throw new TypeError('A document of some lines of a file cannot be edited.');
    let from = this.indexAtLine(range.start.line);
    let to = this.indexAtLine(range.end.line) + 1;
    // A line feed put after a lone carriage return joins it, so the record before is read again.
    if (this.#records[from - 1]?.eol === '\r') from--;
    from = this.#open.above(from, this, newText.includes('"') || this.#hasQuotes(from, to)) ?? from;

    const old = this.#textOf(from, to);
    const start = this.#offsetFrom(from, range.start);
    const end = Math.max(start, this.#offsetFrom(from, range.end));
    let text = old.slice(0, start) + newText + old.slice(end);

    let final = to >= this.#records.length;
    let lexed = lex(text, this.#delimiter, final);
    for (let step = 1; !final && (lexed.openAt !== -1 || needsMore(lexed.records)); step *= 2) {
      const more = Math.min(this.#records.length, to + step);
      text += this.#textOf(to, more);
      to = more;
      final = to >= this.#records.length;
      lexed = lex(text, this.#delimiter, final);
    }
    // Inside the file the text ends with a line end, after which `lex` puts an empty record that is not ours.
    const added = final ? lexed.records : lexed.records.slice(0, -1);
    return this.#replace(from, to, { ...lexed, records: added });
  }

  /** Puts records in place of others; those at either end that read as before stay the same objects. */
  #replace(first: number, last: number, { records, open }: Pick<LexResult, 'records' | 'open'>): DocumentChange {
    const kept = sameAtEnds(this.#records, first, last, records);
    for (const [old, record] of kept.pairs) this.#open.note(old, open.get(record));
    const from = first + kept.before;
    const to = last - kept.after;
    const added = kept.pairs.length === 0 ? records : records.slice(kept.before, records.length - kept.after);
    // Line feeds of mixed line ends count as lines too, so fewer records are looked at than this.
    const headerEdited = from <= sniffedLines;
    const removed = spliceRecords(this.#records, from, to, added);
    this.#firstLines = undefined;
    for (const record of removed) this.#forget(record);
    for (const record of added) this.#note(record, open);
    this.#setOrders(from, added);
    if (headerEdited) {
      const delimiter = sniffDelimiter(this.#textOf(0, sniffedLines + 1));
      if (delimiter !== this.#delimiter) {
        const content = this.#textOf(0, this.#records.length);
        this.#delimiter = delimiter;
        this.#read(content);
        return { at: 0, removed: [], added: this.#records, reread: true };
      }
    }
    return { at: from, removed, added, reread: false };
  }

  #read(content: string): void {
    const { records, open } = lex(content, this.#delimiter);
    this.#records = records;
    this.#open.clear();
    this.#multiLine = 0;
    this.#firstLines = undefined;
    for (const record of this.#records) this.#note(record, open);
    this.#renumber();
  }

  #note(record: CsvRecord, open: LexResult['open']): void {
    if (record.lineCount > 1) this.#multiLine++;
    this.#open.note(record, open.get(record));
  }

  #forget(record: CsvRecord): void {
    if (record.lineCount > 1) this.#multiLine--;
    this.#open.forget(record);
  }

  #hasQuotes(from: number, to: number): boolean {
    for (let i = from; i < to; i++) if (this.#records[i]?.cells.some((cell) => cell.includes('"'))) return true;
    return false;
  }

  #textOf(from: number, to: number): string {
    let text = '';
    for (let i = from; i < to; i++) {
      const record = this.#records[i];
      if (record !== undefined) text += recordText(record, this.#delimiter) + record.eol;
    }
    return text;
  }

  /** Offset of a position in the text that begins with the record `from`. */
  #offsetFrom(from: number, position: Position): number {
    const index = this.indexAtLine(position.line);
    if (position.line >= this.lineCount) return this.#textOf(from, this.#records.length).length;
    return this.#textOf(from, index).length + this.offsetAt(index, position);
  }

  #lines(): Uint32Array | undefined {
    if (this.#multiLine === 0) return this.#linesInFile;
    if (this.#firstLines === undefined) {
      this.#firstLines = new Uint32Array(this.#records.length);
      let line = 0;
      this.#records.forEach((record, index) => {
        if (this.#firstLines !== undefined) this.#firstLines[index] = line;
        line += record.lineCount;
      });
    }
    return this.#firstLines;
  }

  /** Gives new records orders between their neighbours'; numbers all anew when the gap has become too small. */
  #setOrders(from: number, added: readonly CsvRecord[]): void {
    const before = this.#records[from - 1]?.order ?? -1;
    const after = this.#records[from + added.length]?.order ?? before + added.length + 1;
    const gap = (after - before) / (added.length + 1);
    if (gap < Number.EPSILON * Math.max(1, Math.abs(after)) * 4) {
      this.#renumber();
      return;
    }
    added.forEach((record, i) => (record.order = before + gap * (i + 1)));
  }

  #renumber(): void {
    this.#records.forEach((record, index) => (record.order = index));
  }
}

function emptyRange(line: number): Range {
  return { start: { line, character: 0 }, end: { line, character: 0 } };
}
