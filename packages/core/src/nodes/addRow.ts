import { encodeCell, lineEndOf } from '../csv/edits.ts';
import type { TextEdit } from '../text/position.ts';
import { stringOf, type FailedEntry } from '../failedNodes/document.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { columnAt } from '../mapping/layout.ts';
import { mergeConflictIn } from '../plan/obstacles.ts';
import type { MappingModel } from '../validation/model.ts';

/** Keys of an entry and the cells that they fill. */
const sources: readonly (readonly [ColumnName, string])[] = [
  ['BMC_IP', 'bmc_ip'],
  ['HOSTNAME', 'hostname'],
  ['SERVICE_TAG', 'service_tag'],
  ['ADMIN_IP', 'admin_ip'],
];

/** What nodes in the same place share; a person checks it. */
const shared: readonly ColumnName[] = ['FUNCTIONAL_GROUP_NAME', 'GROUP_NAME', 'PARENT_SERVICE_TAG'];

/**
 * Adds a row for the node of an entry after the last row; what is unknown stays empty. Undefined without a header, and
 * in a merge conflict.
 */
export function addRow(model: MappingModel, { fields }: FailedEntry): TextEdit | undefined {
  const { document, layout } = model;
  const last = document.records.findLastIndex((record) => model.rowOf(record) !== undefined);
  const index = last === -1 ? layout.headerIndex : last;
  const record = document.records[index];
  if (record === undefined || layout.headerIndex === -1 || mergeConflictIn(model) !== undefined) return undefined;
  const above = model.rowOf(record);
  const values = new Map<ColumnName, string>(shared.map((column) => [column, above?.text[column] ?? '']));
  for (const [column, key] of sources) values.set(column, stringOf(fields, key) ?? '');
  const cells = layout.cells.map((_, cell) => {
    const column = columnAt(layout, cell);
    return encodeCell(column === undefined ? '' : (values.get(column) ?? ''), document.delimiter);
  });
  const { end } = document.recordRange(index);
  return { range: { start: end, end }, newText: lineEndOf(document) + cells.join(document.delimiter) };
}
