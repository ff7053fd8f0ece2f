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

  test('nodes are added at the end of their series, duplicated, and moved to a group with its role', async () => {
    const before = mapping(row(2), row(4));
    const document = await openMapping('nodes', before);
    const { uri } = document;
    await expectCodes(uri, []);
    const filling = new Answers(['2', 'node2', '172.16.107.2', '172.17.107.2', 'NEW0001 NEW0002', '', '']);
    filling.pick = (items) => items.find((item) => typeof item !== 'string' && item.label === 'grp1');
    filling.button = ['Add 2 Nodes', 'Add 1 Node', 'Move 1 Node'];
    try {
      await vscode.commands.executeCommand('buildstream.addNodes');
      const added = document.getText().slice(before.length).trimEnd().split('\n');
      assert.deepEqual(
        added.map((line) => line.split(',').filter((_, cell) => [2, 4, 6, 8].includes(cell))),
        [
          ['NEW0001', 'node3', '172.16.107.3', '172.17.107.3'],
          ['NEW0002', 'node5', '172.16.107.5', '172.17.107.5'],
        ],
      );
      await undo(document, before);
      const editor = await vscode.window.showTextDocument(document);
      editor.selection = new vscode.Selection(2, 0, 2, 3);
      await vscode.commands.executeCommand('buildstream.duplicateNodes');
      assert.match(
        document.getText().slice(before.length),
        /^slurm_node_x86_64,grp1,,,node3,,172\.16\.107\.3,,172\.17\.107\.3\n$/,
      );
      await undo(document, before);
      filling.pick = (items) => items.find((item) => typeof item !== 'string' && item.label === 'grp0');
      editor.selection = new vscode.Selection(2, 0, 2, 3);
      await vscode.commands.executeCommand('buildstream.moveToGroup');
      assert.match(document.lineAt(2).text, /^slurm_control_node_x86_64,grp0,/);
      assert.match(filling.last?.detail ?? '', /Slurm nodes that get another role \(1\): node2/);
      await undo(document, before);
    } finally {
      filling.restore();
    }
  });

  test('a column is selected, filled and sorted by; Tab goes through the cells while the table is shown', async () => {
    const before = mapping(row(4), row(2), row(3));
    const document = await openMapping('columns', before);
    await expectCodes(document.uri, []);
    const editor = await vscode.window.showTextDocument(document);
    const address = document.lineAt(2).text.indexOf('172.17.107.4');
    editor.selection = new vscode.Selection(2, address, 2, address);
    await vscode.commands.executeCommand('buildstream.selectColumn');
    assert.deepEqual(
      editor.selections.map((selection) => document.getText(selection)),
      ['172.17.107.1', '172.17.107.4', '172.17.107.2', '172.17.107.3'],
    );
    await vscode.commands.executeCommand('buildstream.fillSeries');
    assert.match(document.lineAt(4).text, /172\.17\.107\.4$/);
    await undo(document, before);
    editor.selection = new vscode.Selection(2, address, 2, address);
    answers.pick = (items) => items.find((item) => typeof item !== 'string' && item.label === 'Ascending');
    answers.button = 'Move 3 Rows';
    await vscode.commands.executeCommand('buildstream.sortByColumn');
    assert.equal(document.getText(), mapping(row(2), row(3), row(4)));
    assert.match(answers.last?.detail ?? '', /xnames/);
    await undo(document, before);
    await vscode.commands.executeCommand('buildstream.toggleTable');
    const table = await vscode.window.showTextDocument(document);
    table.selection = new vscode.Selection(2, 0, 2, 0);
    await vscode.commands.executeCommand('buildstream.nextCell');
    assert.equal(document.getText(table.selection), 'grp1');
    await vscode.commands.executeCommand('buildstream.previousCell');
    assert.equal(document.getText(table.selection), 'slurm_node_x86_64');
    await vscode.commands.executeCommand('buildstream.toggleTable');
  });
});
