import { CsvDocument } from '../csv/document.ts';
import { isBlank, type CsvRecord } from '../csv/record.ts';
import { columnAt, readLayout, type Layout } from '../mapping/layout.ts';
import { isCommentedNode, readRow, type MappingRow } from '../mapping/row.ts';
import { isCommentIn, isConflictMark, isEmptyRow } from '../mapping/skipped.ts';
import { traitsOf, type OmniaVersion } from '../mapping/versions.ts';
import { strip } from '../text/pythonText.ts';

/** A node of the mapping file, as far as a stage needs to know it. Values are stripped, otherwise as written. */
export interface Target {
  /** Key of the bookkeeping; empty when the row has none. For a stage of Omnia with the blanks that the cell has. */
  readonly bmcIp: string;
  readonly hostname: string;
  readonly serviceTag: string;
  readonly functionalGroup: string;
  readonly groupName: string;
  readonly adminIp: string;
  readonly adminMac: string;
  /** Line of the row in the file, from 0. */
  readonly line: number;
  /** The row starts with `#`, which the restart stage of 2.3 does not treat as a comment. */
  readonly isCommented?: true;
}

/** A mapping file that is read already. */
export interface ReadMapping {
  readonly document: CsvDocument;
  readonly layout: Layout;
  readonly version: OmniaVersion;
  /** The row of a record, where it is known. */
  rowOf?(record: CsvRecord): MappingRow | undefined;
}

/**
 * The nodes of a mapping file for a stage that runs from here, in its order. Rows are taken as they are: code that
 * powers nodes validates first.
 *
 * A row that begins with `#` is never a node. 2.3 skips rows without any visible character as well.
 */
export function targetsOf(text: string, version: OmniaVersion): Target[] {
  return targetsFromHere(omniaTargetsOf(text, version));
}

/** Those nodes of Omnia's restart stage that a stage from here takes as well, with addresses that it can reach. */
export function targetsFromHere(omnias: readonly Target[]): Target[] {
  return omnias
    .filter(({ isCommented }) => isCommented !== true)
    .map((target) => ({ ...target, bmcIp: strip(target.bmcIp) }));
}

/**
 * The nodes of a mapping file as Omnia's restart stage takes them: BMC addresses are compared with their blanks, and in
 * 2.3 a row behind `#` is a node like any other (omnia.md section 4.1).
 */
export function omniaTargetsOf(text: string, version: OmniaVersion): Target[] {
  return omniaTargetsIn(readMappingText(text, version));
}

export function readMappingText(text: string, version: OmniaVersion): ReadMapping {
  const document = new CsvDocument(text);
  return { document, layout: readLayout(document, version), version };
}

/** The same as `omniaTargetsOf` of the text. */
export function omniaTargetsIn(file: ReadMapping): Target[] {
  const { document, layout, version } = file;
  if (layout.headerIndex < 0) return [];
  return document.records.flatMap((record, index) => {
    if (index <= layout.headerIndex || isBlank(record) || isConflictMark(record)) return [];
    if (isCommentIn(record, version)) return commentedTarget(file, record, index) ?? [];
    if (traitsOf(version).readsComments && isEmptyRow(record)) return [];
    return targetOfRow(file.rowOf?.(record) ?? readRow(record, layout), document.lineOf(index));
  });
}

export function targetOfRow({ text, bmcKey }: MappingRow, line: number): Target {
  return {
    bmcIp: bmcKey,
    hostname: text.HOSTNAME,
    serviceTag: text.SERVICE_TAG,
    functionalGroup: text.FUNCTIONAL_GROUP_NAME,
    groupName: text.GROUP_NAME,
    adminIp: text.ADMIN_IP,
    adminMac: text.ADMIN_MAC,
    line,
  };
}

/** The node of a row behind `#`; undefined where the comment is no row with a BMC_IP, or the version knows comments. */
function commentedTarget(file: ReadMapping, record: CsvRecord, index: number): Target | undefined {
  const row = commentedRow(file, record);
  return row === undefined ? undefined : { ...targetOfRow(row, file.document.lineOf(index)), isCommented: true };
}

/** A row behind `#` that the restart stage takes for a node, as if it stood without the sign. */
export function commentedRow({ layout, version }: Omit<ReadMapping, 'document'>, record: CsvRecord) {
  if (!isCommentIn(record, version) || !isCommentedNode(record, layout, version)) return undefined;
  const row = readRow(record, layout);
  const first = columnAt(layout, 0);
  if (first === undefined) return row;
  return { ...row, text: { ...row.text, [first]: strip(row.text[first].replace(/^#+/, '')) } };
}
