import { CsvDocument } from '../csv/document.ts';
import { setCells } from '../csv/edits.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { columnAt } from '../mapping/layout.ts';
import type { SourceTable } from '../mapping/sourceTable.ts';
import { modelTargets } from '../nodes/modelTargets.ts';
import { joined, sayObstacle } from '../plan/changeTexts.ts';
import { mergeConflictIn } from '../plan/obstacles.ts';
import { changeNotices, noticePhrase } from '../plan/planNotices.ts';
import { applyEdits } from '../text/applyEdits.ts';
import type { Say } from '../text/message.ts';
import { wordsOf } from '../text/phrase.ts';
import { comparePositions, type TextEdit } from '../text/position.ts';
import { MappingModel } from '../validation/model.ts';
import { hasDoubtfulQuotes } from './doubtfulQuotes.ts';
import { editingTexts } from './editingTexts.ts';
import { countsOf, listOf } from './findingCounts.ts';
import { placeColumns, type ColumnMap, type PlacedColumns } from './importColumns.ts';
import { identity, matchNodes, type CellChanges, type MatchedNodes } from './importMatch.ts';
import { importTexts } from './importTexts.ts';
import { notesOf } from './pasteRows.ts';
import { appendRows, type NewRow } from './rowText.ts';
import { refusedChange, type TableChange } from './tableChange.ts';

/**
 * What is taken from a source into the file: nodes that it does not have, values that differ, and a different role,
 * group, parent or hostname of nodes that it has.
 */
export const importParts = ['new', 'changed', 'assigned'] as const;
export type ImportPart = (typeof importParts)[number];

export interface ImportNodes {
  readonly kind: 'import';
  readonly table: SourceTable;
  readonly map: ColumnMap;
  readonly take: readonly ImportPart[];
}

/** How the nodes of a source relate to those of the file; nothing is removed. */
export function importNodes(model: MappingModel, action: ImportNodes, say: Say): TableChange {
  const { table, map, take } = action;
  const placed = matchSource(model, table, map, say);
  if ('refused' in placed) return refusedChange(placed.refused);
  const { found, columns } = placed;
  const fresh = take.includes('new') ? found.fresh : [];
  const changes = merged([
    ...(take.includes('changed') ? [found.changed] : []),
    ...(take.includes('assigned') ? [found.assigned] : []),
  ]);
  const edits = editsOf(model, changes, fresh);
  return {
    edits,
    count: fresh.length + changes.size,
    notes: [
      ...told(model, found, take, say),
      ...(edits.length === 0 ? [] : consequences(model, edits, say)),
      ...notesOf(table, columns, found.leftOut, say),
    ],
    refused: null,
  };
}

/** How many nodes each part of a source is about. */
export type ImportCounts = Readonly<Record<ImportPart | 'vanished', number>>;

export function countsOfImport({ fresh, changed, assigned, vanished }: MatchedNodes): ImportCounts {
  return { new: fresh.length, changed: changed.size, assigned: assigned.size, vanished: vanished.length };
}

type MatchedSource =
  | { readonly found: MatchedNodes; readonly columns: Exclude<PlacedColumns, { readonly refused: unknown }> }
  | { readonly refused: string };

/** The columns of a source and its nodes beside those of the file, or why they cannot be compared. */
export function matchSource(model: MappingModel, table: SourceTable, map: ColumnMap, say: Say): MatchedSource {
  const conflict = mergeConflictIn(model);
  if (conflict !== undefined) return { refused: sayObstacle(conflict, say) };
  const { layout } = model;
  if (layout.headerIndex < 0 || layout.kind !== 'mapping') return { refused: say(importTexts.noMapping) };
  if (hasDoubtfulQuotes(model.document)) return { refused: say(editingTexts.openQuote) };
  const columns = placeColumns(model, table, map);
  if ('refused' in columns) return { refused: wordsOf(columns.refused, say) };
  const isKnown = identity.some((column) => {
    const cell = layout.cellOf[column];
    return cell !== undefined && columns.cells.includes(cell);
  });
  if (!isKnown) return { refused: say(importTexts.noIdentity) };
  return { found: matchNodes(model, table, columns), columns };
}

