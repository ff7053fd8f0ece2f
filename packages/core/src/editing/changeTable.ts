import type { Say } from '../text/message.ts';
import type { MappingModel } from '../validation/model.ts';
import { addNodes, duplicateNodes, type AddNodes, type DuplicateNodes } from './addNodes.ts';
import { convertLayout, type ConvertLayout } from './convertLayout.ts';
import { fill, type Fill } from './fill.ts';
import { fixEverything, type FixEverything } from './fixEverything.ts';
import { importNodes, type ImportNodes } from './importNodes.ts';
import { moveToGroup, type MoveToGroup } from './moveToGroup.ts';
import { pasteRows, type PasteRows } from './pasteRows.ts';
import { sortRows, type SortRows } from './sortRows.ts';
import type { TableChange } from './tableChange.ts';

/** What can be done to many rows of a mapping file at once. */
export type TableAction =
  | PasteRows
  | FixEverything
  | Fill
  | SortRows
  | AddNodes
  | DuplicateNodes
  | ImportNodes
  | MoveToGroup
  | ConvertLayout;

/** The edits of an action; undefined where it has nothing to do with the file. */
export function changeTable(model: MappingModel, action: TableAction, say: Say): TableChange | undefined {
  switch (action.kind) {
    case 'paste':
      return pasteRows(model, action, say);
    case 'fix-all':
      return fixEverything(model, say);
    case 'fill-down':
    case 'fill-series':
      return fill(model, action, say);
    case 'sort':
      return sortRows(model, action, say);
    case 'add':
      return addNodes(model, action, say);
    case 'duplicate':
      return duplicateNodes(model, action, say);
    case 'import':
      return importNodes(model, action, say);
    case 'convert':
      return convertLayout(model, action, say);
    case 'move-to-group':
      return moveToGroup(model, action, say);
  }
}
