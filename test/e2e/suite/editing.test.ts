import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, expectCodes, mapping, openMapping, row } from '../support.ts';

const tabs = { tabSize: 4, insertSpaces: true };

suite('editing a mapping file', () => {
  test('completion offers the next hostname and address of the series', async () => {
    const document = await openMapping('completion', `${mapping(row(2), row(3))}slurm_node_x86_64,grp1,TAG0004,,`);
    const line = document.lineCount - 1;
    const list = await eventually('suggestions', async () => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        document.lineAt(line).range.end,
      );
      return items.some(({ kind }) => kind !== vscode.CompletionItemKind.Text) ? items : undefined;
    });
    assert.ok(list.some(({ label }) => label === 'node4'));
  });

  test('renaming a service tag renames the parents that name it', async () => {
    const kube = { FUNCTIONAL_GROUP_NAME: 'service_kube_node_x86_64', GROUP_NAME: 'grp2', SERVICE_TAG: 'KUBE001' };
    const child = row(3, { PARENT_SERVICE_TAG: 'KUBE001' });
    const document = await openMapping('rename', mapping(row(2, kube), child));
    const at = document.positionAt(document.getText().indexOf('KUBE001') + 2);
    const edit = await eventually('a rename', () =>
      vscode.commands.executeCommand<vscode.WorkspaceEdit | undefined>(
        'vscode.executeDocumentRenameProvider',
        document.uri,
        at,
        'KUBE009',
      ),
    );
    assert.equal(edit.get(document.uri).length, 2);
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.getText().match(/KUBE009/g)?.length, 2);
  });

  test('a parent leads to its row', async () => {
    const kube = { FUNCTIONAL_GROUP_NAME: 'service_kube_node_x86_64', GROUP_NAME: 'grp2', SERVICE_TAG: 'KUBE001' };
    const document = await openMapping('definition', mapping(row(2, kube), row(3, { PARENT_SERVICE_TAG: 'KUBE001' })));
    const at = document.positionAt(document.getText().lastIndexOf('KUBE001') + 2);
    const [target] = await eventually('a definition', async () => {
      const found = await vscode.commands.executeCommand<readonly (vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        at,
      );
      return found.length > 0 ? found : undefined;
    });
    assert.ok(target);
    assert.equal('range' in target ? target.range.start.line : target.targetRange.start.line, 2);
  });

  test('the outline shows the nodes by group', async () => {
    const { uri } = await openMapping('outline', mapping(row(2), row(3)));
    const symbols = await eventually('an outline', async () => {
      const found = await vscode.commands.executeCommand<readonly vscode.DocumentSymbol[] | undefined>(
        'vscode.executeDocumentSymbolProvider',
        uri,
      );
      return found !== undefined && found.length > 0 ? found : undefined;
    });
    assert.deepEqual(
      symbols
        .flatMap((root) => root.children)
        .map(({ name, children }) => [name, ...children.map((child) => child.name)]),
      [
        ['grp0', 'head1'],
        ['grp1', 'node2', 'node3'],
      ],
    );
  });

  test('formatting removes blanks around values and nothing else', async () => {
    const document = await openMapping('format', mapping(row(2, { GROUP_NAME: ' grp1 ' })));
    await expectCodes(document.uri, ['surrounding-blanks']);
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      'vscode.executeFormatDocumentProvider',
      document.uri,
      tabs,
    );
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.getText(), mapping(row(2)));
  });

  test('columns stand under each other when the setting says so, and the file stays as it is', async () => {
    const document = await openMapping('align', mapping(row(2)));
    const config = vscode.workspace.getConfiguration('buildstream');
    await config.update('mapping.alignColumns', true, vscode.ConfigurationTarget.Workspace);
    try {
      await eventually('padding', async () => {
        const hints = await vscode.commands.executeCommand<readonly vscode.InlayHint[]>(
          'vscode.executeInlayHintProvider',
          document.uri,
          new vscode.Range(0, 0, 3, 0),
        );
        return hints.length > 0 ? hints : undefined;
      });
    } finally {
      await config.update('mapping.alignColumns', undefined, vscode.ConfigurationTarget.Workspace);
    }
    assert.equal(document.isDirty, false);
  });
});
