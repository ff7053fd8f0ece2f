import type { SourceTable } from '../mapping/sourceTable.ts';
import type { Say } from '../text/message.ts';
import { wordsOf } from '../text/phrase.ts';
import type { MappingModel } from '../validation/model.ts';
import { mapOf, namesOf, placeColumns, type ColumnMap } from './importColumns.ts';
import { countsOfImport, matchSource, type ImportCounts } from './importNodes.ts';

/** What an import would do, for somebody who maps its columns by hand. */
export interface ImportSurvey {
  /** Of the file, with the column of the source that goes into each; empty: none. */
  readonly columns: readonly { readonly column: string; readonly source: string }[];
  /** Of the source, with its first values. */
  readonly sources: readonly SourceColumn[];
  readonly counts: ImportCounts | null;
  /** Why its nodes cannot be told apart; in the user's language. */
  readonly problem: string | null;
}

export interface SourceColumn {
  /** Its name, else its number from 1: the way a map refers to it. */
  readonly name: string;
  readonly samples: readonly string[];
}

const mostSamples = 3;

export function surveyImport(model: MappingModel, table: SourceTable, map: ColumnMap, say: Say): ImportSurvey {
  const placed = placeColumns(model, table, map);
  if ('refused' in placed) {
    const problem = wordsOf(placed.refused, say);
    return { columns: [], sources: [], counts: null, problem };
  }
  const used = mapOf(model, table, placed);
  const matched = matchSource(model, table, map, say);
  const names = namesOf(model).filter((name) => name !== '');
  return {
    columns: names.map((column) => ({ column, source: used[column] ?? '' })),
    sources: sourcesOf(table, placed.hasHeader),
    ...('refused' in matched
      ? { counts: null, problem: matched.refused }
      : { counts: countsOfImport(matched.found), problem: null }),
  };
}

function sourcesOf({ rows, width }: SourceTable, hasHeader: boolean): SourceColumn[] {
  const [first = []] = rows;
  const values = hasHeader ? rows.slice(1) : rows;
  return Array.from({ length: width }, (_, at) => {
    const samples = values.flatMap((row) => (row[at] === undefined || row[at] === '' ? [] : [row[at]]));
    const name = hasHeader ? (first[at] ?? '') : '';
    const isClear = name !== '' && first.indexOf(name) === at;
    return { name: isClear ? name : String(at + 1), samples: samples.slice(0, mostSamples) };
  });
}
