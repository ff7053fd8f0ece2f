import type { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { cellValue } from '@omnia-buildstream/core/csv/record';
import type { ColumnName } from '@omnia-buildstream/core/mapping/columns';
import { detectVersion } from '@omnia-buildstream/core/mapping/detectVersion';
import { readLayout, type Layout } from '@omnia-buildstream/core/mapping/layout';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { strip } from '@omnia-buildstream/core/text/pythonText';

/** Guesses the version from the location of the file (an absolute path, or empty if there is none) and its content. */
export function versionOf(file: string, document: CsvDocument): OmniaVersion {
  const layout = readLayout(document);
  return detectVersion({
    path: file.replaceAll('\\', '/'),
    layout,
    roles: valuesOf('FUNCTIONAL_GROUP_NAME', layout, document),
    groups: valuesOf('GROUP_NAME', layout, document),
  }).version;
}

/** The distinct values of a column: few in columns that contain names of groups. */
function valuesOf(column: ColumnName, { cellOf, headerIndex }: Layout, document: CsvDocument): Set<string> {
  const values = new Set<string>();
  const cell = cellOf[column];
  if (cell === undefined) return values;
  for (let index = headerIndex + 1; index < document.records.length; index++) {
    const raw = document.records[index]?.cells[cell];
    if (raw !== undefined) values.add(strip(cellValue(raw)));
  }
  return values;
}
