import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { actionTitled, expectCodes, findingOf, mapping, openMapping, row } from '../support.ts';

suite('fixes', () => {
  test('the light bulb offers a free address, and applying it removes the problem', async () => {
    const { uri } = await openMapping('bulb', mapping(row(2), row(3, { ADMIN_IP: '172.16.107.2' })));
    const { range } = await findingOf(uri, 'dup-admin-ip');
    const action = await actionTitled(uri, range, /next free address/);
    assert.ok(action.edit);
    await vscode.workspace.applyEdit(action.edit);
    await expectCodes(uri, []);
  });

  test('one command repairs what needs no decision and leaves the rest of the file alone', async () => {
    const good = row(2);
    const document = await openMapping(
      'fixAll',
      mapping(good, row(3, { ADMIN_MAC: '0200.0000.0103' }), row(4, { HOSTNAME: '' })),
    );
    await expectCodes(document.uri, ['bad-mac', 'empty-cell']);
    await vscode.commands.executeCommand('buildstream.fixAllProblems');
    await expectCodes(document.uri, ['empty-cell']);
    assert.equal(document.lineAt(2).text, good);
    assert.match(document.lineAt(3).text, /02:00:00:00:01:03/);
    await vscode.commands.executeCommand('undo');
    await expectCodes(document.uri, ['bad-mac', 'empty-cell']);
  });

  test('"fix on save" knows the kind of our fixes', async () => {
    const { uri, lineCount } = await openMapping('onSave', mapping(row(2, { ADMIN_MAC: '0200.0000.0102' })));
    await findingOf(uri, 'bad-mac');
    const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      new vscode.Range(0, 0, lineCount, 0),
      vscode.CodeActionKind.SourceFixAll.value,
    );
    assert.deepEqual(
      actions.map(({ kind }) => kind?.value),
      ['source.fixAll.buildstream'],
    );
  });

  test('each problem leads to its severity and its page', async () => {
    const { uri } = await openMapping('about', mapping(row(2, { ADMIN_MAC: 'nonsense' })));
    const { range } = await findingOf(uri, 'bad-mac');
    const severity = await actionTitled(uri, range, /severity.*bad-mac/i);
    assert.deepEqual(severity.command?.arguments, ['bad-mac']);
    assert.equal(severity.command.command, 'buildstream.setRuleSeverity');
    const page = await actionTitled(uri, range, /documentation.*bad-mac/i);
    assert.equal(page.command?.command, 'buildstream.openRuleDocs');
  });
});
