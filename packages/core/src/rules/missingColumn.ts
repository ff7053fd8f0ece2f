import { deleteRecord, insertRecordBefore, replaceRecord } from '../csv/edits.ts';
import { hasOpenQuote, isBlank, isComment, type CsvRecord } from '../csv/record.ts';
import type { TextEdit } from '../text/position.ts';
import { formerColumnNames, requiredColumns, type ColumnName } from '../mapping/columns.ts';
import { sightHeader } from '../mapping/headerSight.ts';
import { openHeader } from '../mapping/swallowsRows.ts';
import { levels } from '../mapping/versions.ts';
import { strip } from '../text/pythonText.ts';
import { removeQuotes } from './csvSyntax.ts';
import { setHeaderName } from './headerFixes.ts';
import { headerMessages, headerRepairs, misplacedHeader, namesByValues } from './headerRepairs.ts';
import type { FixScope, Rule, Scope } from './rule.ts';

const messages = {
  ...headerMessages,
  missing:
    'The header is missing {columns}. Omnia requires the nine columns from FUNCTIONAL_GROUP_NAME to BMC_IP, in any order.',
  separator: 'The cells are separated by {separator}. Omnia reads only commas, so it does not find {columns}.',
  bom: 'The file begins with a byte order mark. Omnia reads it as part of the first column name and does not find {columns}.',
  comment: 'Omnia reads this comment as the header and does not find {columns}.',
  noHeader: 'This is not a header. The first line must name the columns. Omnia does not find {columns}.',
  open: 'The quote in the header is not closed. Omnia {version} reads the rows below as part of this name and does not find {columns}.',
  removeQuotes: 'Remove the quotes',
  addColumns: 'Add {columns} to the header and to every row',
  toCommas: 'Separate the cells with commas',
  saveWithoutBom: 'Save without byte order mark',
  removeComments: 'Remove the lines above the header',
  insertHeader: 'Insert the header of Omnia {version}',
  rename: "Rename '{name}' to {column}",
} as const;

const separatorNames = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' } as const;

/** Rule 2 of omnia.md section 1.3: all nine required headers exist; case and blanks are ignored. */
export const missingColumn: Rule = {
  code: 'missing-column',
  levels: levels({ '2.1': 'error', '2.3': 'off' }),
  messages,
  checkFile(scope) {
    const { document, layout } = scope;
    if (layout.kind !== 'mapping') return;
    const misplaced = misplacedHeader(scope);
    const misses = missingIn(scope);
    if (misplaced !== undefined && misses.length > 0) {
      const { place, message, params } = misplaced;
      const columns = message === headerMessages.sign ? 'FUNCTIONAL_GROUP_NAME' : misses.join(', ');
      scope.report(place, message, { ...params, columns });
      return;
    }
    if (layout.header === undefined) return;
    const open = openHeader(document, layout, scope.version);
    if (open?.column !== undefined && misses.includes(open.column)) {
      scope.report({ record: layout.header, cell: open.cell, column: open.column }, messages.open, {
        version: scope.version,
        columns: misses.join(', '),
      });
      return;
    }
    const comment = commentAbove(scope);
    const first = layout.cells[0]?.column;
    if (comment !== undefined) {
      report(scope, comment, 'FUNCTIONAL_GROUP_NAME', messages.comment, requiredColumns);
    } else if (document.delimiter !== ',') {
      const separator = separatorNames[document.delimiter];
      report(scope, layout.header, 'FUNCTIONAL_GROUP_NAME', messages.separator, requiredColumns, { separator });
    } else if (document.bom && layout.headerIndex > 0) {
      // The mark makes the blank line above the header a header.
      report(scope, document.records[0] ?? layout.header, 'FUNCTIONAL_GROUP_NAME', messages.bom, requiredColumns);
    } else if (document.bom && first !== undefined && requiredColumns.includes(first) && layout.cellOf[first] === 0) {
      report(scope, layout.header, first, messages.bom, [first]);
    } else {
      const [column] = misses;
      if (column === undefined) return;
      report(scope, layout.header, column, messageFor(scope, misses), misses);
    }
  },
  fixes(finding, scope) {
    const { document, layout } = scope;
    const { header } = layout;
    if (misplacedHeader(scope)?.message === finding.message) return headerRepairs(scope);
    if (header === undefined) return [];
    switch (finding.message) {
      case messages.open:
        return removeQuotes(finding.place, scope);
      case messages.comment: {
        const above = document.records.slice(0, layout.headerIndex).filter((record) => !isBlank(record));
        const edits = above.map((record) => deleteRecord(document, record));
        return [{ title: messages.removeComments, params: {}, edits, safe: false }];
      }
      case messages.separator: {
        const edits = document.records.flatMap((record) =>
          record.cells.length > 1 ? [replaceRecord(document, record, record.cells, ',')] : [],
        );
        return [{ title: messages.toCommas, params: {}, edits, safe: true }];
      }
      case messages.bom:
        return [{ title: messages.saveWithoutBom, params: {}, edits: [], safe: true, reencode: true }];
      case messages.noHeader: {
        // A line that is no row either would be one more fault under a header.
        if (header.cells.length < requiredColumns.length) return [];
        const names =
          header.cells.length > requiredColumns.length ? [...requiredColumns, 'IB_NIC_NAME', 'IB_IP'] : requiredColumns;
        const edits = [insertRecordBefore(document, header, names)];
        return [{ title: messages.insertHeader, params: { version: scope.version }, edits, safe: false }];
      }
      default: {
        const missing = missingIn(scope);
        const repairs = headerRepairs(scope);
        if (repairs.length > 0) return repairs;
        const byValues = namesByValues(scope, missing);
        return byValues.length > 0 ? byValues : [...renames(scope, missing), addColumns(scope, missing)];
      }
    }
  },
};

