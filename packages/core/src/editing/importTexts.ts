import type { Template } from '../text/message.ts';

/** What is said of an import, before anything is written. */
export const importTexts = {
  noColumn: "The file has no column '{column}'. Its columns are {columns}.",
  noSource: "The source has no column '{name}'. Its columns are {columns}.",
  noIdentity:
    'No column of the source has service tags, MAC addresses, or hostnames, so its nodes cannot be told apart. Map one of them to its column.',
  noMapping: 'This is not a mapping file with a header, so no node can be imported into it.',
  nothing: 'The file already has everything that is in the source.',
  added: 'New nodes ({count}): {nodes}.',
  changed: 'Nodes that change ({count}), by column: {columns}.',
  assigned: 'Nodes whose role, group, parent, or hostname change ({count}), by column: {columns}.',
  kept: 'Nodes for which the source has another role, group, parent, or hostname ({count}), by column: {columns}. The file keeps its own.',
  keptNew: 'Nodes that the file does not have ({count}) are left out.',
  keptOld: 'Nodes for which the source has other values ({count}) are left as they are.',
  vanished:
    'Nodes of the file that the source does not have ({count}): {nodes}. Their rows stay: removing the row of a Slurm node drains it. Use Remove Nodes… for nodes that are gone.',
  doubled:
    'Lines of the source that contradict a line above about the same node ({count}): {nodes}. What the first line says holds.',
  brings: 'Problems that the new values bring ({count}), by kind: {kinds}.',
} as const satisfies Readonly<Record<string, Template>>;
