import type { Say } from '../text/message.ts';
import type { MappingModel } from '../validation/model.ts';
import { fixEverything, type FixEverything } from './fixEverything.ts';
import { pasteRows, type PasteRows } from './pasteRows.ts';
import type { TableChange } from './tableChange.ts';

/** What can be done to many rows of a mapping file at once. */
export type TableAction = PasteRows | FixEverything;

/** The edits of an action; undefined where it has nothing to do with the file. */
export function changeTable(model: MappingModel, action: TableAction, say: Say): TableChange | undefined {
  switch (action.kind) {
    case 'paste':
      return pasteRows(model, action, say);
    case 'fix-all':
      return fixEverything(model, say);
  }
}
