import assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('activation', () => {
  test('a mapping file gets our language and starts the extension', async () => {
    const [uri] = await vscode.workspace.findFiles('**/pxe_mapping_file.csv');
    assert.ok(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.languageId, 'omnia-pxe-mapping');
    const extension = vscode.extensions.getExtension('omnia-buildstream.omnia-buildstream');
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  test('all contributed commands are registered', async () => {
    const extension = vscode.extensions.getExtension<unknown>('omnia-buildstream.omnia-buildstream');
    assert.ok(extension);
    await extension.activate();
    const manifest = extension.packageJSON as { contributes: { commands: { command: string }[] } };
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
