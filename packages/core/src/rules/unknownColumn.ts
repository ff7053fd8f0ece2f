import { columnsOf, formerColumnNames, type ColumnName } from '../mapping/columns.ts';
import { levels } from '../mapping/versions.ts';
import { strip } from '../text/pythonText.ts';
import { setHeaderName } from './headerFixes.ts';
import { nearest } from '../text/nearest.ts';
import type { Rule, Scope } from './rule.ts';

const messages = {
  unknown: "Omnia {version} does not know the column '{name}' and ignores its cells.",
  former: "Omnia {version} ignores the column '{name}'. Use {column} instead.",
  unnamed: 'This column has no name; Omnia ignores its cells.',
  rename: "Rename '{name}' to {column}",
} as const;

/** Headers beyond this many are not reported one by one: a file of another kind has no use for it. */
const reportedColumns = 100;

/** Unknown columns are ignored by 2.1 and 2.2: a typing error loses the column silently (omnia.md section 1.7). */
export const unknownColumn: Rule = {
  code: 'unknown-column',
  levels: levels({ '2.1': 'warning', '2.3': 'off' }),
  messages,
  checkFile(scope) {
    const { layout, version } = scope;
    const known = columnsOf(version);
    let reported = 0;
    if (Object.keys(layout.cellOf).length === 0) return;
    for (const [cell, { name, column }] of layout.cells.entries()) {
      if (column !== undefined && known.has(column)) continue;
      // The byte order mark is the fault, and byte-order-mark says so.
      if (cell === 0 && layout.hiddenColumn !== undefined) continue;
      if (++reported > reportedColumns) return;
      const shown = strip(name);
      const former = replacement(scope, shown);
      const message = shown === '' ? messages.unnamed : former === undefined ? messages.unknown : messages.former;
      scope.report({ record: layout.header, cell, column }, message, { name: shown, version, column: former ?? '' });
    }
  },
  fixes({ place: { cell }, params }, scope) {
    const name = String(params['name'] ?? '');
    const former = replacement(scope, name);
    const free = [...columnsOf(scope.version)].filter((column) => scope.layout.cellOf[column] === undefined);
    const candidates = former === undefined ? nearest(name, free) : [former];
    if (cell === undefined || name === '') return [];
    return free
      .filter((column) => candidates.includes(column))
      .map((column) => ({
        title: messages.rename,
        params: { name, column },
        edits: setHeaderName(scope, cell, column),
        safe: column === former,
      }));
  },
};

/** The present name of a column that was renamed, unless the file has that column too. */
function replacement({ layout, version }: Scope, name: string): ColumnName | undefined {
  const column = formerColumnNames.get(name.toUpperCase());
  return column !== undefined && columnsOf(version).has(column) && layout.cellOf[column] === undefined
    ? column
    : undefined;
}
