import { CsvDocument } from '../../csv/document.ts';
import { lex } from '../../csv/lexer.ts';
import type { CsvRecord } from '../../csv/record.ts';
import { requiredColumns } from '../../mapping/columns.ts';
import { searchedRecords } from '../../mapping/headerSight.ts';
import { readLayout, type Layout } from '../../mapping/layout.ts';
import { readRow } from '../../mapping/row.ts';
import { isConflictMark } from '../../mapping/skipped.ts';
import type { Rule } from '../../rules/rule.ts';
import { MappingModel } from '../model.ts';
import type { ValidationSettings } from '../settings.ts';
import { Kept, type Decode } from './kept.ts';
import { LineScan, mostBytes } from './lineScan.ts';
import { otherValues } from './otherKeys.ts';
import { RowScan } from './rowScan.ts';
import { areAllKnown } from './ruleReach.ts';
import type { Line } from './scan.ts';

const lineFeed = 0x0a;
/** In so many lines the header is looked for. It and those above it are always judged; where it is as usual, no rule about it looks below. */
const headLines = searchedRecords + 1;
const lastHeaderLine = 20;

/**
 * A mapping file without the rows that no rule has anything to say about, found without making a string of them.
 *
 * A row is plain when each cell has a usual form; rows that look alike are judged by the first of them, and all rows that
 * share an address, a name or a tag by themselves. What is found in what is left is what is found in the whole file
 * (property test). Where that is not certain there is no sieve, and the rules look at every row.
 */
export class Sieve {
  /** What is left with nothing known from outside; it has every role of the file, and every group of an unusual name. */
  readonly document: CsvDocument;
  readonly #layout: Layout;
  readonly #kept: Kept;

  private constructor(document: CsvDocument, layout: Layout, kept: Kept) {
    this.document = document;
    this.#layout = layout;
    this.#kept = kept;
  }

  /** @returns undefined for a small file, and for one of another form than most large files have */
  static of(bytes: Uint8Array, decode: Decode, mostAsText = mostBytes): Sieve | undefined {
    const head = readHead(bytes, decode);
    if (head === undefined) return undefined;
    const { layout } = head;
    const columns = layout.columns.map(({ column }) => column);
    const scan = LineScan.of(bytes, decode, columns, mostAsText) ?? new RowScan(bytes, columns);
    if (!scan.run(head.end, head.lines.length)) return undefined;
    const records: CsvRecord[] = [];
    for (const { start, end } of scan.others) {
      const record = singleRecord(decode(bytes.subarray(start, end)));
      if (record === undefined || isConflictMark(record)) return undefined;
      records.push(record);
    }
    scan.markShared(otherValues(records.map((record) => readRow(record, layout))));
    const kept = new Kept(bytes, decode, scan, head.lines);
    const document = kept.document();
    return document === undefined ? undefined : new Sieve(document, layout, kept);
  }

  /** All findings of the file, in a model of what is left; undefined when every row has to be judged after all. */
  judge(rules: readonly Rule[], settings: ValidationSettings): MappingModel | undefined {
    if (!areAllKnown(rules)) return undefined;
    const { virtualIp, podRange, storageGroups } = settings.context;
    if (virtualIp !== undefined || podRange !== undefined) return undefined;
    if (storageGroups !== undefined && !this.#kept.keepsGroups) return undefined;
    const { headerIndex } = readLayout(this.document, settings.version);
    if (headerIndex !== this.#layout.headerIndex) return undefined;
    this.#kept.addAddresses(settings.context.network);
    let model: MappingModel | undefined;
    do {
      const document = this.#kept.document();
      if (document === undefined) return undefined;
      model = new MappingModel(document, rules, settings);
    } while (this.#kept.addAlike(model.findings()));
    return model;
  }
}

interface Head {
  readonly layout: Layout;
  /** To the header. */
  readonly lines: readonly Line[];
  readonly end: number;
}

/** The first lines of a file; undefined when they are not as most files have them. */
function readHead(bytes: Uint8Array, decode: Decode, count = headLines): Head | undefined {
  const lines: Line[] = [];
  let end = 0;
  while (lines.length < count) {
    const feed = bytes.indexOf(lineFeed, end);
    if (feed === -1) return undefined;
    lines.push({ number: lines.length, start: end, end: feed + 1 });
    end = feed + 1;
  }
  const document = new CsvDocument(decode(bytes.subarray(0, end)));
  const { records, unclosed, delimiter } = document;
  const layout = readLayout(document);
  const { headerIndex } = layout;
  if (headerIndex + headLines > count && headerIndex <= lastHeaderLine) {
    return readHead(bytes, decode, headerIndex + headLines);
  }
  const isUsual =
    records.length === count + 1 &&
    records.every(({ lineCount }) => lineCount === 1) &&
    unclosed.length === 0 &&
    delimiter === ',' &&
    !records.some(isConflictMark) &&
    headerIndex >= 0 &&
    headerIndex <= lastHeaderLine &&
    layout.columns.length === layout.cells.length &&
    requiredColumns.every((column) => layout.cellOf[column] !== undefined);
  if (!isUsual) return undefined;
  const header = lines[headerIndex];
  return header && { layout, lines: lines.slice(0, headerIndex + 1), end: header.end };
}

/** The record of a line; undefined when it does not end with the line, or is not the only one. */
function singleRecord(text: string): CsvRecord | undefined {
  const { records, openAt } = lex(text, ',', false);
  const [record, rest, more] = records;
  const isOne = record?.eol === '' ? rest === undefined : rest?.eol === '' && rest.cells.join() === '';
  return openAt === -1 && isOne && more === undefined ? record : undefined;
}
