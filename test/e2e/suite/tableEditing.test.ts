import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Answers } from '../answers.ts';
import { eventually, expectCodes, mapping, openMapping, row } from '../support.ts';

/** Journeys through the commands that change many rows; each leaves the file as it was by one undo. */
suite('many rows at once', () => {
  let answers: Answers;

  setup(() => {
    answers = new Answers();
  });
  teardown(() => {
    answers.restore();
  });

  async function undo(document: vscode.TextDocument, before: string): Promise<void> {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  }

  test('cells of a spreadsheet are pasted as rows, and one undo takes them back', async () => {
    const before = mapping(row(2));
    const document = await openMapping('paste', before);
    await expectCodes(document.uri, []);
    const lines = [3, 4, 5].map((number) => row(number));
    await vscode.env.clipboard.writeText(lines.map((line) => line.replaceAll(',', '\t')).join('\n'));
    const editor = await vscode.window.showTextDocument(document);
    const end = document.lineAt(document.lineCount - 1).range.end;
    editor.selection = new vscode.Selection(end, end);
    await vscode.commands.executeCommand('editor.action.pasteAs', { kind: 'text.omniaRows' });
    await eventually('the rows', () => (document.getText() === before + lines.join('\n') + '\n' ? true : undefined));
    await expectCodes(document.uri, []);
    await undo(document, before);
  });

  test('Paste Rows… shows what it appends and asks', async () => {
    const before = mapping(row(2));
    const document = await openMapping('pasteRows', before);
    await expectCodes(document.uri, []);
    const head = 'Hostname;Service Tag;iDRAC IP;Model';
    await vscode.env.clipboard.writeText(`${head}\nnode7;TAG0007;172.17.107.7;XE9680\n`);
    answers.button = 'Insert 1 Row';
    await vscode.commands.executeCommand('buildstream.pasteRows');
    assert.equal(document.getText(), `${before},,TAG0007,,node7,,,,172.17.107.7\n`);
    assert.match(answers.last?.message ?? '', /^Insert 1 row at the end of .*pxe_mapping_file\.csv\?$/);
    assert.match(answers.last?.detail ?? '', /left out: Model/);
    assert.ok(vscode.window.activeTextEditor?.document === document, 'the preview is closed');
    await undo(document, before);
  });
});
