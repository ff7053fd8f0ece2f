import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Answers } from '../answers.ts';
import { actionTitled, expectCodes, findingOf, mapping, openMapping, row } from '../support.ts';

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

  test('one choice in the light bulb is made for all problems of the kind, and Fix All says what is left', async () => {
    const before = mapping(...[2, 3, 4, 5].map((number) => row(number, { BMC_IP: '172.17.107.2' })));
    const document = await openMapping('kind', before);
    const { uri } = document;
    await expectCodes(uri, ['dup-bmc-ip', 'dup-bmc-ip', 'dup-bmc-ip']);
    await vscode.commands.executeCommand('buildstream.fixAllProblems');
    assert.match(answers.last?.message ?? '', /^Problems left \(\d+\), .*dup-bmc-ip \(3\)/);
    const { range } = await findingOf(uri, 'dup-bmc-ip');
    const action = await actionTitled(uri, range, /^For all 3 problems of this kind: /);
    assert.ok(action.edit);
    await vscode.workspace.applyEdit(action.edit);
    await expectCodes(uri, []);
    await undo(document, before);
  });
});
