import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually, extensionId, findingOf, mapping, openMapping, row } from '../support.ts';

// index.ts runs this file last, because deactivation cannot be undone.
suite('deactivation', () => {
  test('the server goes, and its findings with it', async () => {
    const { uri } = await openMapping('end', mapping(row(2, { ADMIN_MAC: 'nonsense' })));
    await findingOf(uri, 'bad-mac');
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension);
    // The same module that VS Code loaded; a test has no other way to call this.
    const load = createRequire(path.join(extension.extensionPath, 'package.json'));
    const { deactivate } = load('./dist/extension.js') as { deactivate: () => Promise<void> };
    await deactivate();
    await eventually('an empty list', () => (vscode.languages.getDiagnostics(uri).length === 0 ? true : undefined));
  });
});
