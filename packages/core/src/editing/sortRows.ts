import { lineEndOf } from '../csv/edits.ts';
import { cellValue, recordText, type CsvRecord } from '../csv/record.ts';
import { parseIpv4 } from '../mapping/addresses.ts';
import type { MappingRow } from '../mapping/row.ts';
import { targetOf } from '../nodes/modelTargets.ts';
import { mergeConflictIn } from '../plan/obstacles.ts';
import { sayObstacle } from '../plan/changeTexts.ts';
import { changeNotices, noticePhrase } from '../plan/planNotices.ts';
import type { Target } from '../plan/targets.ts';
import type { Say } from '../text/message.ts';
import { wordsOf } from '../text/phrase.ts';
import type { Position } from '../text/position.ts';
import { strip } from '../text/pythonText.ts';
import type { MappingModel } from '../validation/model.ts';
import { hasDoubtfulQuotes } from './doubtfulQuotes.ts';
import { editingTexts } from './editingTexts.ts';
import { refusedChange, type TableChange } from './tableChange.ts';

export interface SortRows {
  readonly kind: 'sort';
  /** In the column that is sorted by. */
  readonly at: Position;
  readonly isDescending: boolean;
}

/** A row with the comments and empty lines above it, which go where it goes. */
interface Block {
  readonly records: readonly CsvRecord[];
  readonly row: MappingRow;
  readonly value: string;
}

/** The rows in the order of a column, those with equal values as they stood; one edit. */
export function sortRows(model: MappingModel, { at, isDescending }: SortRows, say: Say): TableChange {
  const { document, layout } = model;
  const { cell } = document.cellAt(at);
  if (layout.headerIndex < 0 || cell >= layout.cells.length) return refusedChange(say(editingTexts.noRow));
  const conflict = mergeConflictIn(model);
  if (conflict !== undefined) return refusedChange(sayObstacle(conflict, say));
  if (hasDoubtfulQuotes(document)) return refusedChange(say(editingTexts.openQuote));
  const blocks = blocksOf(model, cell);
  const sorted = blocks.toSorted((a, b) => compareValues(a.value, b.value, isDescending ? -1 : 1));
  const first = sorted.findIndex((block, index) => block !== blocks[index]);
  if (first === -1) return { edits: [], count: 0, notes: [say(editingTexts.isSorted)], refused: null };
  const last = sorted.findLastIndex((block, index) => block !== blocks[index]);
  const before = blocks.slice(first, last + 1).flatMap(({ records }) => records);
  const after = sorted.slice(first, last + 1).flatMap(({ records }) => records);
  const eol = lineEndOf(document);
  const lines = after.map((record, index) => {
    const end = index === after.length - 1 ? '' : record.eol === '' ? eol : record.eol;
    return recordText(record, document.delimiter) + end;
  });
  const [top] = before;
  const from = top === undefined ? 0 : document.indexOf(top);
  const range = { start: document.recordRange(from).start, end: document.recordRange(from + before.length - 1).end };
  const targets = new Map(blocks.map((block) => [block, targetOf(model, block.row)]));
  const inOrder = (all: readonly Block[]): Target[] => all.flatMap((block) => targets.get(block) ?? []);
  return {
    edits: [{ range, newText: lines.join('') }],
    count: sorted.filter((block, index) => block !== blocks[index]).length,
    notes: changeNotices(inOrder(blocks), inOrder(sorted)).map((notice) => wordsOf(noticePhrase(notice), say)),
    refused: null,
  };
}

/** What stands below the last row stays there. */
function blocksOf(model: MappingModel, cell: number): Block[] {
  const blocks: Block[] = [];
  let above: CsvRecord[] = [];
  for (const record of model.document.records.slice(model.layout.headerIndex + 1)) {
    above.push(record);
    const row = model.rowOf(record);
    if (row === undefined) continue;
    blocks.push({ records: above, row, value: strip(cellValue(record.cells[cell] ?? '')) });
    above = [];
  }
  return blocks;
}

const collator = new Intl.Collator('en', { numeric: true });

/** Addresses by their number, names with numbers by these, empty ones last whatever the direction. */
function compareValues(a: string, b: string, direction: 1 | -1): number {
  if (a === '' || b === '') return Number(a === '') - Number(b === '');
  const [left, right] = [parseIpv4(a), parseIpv4(b)];
  return direction * (left !== undefined && right !== undefined ? left - right : collator.compare(a, b));
}
