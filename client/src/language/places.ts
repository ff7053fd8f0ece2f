import type { Position, Range, TextEdit } from '@omnia-buildstream/core/text/position';
import type { NodePlace } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';

export function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** In the form that is sent to the server. */
export function fromRange({ start, end }: vscode.Range): Range {
  return { start: fromPosition(start), end: fromPosition(end) };
}

export function fromPosition({ line, character }: vscode.Position): Position {
  return { line, character };
}

export function toTextEdit({ range, newText }: TextEdit): vscode.TextEdit {
  return new vscode.TextEdit(toRange(range), newText);
}

/** Shows a place in its file and selects it. */
export async function showPlace({ uri, range }: NodePlace): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: toRange(range) });
}
