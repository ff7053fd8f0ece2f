import type { CommandHandler } from '../platform/commands.ts';
import type { TableContext } from './changeTable.ts';
import { pasteRows } from './pasteRows.ts';

/** The commands that change many rows of a mapping file, by name. */
export function tableCommands(context: TableContext): Readonly<Record<`buildstream.${string}`, CommandHandler>> {
  return {
    'buildstream.pasteRows': () => pasteRows(context),
  };
}
