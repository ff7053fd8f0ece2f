import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { cellValue } from '@omnia-buildstream/core/csv/record';
import type { ColumnName } from '@omnia-buildstream/core/mapping/columns';
import { detectVersion } from '@omnia-buildstream/core/mapping/detectVersion';
import { readLayout, type Layout } from '@omnia-buildstream/core/mapping/layout';
import { readRow } from '@omnia-buildstream/core/mapping/row';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { nodeLinksIn, rowLinksIn } from '@omnia-buildstream/gitlab/trace/rowLinks';
import { lineOfCsvRow } from '../../language/csvRow.ts';

/** Columns whose values name a node in logs. */
const names = ['HOSTNAME', 'BMC_IP', 'ADMIN_IP'] as const satisfies readonly ColumnName[];

/** Finds the rows of a mapping file that a log names. */
export interface MappingRows {
  /** Physical line, from 0, of what Omnia calls "CSV row N". Undefined if there is no such row. */
  readonly lineOfRow: (row: number) => number | undefined;
  /** Physical line, from 0, of the row with this hostname, BMC IP, or admin IP. Undefined if there is no such row. */
  readonly lineOfNode: (name: string) => number | undefined;
}

/** A place in a log line that links to a line of the mapping file. */
export interface MappingLink {
  /** First character and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** Physical line of the mapping file, from 0. */
  readonly at: number;
}

/** Whether a line may contain such places; checked before the mapping file is searched for. */
export function namesMapping(line: string): boolean {
  return rowLinksIn(line).length > 0 || nodeLinksIn(line).length > 0;
}

/** The rows and nodes that a log line names and the mapping file contains. */
export function placesIn(line: string, { lineOfRow, lineOfNode }: MappingRows): MappingLink[] {
  const rows = rowLinksIn(line).map(({ start, end, row }) => ({ start, end, at: lineOfRow(row) }));
  const nodes = nodeLinksIn(line).map(({ start, end, name }) => ({ start, end, at: lineOfNode(name) }));
  return [...rows, ...nodes].flatMap(({ at, ...place }) => (at === undefined ? [] : [{ ...place, at }]));
}

/**
 * @param path with `/` as separator; it also reveals the version
 * @param version as set by the user; undefined to guess it from the file, as the checks do
 */
export function mappingRows(text: string, path: string, version?: OmniaVersion): MappingRows {
  const document = new CsvDocument(text);
  const layout = readLayout(document);
  const counted = version ?? guess(document, layout, path);
  const lines = new Map<string, number>();
  document.records.forEach((record, index) => {
    if (index <= layout.headerIndex) return;
    const row = readRow(record, layout);
    for (const name of names) if (!lines.has(row.text[name])) lines.set(row.text[name], document.lineOf(index));
  });
  lines.delete('');
  return {
    lineOfRow: (row) => lineOfCsvRow(text, row, counted),
    lineOfNode: (name) => lines.get(name),
  };
}

function guess(document: CsvDocument, layout: Layout, path: string): OmniaVersion {
  const values = (column: ColumnName) => {
    const cell = layout.cellOf[column];
    const cells = document.records.slice(layout.headerIndex + 1).map(({ cells }) => cells[cell ?? -1] ?? '');
    return new Set(cells.map((raw) => cellValue(raw).trim()));
  };
  const roles = values('FUNCTIONAL_GROUP_NAME');
  return detectVersion({ path, layout, roles, groups: values('GROUP_NAME') }).version;
}
