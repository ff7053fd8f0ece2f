import type { ColumnMap } from '@omnia-buildstream/core/editing/importColumns';
import type { SourceTable } from '@omnia-buildstream/core/mapping/sourceTable';
import type * as vscode from 'vscode';

const key = 'buildstream.import.columns';
/** Number of sources that are remembered, the latest imports first. */
const mostKept = 20;

type Remembered = readonly { readonly header: string; readonly map: ColumnMap }[];

/** How the columns of such a source were last mapped in this workspace. Empty for a new source. */
export function rememberedMap(state: vscode.Memento, table: SourceTable): ColumnMap {
  return state.get<Remembered>(key, []).find(({ header }) => header === headerOf(table))?.map ?? {};
}

export async function rememberMap(state: vscode.Memento, table: SourceTable, map: ColumnMap): Promise<void> {
  const header = headerOf(table);
  const others = state.get<Remembered>(key, []).filter((one) => one.header !== header);
  await state.update(key, [{ header, map }, ...others].slice(0, mostKept));
}

/**
 * What exports of one program share: the names of their columns, or without a header their number. Values of machines
 * are not stored.
 */
function headerOf({ rows, isNamed, width }: SourceTable): string {
  const names = rows[0] ?? [];
  const isHeader = isNamed === true || !names.some((name) => /^[0-9.:-]+$/.test(name));
  return isHeader ? JSON.stringify(names) : String(width);
}
