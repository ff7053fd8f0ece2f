import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codeOf, configure, expectCodes, findingOf, mapping, openMapping, row, write } from '../support.ts';

suite('problems in a mapping file', () => {
  test('every mistake is marked on its cell, with a code that opens the page of its rule', async () => {
    const { uri } = await openMapping(
      'marked',
      mapping(row(2, { ADMIN_MAC: 'nonsense' }), row(3, { HOSTNAME: 'a_b' })),
    );
    const found = await expectCodes(uri, ['bad-mac', 'bad-hostname']);
    const mac = found.find((diagnostic) => codeOf(diagnostic) === 'bad-mac');
    assert.ok(mac);
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.getText(mac.range), 'nonsense');
    assert.equal(mac.source, 'BuildStreaM');
    assert.equal(mac.severity, vscode.DiagnosticSeverity.Error);
    const { code } = mac;
    assert.ok(typeof code === 'object');
    assert.equal(code.target.toString(true), 'command:buildstream.openRuleDocs?["bad-mac"]');
  });

  test('a duplicate leads to the place that has the value first', async () => {
    const { uri } = await openMapping('duplicate', mapping(row(2), row(3, { ADMIN_IP: '172.16.107.2' })));
    const [duplicate] = await expectCodes(uri, ['dup-admin-ip']);
    assert.ok(duplicate);
    assert.equal(duplicate.range.start.line, 3);
    const [first] = duplicate.relatedInformation ?? [];
    assert.equal(first?.location.uri.toString(), uri.toString());
    assert.equal(first.location.range.start.line, 2);
  });

  test('problems follow what is typed', async () => {
    const document = await openMapping('typed', mapping(row(2)));
    await expectCodes(document.uri, []);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(3, 0), `${row(3, { HOSTNAME: 'node2' })}\n`);
    await vscode.workspace.applyEdit(edit);
    await expectCodes(document.uri, ['dup-hostname']);
    await vscode.commands.executeCommand('undo');
    await expectCodes(document.uri, []);
  });

  test('a file is checked as well when another extension owns its language', async () => {
    const document = await openMapping('owned', mapping(row(2, { ADMIN_MAC: 'nonsense' })));
    const other = await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    assert.equal(other.languageId, 'plaintext');
    // The first finding may have come before the change.
    const edit = new vscode.WorkspaceEdit();
    edit.insert(other.uri, new vscode.Position(3, 0), `${row(3, { HOSTNAME: 'node2' })}\n`);
    await vscode.workspace.applyEdit(edit);
    await expectCodes(other.uri, ['bad-mac', 'dup-hostname']);
  });

  test('a file with another name is checked when a setting says so', async () => {
    const uri = write('other/nodes.csv', mapping(row(2, { ADMIN_MAC: 'nonsense' })));
    await vscode.window.showTextDocument(uri);
    try {
      await configure('mapping.filePatterns', ['**/other/*.csv']);
      await findingOf(uri, 'bad-mac');
    } finally {
      await configure('mapping.filePatterns', undefined);
    }
    await expectCodes(uri, []);
  });

  test('a hover explains the column without repeating the problem', async () => {
    const { uri } = await openMapping('hovered', mapping(row(2, { ADMIN_MAC: 'nonsense' })));
    const { range } = await findingOf(uri, 'bad-mac');
    const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      range.start,
    );
    const text = hovers
      .flatMap(({ contents }) =>
        contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : '')),
      )
      .join('\n');
    assert.match(text, /network card that PXE\\-boots/);
    assert.doesNotMatch(text, /nonsense/);
  });
});
