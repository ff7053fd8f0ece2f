import type { CommandHandler } from '../platform/commands.ts';
import { addNodes } from './addNodes.ts';
import { fillColumn, goToCell, selectColumn, sortByColumn } from './columnCommands.ts';
import { convertFileLayout } from './convertLayout.ts';
import { editAsTable } from './editAsTable.ts';
import { pasteRows } from './pasteRows.ts';
import type { CommandContext } from '../commands/commandContext.ts';
import { duplicateNodes, moveToGroup, type RowContext } from './rowCommands.ts';
import type { TableMode } from './tableMode.ts';

/** The commands that change many rows of a mapping file, or move through its cells, by name. */
export function tableCommands(
  context: RowContext & Pick<CommandContext, 'context'>,
  tableMode: TableMode,
): Readonly<Record<`buildstream.${string}`, CommandHandler>> {
  return {
    'buildstream.pasteRows': () => pasteRows(context),
    'buildstream.addNodes': () => addNodes(context),
    'buildstream.duplicateNodes': (...args) => duplicateNodes(context, args),
    'buildstream.moveToGroup': (...args) => moveToGroup(context, args),
    'buildstream.importNodes': async (uri) => {
      const { importNodes } = await import('./importNodes.ts');
      await importNodes(context, uri);
    },
    'buildstream.convertLayout': () => convertFileLayout(context),
    'buildstream.selectColumn': () => selectColumn(context),
    'buildstream.fillDown': () => fillColumn(context, 'fill-down'),
    'buildstream.fillSeries': () => fillColumn(context, 'fill-series'),
    'buildstream.sortByColumn': () => sortByColumn(context),
    'buildstream.nextCell': () => goToCell(context, 'next'),
    'buildstream.previousCell': () => goToCell(context, 'previous'),
    'buildstream.editAsTable': () => editAsTable(),
    'buildstream.toggleTable': () => tableMode.toggle(),
  };
}