function merged(all: readonly CellChanges[]): CellChanges {
  const one: CellChanges = new Map();
  for (const changes of all) {
    for (const [record, cells] of changes) one.set(record, new Map([...(one.get(record) ?? []), ...cells]));
  }
  return one;
}

/**
 * Cells, and rows at the end of the file. An edit that ends where the rows begin includes them, so that no two edits
 * touch.
 */
function editsOf(model: MappingModel, changes: CellChanges, fresh: readonly NewRow[]): TextEdit[] {
  const cells = setCells(model.document, changes);
  if (fresh.length === 0) return cells;
  const rows = appendRows(model, fresh);
  const last = cells.findIndex(({ range }) => comparePositions(range.end, rows.range.start) === 0);
  return last < 0
    ? [...cells, rows]
    : cells.map((edit, at) => (at === last ? { ...edit, newText: edit.newText + rows.newText } : edit));
}

function told(model: MappingModel, found: MatchedNodes, take: readonly ImportPart[], say: Say): string[] {
  const { fresh, changed, assigned, vanished, doubled } = found;
  const names = fresh.map((cells) => nameIn(model, cells));
  const columns = (changes: CellChanges): string => columnsOf(model, changes);
  const notes: string[] = [];
  if (fresh.length + changed.size + assigned.size === 0) notes.push(say(importTexts.nothing));
  if (fresh.length > 0) {
    const params = { count: fresh.length, nodes: joined(names) };
    notes.push(say(take.includes('new') ? importTexts.added : importTexts.keptNew, params));
  }
  if (changed.size > 0) {
    const params = { count: changed.size, columns: columns(changed) };
    notes.push(say(take.includes('changed') ? importTexts.changed : importTexts.keptOld, params));
  }
  if (assigned.size > 0) {
    const params = { count: assigned.size, columns: columns(assigned) };
    notes.push(say(take.includes('assigned') ? importTexts.assigned : importTexts.kept, params));
  }
  if (vanished.length > 0) {
    const nodes = joined(vanished.map(({ text }) => (text.HOSTNAME === '' ? text.SERVICE_TAG : text.HOSTNAME)));
    notes.push(say(importTexts.vanished, { count: vanished.length, nodes }));
  }
  if (doubled.length > 0) notes.push(say(importTexts.doubled, { count: doubled.length, nodes: joined(doubled) }));
  return notes;
}

const naming: readonly ColumnName[] = ['HOSTNAME', 'SERVICE_TAG', 'BMC_IP', 'ADMIN_MAC', 'ADMIN_IP'];

function nameIn({ layout }: MappingModel, cells: NewRow): string {
  const values = naming.map((column) => cells[layout.cellOf[column] ?? -1] ?? '');
  return values.find((value) => value !== '') ?? '?';
}

/** `ADMIN_MAC (3), BMC_IP (1)`. */
function columnsOf({ layout }: MappingModel, changes: CellChanges): string {
  const counts = new Map<string, number>();
  for (const cells of changes.values()) {
    for (const cell of cells.keys()) {
      const column = columnAt(layout, cell) ?? '';
      counts.set(column, (counts.get(column) ?? 0) + 1);
    }
  }
  return listOf(counts);
}

/** What the file does to nodes afterwards, and which new findings it has. */
function consequences(model: MappingModel, edits: readonly TextEdit[], say: Say): string[] {
  const document = new CsvDocument(applyEdits(model.document.text(), edits));
  const after = new MappingModel(document, model.rules, model.settings);
  const before = countsOf(model);
  const brought = [...countsOf(after)].flatMap(([code, count]): [string, number][] => {
    const more = count - (before.get(code) ?? 0);
    return more > 0 ? [[code, more]] : [];
  });
  const count = brought.reduce((sum, [, more]) => sum + more, 0);
  return [
    ...changeNotices(modelTargets(model), modelTargets(after)).map((notice) => wordsOf(noticePhrase(notice), say)),
    ...(count === 0 ? [] : [say(importTexts.brings, { count, kinds: listOf(brought) })]),
  ];
}
