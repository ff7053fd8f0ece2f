import type { MappingRow } from '../mapping/row.ts';
import { omniaTargetsIn, targetOfRow, type Target } from '../plan/targets.ts';
import type { MappingModel } from '../validation/model.ts';

/** The same as `omniaTargetsOf` for the text, from a file that has been read already. */
export function modelTargets(model: MappingModel): Target[] {
  return omniaTargetsIn(model);
}

export function targetOf({ document }: MappingModel, row: MappingRow): Target {
  return targetOfRow(row, document.lineOf(document.indexOf(row.record)));
}
