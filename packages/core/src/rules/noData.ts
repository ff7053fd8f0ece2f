import { insertRecordBefore } from '../csv/edits.ts';
import { headersOf } from '../mapping/columns.ts';
import { openHeader } from '../mapping/swallowsRows.ts';
import { everywhere, traitsOf } from '../mapping/versions.ts';
import { removeQuotes } from './csvSyntax.ts';
import { breaksContract } from './headerContract.ts';
import { lacksColumns } from './missingColumn.ts';
import type { Rule, Scope } from './rule.ts';

const messages = {
  empty: 'The file is empty. Expected a header and one row for each node.',
  headerOnly: 'The file has a header but no nodes. Expected one row for each node.',
  openHeader:
    'The quote in the header is not closed. Omnia {version} reads all rows as part of this name, finds no nodes, and refuses the file.',
  removeQuotes: 'Remove the quotes',
  addHeader: 'Insert the header of Omnia {version}',
} as const;

/** Rule 1 of omnia.md section 1.3; the same in 2.3. */
export const noData: Rule = {
  code: 'no-data',
  levels: everywhere('error'),
  messages,
  stops: 'file',
  checkFile(scope) {
    const { document, layout, version } = scope;
    const { header } = layout;
    const open = openHeader(document, layout, version);
    if (open?.takesAll === true && !isHeaderRefused(scope)) {
      scope.report({ record: header, cell: open.cell, column: open.column }, messages.openHeader, { version });
      return;
    }
    // Omnia checks the header first, and then reports nothing else.
    if (scope.rowCount > 0 || isHeaderRefused(scope)) return;
    const place = { record: header, cell: undefined, column: undefined };
    scope.report(place, header === undefined ? messages.empty : messages.headerOnly);
  },
  fixes({ message, place }, scope) {
    if (message === messages.openHeader) return removeQuotes(place, scope);
    const first = scope.document.records[0];
    const header = headersOf(scope.version)[0];
    if (scope.layout.header !== undefined || first === undefined || header === undefined) return [];
    const edits = [insertRecordBefore(scope.document, first, header)];
    return [{ title: messages.addHeader, params: { version: scope.version }, edits, safe: false }];
  },
};

function isHeaderRefused(scope: Scope): boolean {
  if (scope.layout.kind !== 'mapping') return true;
  return traitsOf(scope.version).fixedColumns ? breaksContract(scope) : lacksColumns(scope);
}
