import { encodeCell } from '../csv/edits.ts';
import { cellValue, type CsvRecord } from '../csv/record.ts';
import { columnMeant, headersOf, requiredColumns, type ColumnName } from '../mapping/columns.ts';
import { groupIdentity, isCatalogManaged, isKnownGroup } from '../mapping/functionalGroups.ts';
import { sightHeader } from '../mapping/headerSight.ts';
import { traitsOf, type OmniaVersion } from '../mapping/versions.ts';
import { mergeConflictIn } from '../plan/obstacles.ts';
import { sayObstacle } from '../plan/changeTexts.ts';
import type { Say } from '../text/message.ts';
import { strip } from '../text/pythonText.ts';
import type { MappingModel } from '../validation/model.ts';
import { hasDoubtfulQuotes } from './doubtfulQuotes.ts';
import { convertTexts } from './convertTexts.ts';
import { refusedChange, type TableChange } from './tableChange.ts';

export interface ConvertLayout {
  readonly kind: 'convert';
  readonly to: OmniaVersion;
  /** For roles that have none where the version demands one: `rhel_10_0`. */
  readonly osRelease?: string;
}

/**
 * The file in the layout of another version: its columns in its order and spelling, and roles with or without the OS
 * release (omnia.md section 0). All or nothing: a row that cannot be converted makes the whole conversion fail.
 */
export function convertLayout(model: MappingModel, { to, osRelease = '' }: ConvertLayout, say: Say): TableChange {
  const { document, layout } = model;
  const conflict = mergeConflictIn(model);
  if (conflict !== undefined) return refusedChange(sayObstacle(conflict, say));
  const columns = layout.cells.map(({ name, column }) => column ?? columnMeant(name));
  const { kind } = sightHeader(document, layout);
  const isHeader = kind === 'here' || kind === 'spelt';
  if (!isHeader || layout.kind !== 'mapping' || requiredColumns.some((column) => !columns.includes(column))) {
    return refusedChange(say(convertTexts.noHeader));
  }
  if (hasDoubtfulQuotes(document)) return refusedChange(say(convertTexts.openQuote));
  if (osRelease !== '' && !/^(?:rhel|rocky|ubuntu|sles)(?:_[0-9]+)+$/.test(osRelease)) {
    return refusedChange(say(convertTexts.badRelease, { release: osRelease }));
  }
  const header = headersOf(to)[0] ?? [];
  const sources = header.map((column) => sourceOf(column, columns));
  const shifted = [...model.rows]
    .filter(({ record }) => hasSurplus(record, columns.length))
    .map(({ record }) => lineOf(model, record));
  if (shifted.length > 0) return refusedChange(say(convertTexts.surplus, { lines: shifted.join(', ') }));
  const roles = new Map(
    [...model.index('FUNCTIONAL_GROUP_NAME').keys()].map((role) => [role, roleIn(role, to, osRelease)]),
  );
  const stuck = [...roles].flatMap(([role, now]) => (now === undefined ? [role] : []));
  if (stuck.length > 0) {
    const isRelease = traitsOf(to).osRelease === 'demanded' && osRelease === '';
    const message = isRelease ? convertTexts.needsRelease : convertTexts.unknownRole;
    return refusedChange(say(message, { roles: stuck.join(', '), version: to }));
  }
  const convert = (record: CsvRecord): readonly string[] =>
    header.map((column, at) => {
      const raw = record.cells[sources[at] ?? -1] ?? '';
      if (column !== 'FUNCTIONAL_GROUP_NAME') return raw;
      const role = strip(cellValue(raw));
      const now = roles.get(role) ?? role;
      return now === role ? raw : encodeCell(now, ',');
    });
  const first = layout.headerIndex;
  const last = document.records.length - 1;
  const lines = document.records.slice(first, last + 1).map((record) => {
    const cells = record === layout.header ? header : model.rowOf(record) === undefined ? undefined : convert(record);
    return (cells === undefined ? record.cells.join(document.delimiter) : cells.map(asCell).join(',')) + record.eol;
  });
  const range = { start: document.recordRange(first).start, end: document.recordRange(last).end };
  const changed = [...roles].filter(([role, now]) => role !== now).length;
  return {
    edits: [{ range, newText: lines.join('') }],
    count: model.rowCount,
    notes: [
      ...lossesOf(model, columns, sources, say),
      ...(changed === 0 ? [] : [say(convertTexts.roles, { count: changed, version: to })]),
    ],
    refused: null,
  };
}

/** A cell with the separator of another layout in it needs quotes now. */
function asCell(raw: string): string {
  return raw.startsWith('"') || !raw.includes(',') ? raw : encodeCell(raw, ',');
}

/** Which cell of the file goes into a column: the one of that name, else the InfiniBand address of the other layout. */
function sourceOf(column: ColumnName, columns: readonly (ColumnName | undefined)[]): number {
  const own = columns.lastIndexOf(column);
  if (own !== -1) return own;
  if (column === 'IB_IPV4') return columns.lastIndexOf('IB_IP');
  return column === 'IB_IP' ? columns.lastIndexOf('IB_IPV4') : -1;
}

function hasSurplus({ cells }: CsvRecord, width: number): boolean {
  return cells.slice(width).some((raw) => strip(cellValue(raw)) !== '');
}

function lineOf({ document }: MappingModel, record: CsvRecord): string {
  return String(document.lineOf(document.indexOf(record)) + 1);
}

/** The role as a version names it; undefined where the version has none for it. */
function roleIn(role: string, to: OmniaVersion, osRelease: string): string | undefined {
  const identity = groupIdentity(role);
  const traits = traitsOf(to);
  // What is not a role before the conversion is not one afterwards: its finding stays.
  if (identity === undefined) return role;
  if (traits.osRelease === 'none') {
    const plain = `${identity.role}_${identity.architecture}`;
    return isKnownGroup(plain, to) || identity.osRelease === undefined ? plain : undefined;
  }
  if (traits.osRelease !== 'demanded' || identity.osRelease !== undefined || !isCatalogManaged(role)) return role;
  return osRelease === '' ? undefined : `${identity.role}_${osRelease}_${identity.architecture}`;
}

/** Columns with values that the new layout has no place for. */
function lossesOf(
  model: MappingModel,
  columns: readonly (ColumnName | undefined)[],
  sources: readonly number[],
  say: Say,
): string[] {
  const rows = [...model.rows];
  const lost = columns.flatMap((_, cell) => {
    if (sources.includes(cell)) return [];
    const count = rows.filter(({ record }) => strip(cellValue(record.cells[cell] ?? '')) !== '').length;
    return count === 0 ? [] : [`${strip(model.layout.cells[cell]?.name ?? '')} (${String(count)})`];
  });
  return lost.length === 0 ? [] : [say(convertTexts.lost, { columns: lost.join(', ') })];
}
