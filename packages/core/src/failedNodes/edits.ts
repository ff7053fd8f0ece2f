import { modify, type Edit, type FormattingOptions, type JSONPath } from 'jsonc-parser';
import type { TextEdit } from '../text/position.ts';
import type { FailedEntry, FailedNodesDocument } from './document.ts';
import { insertFields } from './insertFields.ts';

/** Edits of failed_nodes.json that keep its indentation, the order of its keys and its line ends. */

export type NodeStatus = 'failed' | 'success';

/** Sets the status of an entry; adds the key where it is missing. No edit when it has that status already. */
export function setStatus(document: FailedNodesDocument, entry: FailedEntry, status: NodeStatus): TextEdit[] {
  const field = entry.fields.get('status');
  if (field?.value === status) return [];
  if (field !== undefined) return [{ range: field.range, newText: JSON.stringify(status) }];
  return setField(document, entry, 'status', status);
}

/** Sets any field of an entry; adds the key at the end where it is missing. */
export function setField(document: FailedNodesDocument, entry: FailedEntry, key: string, value: string): TextEdit[] {
  const field = entry.fields.get(key);
  if (field !== undefined) {
    return field.value === value ? [] : [{ range: field.range, newText: JSON.stringify(value) }];
  }
  const edit = insertFields(document, entry, [[key, value]]);
  return edit === undefined ? [] : [edit];
}

/** Puts an entry back at an index of the list, as it was. */
export function insertEntry(document: FailedNodesDocument, index: number, entry: unknown): TextEdit[] {
  return change(document, ['failed_nodes', Math.min(index, document.entries.length)], entry, true);
}

/** Removes an entry from the list. */
export function removeEntry(document: FailedNodesDocument, entry: FailedEntry): TextEdit[] {
  return change(document, ['failed_nodes', entry.index], undefined);
}

/** No edit where the text is too broken for the change to have a place, or the list stands twice: it would be the first. */
function change(document: FailedNodesDocument, path: JSONPath, value: unknown, isArrayInsertion = false): TextEdit[] {
  if (document.doubled.some(({ key }) => key === 'failed_nodes')) return [];
  try {
    const options = { formattingOptions: style(document), isArrayInsertion };
    return toTextEdits(document, modify(document.text, path, value, options));
  } catch {
    return [];
  }
}

function toTextEdits({ lines }: FailedNodesDocument, edits: readonly Edit[]): TextEdit[] {
  return edits.map(({ offset, length, content }) => ({
    range: lines.range(offset, offset + length),
    newText: content,
  }));
}

/** Indentation and line end that the file uses; Omnia writes four blanks and line feeds. */
function style({ text }: FailedNodesDocument): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '    ';
  const insertSpaces = !indent.startsWith('\t');
  return { insertSpaces, tabSize: insertSpaces ? indent.length : 4, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}
