import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { openFailedNodes, threeFailed } from '../failedNodes.ts';
import { actionTitled, commitAll, eventually, save } from '../support.ts';

const marked = threeFailed.replaceAll('"failed"', '"success"');

async function saved(document: vscode.TextDocument): Promise<string> {
  await save(document);
  return readFileSync(document.uri.fsPath, 'utf8');
}

function lensesOf(uri: vscode.Uri): Promise<readonly vscode.CodeLens[]> {
  return eventually('code lenses', async () => {
    const found = await vscode.commands.executeCommand<readonly vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
      100,
    );
    return found.some(({ command }) => command?.command.startsWith('buildstream.') === true) ? found : undefined;
  });
}

suite('failed_nodes.json', () => {
  teardown(() => vscode.commands.executeCommand('notifications.clearAll'));

  test('the light bulb marks one node, and nothing else in the file changes', async () => {
    const document = await openFailedNodes('markOne');
    const at = document.positionAt(document.getText().indexOf('"node3"'));
    const action = await actionTitled(
      document.uri,
      new vscode.Range(at, at),
      /Mark node3 \(172\.17\.107\.3\) as successful/,
    );
    assert.ok(action.edit);
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    const lines = (await saved(document)).split('\n');
    const before = threeFailed.split('\n');
    const changed = lines.flatMap((line, index) => (line === before[index] ? [] : [index]));
    assert.equal(lines.length, before.length);
    assert.deepEqual(changed, [before.findIndex((line) => line.includes('"node3"')) + 2]);
  });

  test('one command marks all nodes, one undo takes it back, and the saved file differs in the statuses only', async () => {
    const document = await openFailedNodes('markAll');
    await vscode.commands.executeCommand('buildstream.markAllSuccessful');
    assert.equal(document.getText(), marked);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), threeFailed);
    // VS Code says separately that a document is as it was saved.
    await eventually('no unsaved change', () => (document.isDirty ? undefined : true));
    await vscode.commands.executeCommand('redo');
    assert.equal(await saved(document), marked);
  });

  test('marking all is about the file that is looked at, also when several projects are open', async () => {
    const first = await openFailedNodes('firstProject');
    await openFailedNodes('secondProject');
    await vscode.window.showTextDocument(first);
    await vscode.commands.executeCommand('buildstream.markAllSuccessful');
    assert.equal(first.getText(), marked);
    await vscode.commands.executeCommand('undo');
  });

  test('the lenses mark a node, take it back, and lead to its row', async () => {
    const document = await openFailedNodes('lenses');
    const lenses = await lensesOf(document.uri);
    assert.match(lenses[0]?.command?.title ?? '', /^3 failed/);
    await run(lenses, 'buildstream.markSuccessful');
    assert.equal(document.getText(), threeFailed.replace('"failed"', '"success"'));
    await run(
      await eventually('a lens for the marked node', async () => withMarkFailed(document.uri)),
      'buildstream.markFailed',
    );
    assert.equal(document.getText(), threeFailed);
    await run(await lensesOf(document.uri), 'buildstream.showInMapping');
    const editor = vscode.window.activeTextEditor;
    assert.match(editor?.document.uri.path ?? '', /lenses\/input\/pxe_mapping_file\.csv$/);
    assert.equal(editor?.document.getText(editor.selection), '172.17.107.2');
  });

  test('a mistake is reported once, although VS Code itself knows the schema', async () => {
    const document = await openFailedNodes('schema', threeFailed.replace('"failed"', '"Success"'));
    const range = new vscode.Range(0, 0, document.lineCount, 0);
    const action = await actionTitled(document.uri, range, /"success"/);
    const [found, ...others] = await eventually('a finding', () => {
      const all = vscode.languages.getDiagnostics(document.uri);
      return all.length > 0 ? all : undefined;
    });
    assert.deepEqual(others, []);
    assert.equal(document.getText(found?.range), '"Success"');
    assert.ok(action.edit);
  });

  test('the plan names what will be booted and why, and follows the file', async () => {
    const document = await openFailedNodes('plan');
    // Git shows which rows the last run knew: the others are booted.
    await commitAll(path.dirname(path.dirname(document.uri.fsPath)));
    await vscode.commands.executeCommand('buildstream.showPlan', document.uri.toString());
    const plan = await eventually('the plan', () =>
      vscode.workspace.textDocuments.find(
        ({ uri }) => uri.scheme === 'buildstream-plan' && uri.query === document.uri.toString(),
      ),
    );
    await eventually('three nodes to boot', () => plan.getText().includes('3 of 5 nodes') || undefined);
    assert.match(plan.getText(), /\| node3 \|.*unreachable/);
    await vscode.commands.executeCommand('buildstream.markSuccessful', document.uri.toString(), ['172.17.107.3']);
    await eventually('two nodes to boot', () => plan.getText().includes('2 of 5 nodes') || undefined);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
  });
});

async function run(lenses: readonly vscode.CodeLens[], name: string): Promise<void> {
  const command = lenses.find((lens) => lens.command?.command === name)?.command;
  assert.ok(command);
  await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
}

async function withMarkFailed(uri: vscode.Uri): Promise<readonly vscode.CodeLens[] | undefined> {
  const lenses = await lensesOf(uri);
  return lenses.some(({ command }) => command?.command === 'buildstream.markFailed') ? lenses : undefined;
}
