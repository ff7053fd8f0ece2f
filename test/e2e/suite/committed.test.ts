import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { openFailedNodes, threeFailed } from '../failedNodes.ts';
import { commitAll, findingOf } from '../support.ts';

suite('what git has', () => {
  test('an entry that was deleted since the last commit is missed, and one command brings it back', async () => {
    const document = await openFailedNodes('committed');
    const project = path.dirname(path.dirname(document.uri.fsPath));
    await commitAll(project);
    const text = document.getText();
    const from = document.positionAt(text.indexOf('        {\n            "bmc_ip": "172.17.107.3"'));
    const to = document.positionAt(text.indexOf('        {\n            "bmc_ip": "172.17.107.4"'));
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(from, to));
    await vscode.workspace.applyEdit(edit);
    await findingOf(document.uri, 'deleted-entry');
    await vscode.commands.executeCommand('buildstream.restoreDeletedEntry');
    assert.deepEqual(JSON.parse(document.getText()), JSON.parse(threeFailed));
    await vscode.commands.executeCommand('undo');
  });
});
