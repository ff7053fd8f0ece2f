import type { Range } from '../../text/position.ts';
import type { FailedEntry, FailedNodesDocument } from '../../failedNodes/document.ts';
import { bmcIpOf } from '../../failedNodes/entryText.ts';
import { openingOf } from '../../failedNodes/places.ts';
import { cellSpotOf } from '../cellSpot.ts';
import type { ColumnName } from '../../mapping/columns.ts';
import type { MappingRow } from '../../mapping/row.ts';
import type { MappingModel } from '../../validation/model.ts';
import { columnFor, keyFor } from '../../nodes/joinedFields.ts';
import type { NodeModel } from '../../nodes/nodeModel.ts';

/** Where a node is in the mapping file: the cell of `key`, else its BMC_IP. */
export function rowPlaces(nodes: NodeModel, entry: FailedEntry, key: string | undefined): Range[] {
  const { mapping } = nodes;
  if (mapping === undefined) return [];
  const column = columnFor(key ?? '') ?? 'BMC_IP';
  return rowsOfEntry(nodes, entry).map((row) => rowPlace(mapping, row, column));
}

/** Rows that an entry is about. */
export function rowsOfEntry(nodes: NodeModel, entry: FailedEntry): readonly MappingRow[] {
  const bmcIp = bmcIpOf(entry);
  return bmcIp === undefined || bmcIp === '' ? [] : nodes.rowsOf(bmcIp);
}

export function rowPlace(mapping: MappingModel, row: MappingRow, column: ColumnName): Range {
  const spot = cellSpotOf(mapping, row, column);
  return spot?.valueRange ?? mapping.document.recordRange(mapping.document.indexOf(row.record));
}

/** Where a row's node is in failed_nodes.json: the field of `column`, else the bmc_ip. */
export function entryPlaces(nodes: NodeModel, row: MappingRow, column: ColumnName | undefined): Range[] {
  const { failed } = nodes;
  if (failed === undefined) return [];
  return nodes.nodeOf(row).entries.map((entry) => entryPlace(failed, entry, keyFor(column)));
}

export function entryPlace(document: FailedNodesDocument, entry: FailedEntry, key: string | undefined): Range {
  const field = entry.fields.get(key ?? '') ?? entry.fields.get('bmc_ip');
  return field?.range ?? openingOf(document, entry);
}
