import { CsvDocument } from '../csv/document.ts';
import { isBlank } from '../csv/record.ts';
import { readLayout } from '../mapping/layout.ts';
import { readRow } from '../mapping/row.ts';
import { isCommentIn, isEmptyRow } from '../mapping/skipped.ts';
import { traitsOf, type OmniaVersion } from '../mapping/versions.ts';

/** A node of the mapping file, as far as a stage needs to know it. Values are stripped, otherwise as written. */
export interface Target {
  /** Key of the bookkeeping; empty when the row has none. */
  readonly bmcIp: string;
  readonly hostname: string;
  readonly serviceTag: string;
  readonly functionalGroup: string;
  readonly groupName: string;
  readonly adminIp: string;
  readonly adminMac: string;
  /** Line of the row in the file, from 0. */
  readonly line: number;
}

/**
 * The nodes of a mapping file, in its order. Rows are taken as they are: whoever powers nodes validates first.
 *
 * A row that begins with `#` is never a node. 2.3 skips such rows; 2.2 reads them as data and then refuses the whole
 * file because of the functional group, so no version boots a node that is commented out. 2.3 skips rows without any
 * visible character as well.
 */
export function targetsOf(text: string, version: OmniaVersion): Target[] {
  const document = new CsvDocument(text);
  const layout = readLayout(document, version);
  const targets: Target[] = [];
  document.records.forEach((record, index) => {
    if (index <= layout.headerIndex || layout.headerIndex < 0) return;
    if (isBlank(record) || isCommentIn(record, version) || (traitsOf(version).readsComments && isEmptyRow(record)))
      return;
    const { text: cells } = readRow(record, layout);
    targets.push({
      bmcIp: cells.BMC_IP,
      hostname: cells.HOSTNAME,
      serviceTag: cells.SERVICE_TAG,
      functionalGroup: cells.FUNCTIONAL_GROUP_NAME,
      groupName: cells.GROUP_NAME,
      adminIp: cells.ADMIN_IP,
      adminMac: cells.ADMIN_MAC,
      line: document.lineOf(index),
    });
  });
  return targets;
}
