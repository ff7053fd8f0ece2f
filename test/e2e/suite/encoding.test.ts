import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { actionTitled, eventually, expectCodes, findingOf, mapping, row, save, write } from '../support.ts';

const byteOrderMark = '\ufeff';

suite('encoding', () => {
  test('a byte order mark is a problem of 2.2, and its fix writes the file without', async () => {
    const text = mapping(row(2));
    const uri = write('bom/input/pxe_mapping_file.csv', byteOrderMark + text);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    assert.equal(document.encoding, 'utf8bom');
    const { range } = await findingOf(uri, 'missing-column');
    const { command } = await actionTitled(uri, range, /byte order mark/);
    assert.equal(command?.command, 'buildstream.saveAsUtf8');
    await vscode.commands.executeCommand(command.command, ...(command.arguments as unknown[]));
    await expectCodes(uri, []);
    assert.equal(readFileSync(uri.fsPath, 'utf8'), text);
    assert.equal(document.encoding, 'utf8');
    assert.equal(document.isDirty, false);
  });

  test('the mark does not come back with the next save', async () => {
    const uri = write('bomAgain/input/pxe_mapping_file.csv', byteOrderMark + mapping(row(2)));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('buildstream.saveAsUtf8');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(3, 0), `${row(3)}\n`);
    await vscode.workspace.applyEdit(edit);
    await save(document);
    assert.equal(readFileSync(uri.fsPath, 'utf8'), mapping(row(2), row(3)));
  });

  test('a file held in another encoding is written as UTF-8 without losing a letter', async () => {
    const text = mapping(row(2, { HOSTNAME: 'knöt2' }));
    const uri = write('latin/input/pxe_mapping_file.csv', Buffer.from(text, 'latin1'));
    const document = await vscode.workspace.openTextDocument(uri, { encoding: 'windows1252' });
    await vscode.window.showTextDocument(document);
    assert.equal(document.getText(), text);
    await expectCodes(uri, ['not-utf8']);
    await vscode.commands.executeCommand('buildstream.saveAsUtf8', uri.toString());
    await expectCodes(uri, ['bad-hostname']);
    assert.equal(document.encoding, 'utf8');
    assert.equal(document.getText(), text);
    assert.equal(readFileSync(uri.fsPath, 'utf8'), text);
  });

  test('unsaved changes are kept', async () => {
    const uri = write('dirty/input/pxe_mapping_file.csv', byteOrderMark + mapping(row(2)));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(3, 0), `${row(3)}\n`);
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand('buildstream.saveAsUtf8');
    const expected = mapping(row(2), row(3));
    await eventually('the bytes', () => (readFileSync(uri.fsPath, 'utf8') === expected ? true : undefined));
    assert.equal(document.getText(), expected);
  });
});
