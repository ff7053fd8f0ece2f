import { trimCell } from '../csv/edits.ts';
import { mayHaveTabbedCells } from '../mapping/tabbedRow.ts';
import type { Range, TextEdit } from '../text/position.ts';
import { isPythonSpace } from '../text/pythonText.ts';
import type { MappingModel } from '../validation/model.ts';

/** Edits that remove blanks around values, in the header and the rows; nothing else changes. */
export function trimPadding(model: MappingModel, range?: Range): TextEdit[] {
  const { document } = model;
  const edits: TextEdit[] = [];
  const first = range === undefined ? 0 : document.indexAtLine(range.start.line);
  const last = range === undefined ? document.records.length - 1 : document.indexAtLine(range.end.line);
  for (let index = first; index <= last; index++) {
    const record = document.records[index];
    if (record === undefined) break;
    const kind = model.kindOf(record);
    // With wrong quotes it is unknown what belongs to the value.
    if (record.faults.length > 0 || kind === 'comment' || kind === 'blank') continue;
    if (mayHaveTabbedCells(record, document.delimiter, model.layout)) continue;
    for (const [cell, raw] of record.cells.entries()) {
      if (!hasPadding(raw)) continue;
      const edit = trimCell(document, record, cell);
      if (edit.newText !== raw) edits.push(edit);
    }
  }
  return edits;
}

/** A cheap check before the exact one: a blank at either end, inside the quotes too. */
function hasPadding(raw: string): boolean {
  const quoted = raw.startsWith('"') ? 1 : 0;
  return isPythonSpace(raw.charCodeAt(quoted)) || isPythonSpace(raw.charCodeAt(raw.length - 1 - quoted));
}
