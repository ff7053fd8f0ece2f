import { listLimit } from '../limits.ts';
import type { MappingModel } from '../../validation/model.ts';

/** Where neighboring rows of one group begin. */
export interface GroupRun {
  readonly group: string;
  /** Index of the first record. */
  readonly index: number;
}

/** The runs of every group, comments and blank lines ignored; at most as many as an editor can handle. */
export function groupRuns(model: MappingModel, limit = listLimit): GroupRun[] {
  const found: GroupRun[] = [];
  let group = '';
  for (const [index, record] of model.document.records.entries()) {
    const row = model.rowOf(record);
    if (row === undefined || row.text.GROUP_NAME === group) continue;
    group = row.text.GROUP_NAME;
    if (group !== '') found.push({ group, index });
    if (found.length >= limit) break;
  }
  return found;
}