function messageFor(scope: Scope, missing: readonly ColumnName[]): string {
  const sight = sightHeader(scope.document, scope.layout);
  if (sight.kind === 'spelt') return messages.spelt;
  return missing.length === requiredColumns.length ? messages.noHeader : messages.missing;
}

/** Whether there is a header that lacks a required column. */
export function lacksColumns(scope: Scope): boolean {
  if (scope.layout.kind !== 'mapping') return true;
  return scope.layout.header !== undefined && (missingIn(scope).length > 0 || scope.document.delimiter !== ',');
}

function report(
  scope: Scope,
  record: CsvRecord,
  column: ColumnName,
  message: string,
  columns: readonly string[],
  params: Record<string, string> = {},
): void {
  scope.report({ record, cell: undefined, column }, message, { columns: columns.join(', '), ...params });
}

function missingIn({ document, layout, version }: Scope): ColumnName[] {
  const open = openHeader(document, layout, version)?.column;
  return requiredColumns.filter((column) => layout.cellOf[column] === undefined || column === open);
}

/** A comment above the header, which 2.1 and 2.2 take for the header. */
function commentAbove({ document, layout }: Scope): CsvRecord | undefined {
  return document.records.slice(0, Math.max(0, layout.headerIndex)).find(isComment);
}

function renames(scope: FixScope, missing: readonly ColumnName[]): ReturnType<NonNullable<Rule['fixes']>> {
  return scope.layout.cells.flatMap(({ name, column }, cell) => {
    const meant = column === undefined ? formerColumnNames.get(strip(name).toUpperCase()) : undefined;
    if (meant === undefined || !missing.includes(meant)) return [];
    const edits = setHeaderName(scope, cell, meant);
    return [
      { title: messages.rename, params: { name: strip(name), column: meant }, edits, safe: missing.length === 1 },
    ];
  });
}

/** Empty columns at the end of the header and of every row. */
function addColumns(scope: FixScope, missing: readonly ColumnName[]): ReturnType<NonNullable<Rule['fixes']>>[number] {
  const { document, layout } = scope;
  const edits: TextEdit[] = [];
  for (const record of document.records) {
    if (record !== layout.header && (scope.rowOf(record) === undefined || hasOpenQuote(record))) continue;
    const { end } = document.recordRange(document.indexOf(record));
    const added = record === layout.header ? missing.join(',') : ','.repeat(missing.length - 1);
    edits.push({ range: { start: end, end }, newText: `,${added}` });
  }
  return { title: messages.addColumns, params: { columns: missing.join(', ') }, edits, safe: false };
}
