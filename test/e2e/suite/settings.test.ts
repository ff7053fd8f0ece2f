import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { configure, expectCodes, findingOf, mapping, openMapping, row, save, write } from '../support.ts';

const network = (range: string): string => `Networks:
  - admin_network:
      netmask_bits: "24"
      primary_oim_admin_ip: 172.16.107.254
      dynamic_range: ${range}
`;

suite('what findings depend on', () => {
  test('choosing a version checks the file by the rules of that version', async () => {
    const { uri } = await openMapping('version', mapping(row(2)));
    await expectCodes(uri, []);
    try {
      await configure('omniaVersion', '2.3');
      await expectCodes(uri, ['header-contract']);
    } finally {
      await configure('omniaVersion', undefined);
    }
    await expectCodes(uri, []);
  });

  test('the severity of a rule can be changed, and the rule switched off', async () => {
    const { uri } = await openMapping('severity', mapping(row(2, { ADMIN_MAC: 'nonsense' })));
    await findingOf(uri, 'bad-mac');
    try {
      await configure('rules', { 'bad-mac': 'off' });
      await expectCodes(uri, []);
      await configure('rules', { 'bad-mac': 'hint' });
      const [hint] = await expectCodes(uri, ['bad-mac']);
      assert.equal(hint?.severity, vscode.DiagnosticSeverity.Hint);
    } finally {
      await configure('rules', undefined);
    }
  });

  test('a change of network_spec.yml on disk is seen in the open mapping file', async () => {
    // The folder is part of the fixture, because VS Code's watcher may miss changes in a folder that was just created.
    const { uri } = await openMapping('network', mapping(row(2)));
    await expectCodes(uri, ['ip-in-dhcp-range', 'ip-in-dhcp-range']);
    write('network/input/network_spec.yml', network('172.16.107.200-172.16.107.220'));
    await expectCodes(uri, []);
  });

  test('unsaved changes of network_spec.yml count as well', async () => {
    const spec = write('unsaved/input/network_spec.yml', network('172.16.107.200-172.16.107.220'));
    const { uri } = await openMapping('unsaved', mapping(row(2)));
    await expectCodes(uri, []);
    const document = await vscode.workspace.openTextDocument(spec);
    const edit = new vscode.WorkspaceEdit();
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    edit.replace(spec, all, network('172.16.107.2-172.16.107.99'));
    await vscode.workspace.applyEdit(edit);
    await expectCodes(uri, ['ip-in-dhcp-range']);
    await save(document);
    // One more node, so that the findings are those of now.
    const more = new vscode.WorkspaceEdit();
    more.insert(uri, new vscode.Position(2, 0), `${row(3)}\n`);
    await vscode.workspace.applyEdit(more);
    await expectCodes(uri, ['ip-in-dhcp-range', 'ip-in-dhcp-range']);
  });
});
