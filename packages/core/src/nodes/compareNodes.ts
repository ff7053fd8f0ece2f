import { isBlank } from '../csv/record.ts';
import { cleanName } from '../hardware/seen.ts';
import { columnNames, type ColumnName } from '../mapping/columns.ts';
import { readRow, type MappingRow } from '../mapping/row.ts';
import { isCommentIn, isConflictMark, isEmptyRow } from '../mapping/skipped.ts';
import type { OmniaVersion } from '../mapping/versions.ts';
import { readMappingText } from '../plan/targets.ts';

/** A version of a mapping file; without text where it has none, such as before it was made. */
export interface FileVersion {
  /** For people. */
  readonly name: string;
  readonly text: string;
}

/** A node of one of two versions of a mapping file. */
export interface ComparedNode {
  readonly hostname: string;
  readonly serviceTag: string;
  readonly bmcIp: string;
  readonly functionalGroup: string;
  readonly groupName: string;
}

export interface ChangedCell {
  readonly column: ColumnName;
  readonly before: string;
  readonly after: string;
}

/** Two versions of a mapping file as lists of nodes; order and form of the file do not count. */
export interface ComparedFiles {
  readonly added: readonly ComparedNode[];
  /** Named as before. */
  readonly changed: readonly { readonly node: ComparedNode; readonly cells: readonly ChangedCell[] }[];
  readonly removed: readonly ComparedNode[];
  /** How many nodes are the same in both. */
  readonly same: number;
}

type RowText = MappingRow['text'];

/**
 * Which row of one version corresponds to which of the other: the same machine, else the same name, else the same BMC.
 */
const keys: readonly ((text: RowText) => string)[] = [
  ({ SERVICE_TAG }) => cleanName(SERVICE_TAG),
  ({ HOSTNAME }) => HOSTNAME.toLowerCase(),
  ({ BMC_IP }) => BMC_IP,
];

/** @param before, after texts of the file, empty where it does not exist */
export function compareNodes(before: string, after: string, version: OmniaVersion): ComparedFiles {
  const [old, now] = [nodesIn(before, version), nodesIn(after, version)];
  const partner = sameRows(old, now);
  const taken = new Set(partner.values());
  for (const keyOf of keys) {
    const free = onlyOnes(
      now.filter((row) => !taken.has(row)),
      keyOf,
    );
    const own = onlyOnes(
      old.filter((row) => !partner.has(row)),
      keyOf,
    );
    for (const [key, row] of own) {
      const found = free.get(key);
      if (found === undefined) continue;
      partner.set(row, found);
      taken.add(found);
    }
  }
  const pairs = old.flatMap((row) => {
    const other = partner.get(row);
    return other === undefined ? [] : [{ node: nodeOf(row), cells: cellsOf(row, other) }];
  });
  const changed = pairs.filter(({ cells }) => cells.length > 0);
  return {
    added: now.filter((row) => !taken.has(row)).map(nodeOf),
    changed,
    removed: old.filter((row) => !partner.has(row)).map(nodeOf),
    same: pairs.length - changed.length,
  };
}

function nodesIn(text: string, version: OmniaVersion): RowText[] {
  const { document, layout } = readMappingText(text, version);
  if (layout.headerIndex < 0) return [];
  return document.records.slice(layout.headerIndex + 1).flatMap((record) => {
    const isNone = isBlank(record) || isConflictMark(record) || isCommentIn(record, version) || isEmptyRow(record);
    return isNone ? [] : [readRow(record, layout).text];
  });
}

/** Rows that did not change, even if one occurs several times. */
function sameRows(old: readonly RowText[], now: readonly RowText[]): Map<RowText, RowText> {
  const free = new Map<string, RowText[]>();
  for (const row of now.toReversed()) {
    const key = JSON.stringify(row);
    const same = free.get(key);
    if (same === undefined) free.set(key, [row]);
    else same.push(row);
  }
  const pairs = old.flatMap((row): [RowText, RowText][] => {
    const found = free.get(JSON.stringify(row))?.pop();
    return found === undefined ? [] : [[row, found]];
  });
  return new Map(pairs);
}

/** What several rows have identifies none of them; nor does an empty value. */
function onlyOnes(rows: readonly RowText[], keyOf: (text: RowText) => string): ReadonlyMap<string, RowText> {
  const found = new Map<string, RowText>();
  const doubled = new Set<string>();
  for (const row of rows) {
    const key = keyOf(row);
    if (found.has(key)) doubled.add(key);
    found.set(key, row);
  }
  for (const key of ['', ...doubled]) found.delete(key);
  return found;
}

function cellsOf(before: RowText, after: RowText): ChangedCell[] {
  return columnNames.flatMap((column) =>
    before[column] === after[column] ? [] : [{ column, before: before[column], after: after[column] }],
  );
}

function nodeOf({ HOSTNAME, SERVICE_TAG, BMC_IP, FUNCTIONAL_GROUP_NAME, GROUP_NAME }: RowText): ComparedNode {
  return {
    hostname: HOSTNAME,
    serviceTag: SERVICE_TAG,
    bmcIp: BMC_IP,
    functionalGroup: FUNCTIONAL_GROUP_NAME,
    groupName: GROUP_NAME,
  };
}
