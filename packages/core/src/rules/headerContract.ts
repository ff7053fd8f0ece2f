import { insertRecordBefore, replaceRecord } from '../csv/edits.ts';
import { hasOpenQuote, isBlank, type CsvRecord } from '../csv/record.ts';
import { columnMeant, headersOf, requiredCells, type ColumnName } from '../mapping/columns.ts';
import { minNames, namesIn } from '../mapping/headerSight.ts';
import { isCommentIn, isConflictMark } from '../mapping/skipped.ts';
import { levels } from '../mapping/versions.ts';
import { headerMessages, headerRepairs, misplacedHeader } from './headerRepairs.ts';
import { cellsIn } from './quotedRow.ts';
import type { Fix, FixScope, Rule, Scope } from './rule.ts';

const messages = {
  ...headerMessages,
  contract:
    'Omnia {version} requires exactly this header, in this order and spelling, and checks nothing else until then: {header}',
  rewrite: 'Rewrite header and rows to the layout of Omnia {version}',
  insert: 'Insert the header of Omnia {version}',
} as const;

/** 2.3 compares the header as a whole (omnia.md section 1.6); the layout after 2.3 takes two. */
export const headerContract: Rule = {
  code: 'header-contract',
  levels: levels({ '2.3': 'error' }),
  messages,
  stops: 'file',
  checkFile(scope) {
    if (!breaksContract(scope)) return;
    const { header } = scope.layout;
    const misplaced = misplacedHeader(scope);
    if (misplaced !== undefined) {
      const { place, message, params } = misplaced;
      scope.report(place, message, { ...params, columns: wantedHeader(scope).join(', ') });
      return;
    }
    const wanted = wantedHeader(scope).join(',');
    const place = { record: header, cell: undefined, column: undefined };
    scope.report(place, messages.contract, { version: scope.version, header: wanted });
  },
  fixes(_finding, scope) {
    const { header, cells } = scope.layout;
    if (header === undefined) return [];
    const repairs = misplacedHeader(scope) === undefined ? [] : headerRepairs(scope);
    if (repairs.length > 0) return repairs;
    const meant = cells.map(({ name, column }) => column ?? columnMeant(name));
    const params = { version: scope.version };
    if (meant.every((column) => column === undefined)) {
      if (header.cells.length !== wantedHeader(scope).length) return [];
      const edits = [insertRecordBefore(scope.document, header, wantedHeader(scope))];
      return [{ title: messages.insert, params, edits, safe: false }];
    }
    return rewrite(scope, meant, params);
  },
};

/** Whether there is a header, and not one that the version takes. */
export function breaksContract({ layout: { header, cells, kind }, document, version }: Scope): boolean {
  if (header === undefined || kind !== 'mapping') return false;
  const names = cells.map(({ name }) => name);
  return document.delimiter !== ',' || !headersOf(version).some((wanted) => equal(names, wanted));
}

function equal(names: readonly string[], wanted: readonly string[]): boolean {
  return names.length === wanted.length && names.every((name, index) => name === wanted[index]);
}

/** Of the headers that the version takes, the one that loses no column of the file. */
function wantedHeader({ layout, version }: Scope): readonly ColumnName[] {
  const headers = headersOf(version);
  const keepsIbIp = headers.find((names) => names.includes('IB_IP'));
  return (layout.cellOf.IB_IP !== undefined ? keepsIbIp : undefined) ?? headers[0] ?? [];
}

function rewrite(scope: FixScope, meant: readonly (ColumnName | undefined)[], params: Fix['params']): Fix[] {
  const { document, layout } = scope;
  const wanted = wantedHeader(scope);
  const sources = wanted.map((column) => layout.cellOf[column] ?? meant.indexOf(column));
  let order = sources;
  const reorder = (record: CsvRecord): readonly string[] => {
    const names = namesIn(record);
    // A header that stands in the file once more stays one, and says which cells the rows below it have.
    if (names.size >= minNames) {
      const places = new Map([...names].map(([cell, column]) => [column, cell]));
      order = wanted.map((column) => places.get(column) ?? -1);
      return wanted;
    }
    return order.map((cell) => cellsIn(record, document, layout)[cell] ?? '');
  };
  const lost = layout.cells.some((_cell, index) => !sources.includes(index));
  // A column of empty cells is not what is missing: somebody has to fill it in.
  const isFilled = requiredCells(scope.version).every((column) => (sources[wanted.indexOf(column)] ?? -1) >= 0);
  // What would be lost may be what is missing, by another name.
  if (lost && !isFilled) return [];
  const edits = document.records.flatMap((record) => {
    if (record === layout.header) return [replaceRecord(document, record, wanted, ',')];
    const isTable = !isBlank(record) && !isConflictMark(record) && !isCommentIn(record, scope.version);
    return isTable && !hasOpenQuote(record) && document.indexOf(record) > layout.headerIndex
      ? [replaceRecord(document, record, reorder(record), ',')]
      : [];
  });
  return [{ title: messages.rewrite, params, edits, safe: !lost && isFilled }];
}
