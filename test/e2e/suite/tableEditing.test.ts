import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { Answers } from '../answers.ts';
import {
  actionTitled,
  commitAll,
  eventually,
  expectCodes,
  findingOf,
  mapping,
  openMapping,
  rewrite,
  row,
  write,
} from '../support.ts';

/** Journeys through the commands that change many rows. Each restores the file with a single undo. */
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
    assert.match(answers.last?.message ?? '', /^Problems left \(\d+\) .*dup-bmc-ip \(3\)/);
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

  test('Import Nodes… maps columns, tells what is new, changed and gone, and remembers the map', async () => {
    const before = mapping(row(2), row(3));
    const document = await openMapping('import', before);
    await expectCodes(document.uri, []);
    const file = write(
      'import/assets.csv',
      'Kennung;Adresse BMC;Rack\nTAG0002;172.17.107.99;R7\nNEW0001;172.17.107.9;R7\n',
    );
    const titles: string[] = [];
    let columns = ['SERVICE_TAG', 'BMC_IP', 'GROUP_NAME'];
    answers.pick = (items, title = '') => {
      titles.push(title);
      const labelled = (label: string) => items.find((item) => typeof item !== 'string' && item.label === label);
      if (title === 'Import Nodes: Columns') return labelled(columns.shift() ?? 'Continue');
      if (title === 'Import Nodes: Column for SERVICE_TAG') return labelled('Kennung');
      if (title === 'Import Nodes: Column for BMC_IP') return labelled('Adresse BMC');
      if (title === 'Import Nodes: Column for GROUP_NAME') return labelled('None');
      return items;
    };
    answers.button = 'Import 2 Nodes';
    await vscode.commands.executeCommand('buildstream.importNodes', file);
    const after = `${before.replace('172.17.107.2\n', '172.17.107.99\n')},,NEW0001,,,,,,172.17.107.9\n`;
    assert.equal(document.getText(), after);
    for (const told of [/New nodes \(1\): NEW0001/, /by column: BMC_IP \(1\)/, /does not have \(2\): head1, node3/]) {
      assert.match(answers.last?.detail ?? '', told);
    }
    await undo(document, before);
    columns = [];
    titles.length = 0;
    await vscode.commands.executeCommand('buildstream.importNodes', file);
    assert.deepEqual(titles, ['Import Nodes: Columns', 'Import Nodes: What to Change']);
    assert.equal(document.getText(), after);
    await undo(document, before);
  });

  test('Convert Layout… shows the file in the layout of another version, all of it, and says what is lost', async () => {
    const header = mapping().split('\n')[0] ?? '';
    const before = mapping(row(2))
      .replace(header, `${header},IB_MAC`)
      .replaceAll(/(172\.17\.107\.\d+)\n/g, '$1,ib\n');
    const document = await openMapping('convert', before);
    answers.pick = (items) => items.find((item) => typeof item !== 'string' && item.label.includes('2.1'));
    answers.button = 'Convert 2 Rows';
    await vscode.commands.executeCommand('buildstream.convertLayout');
    assert.equal(document.getText(), mapping(row(2)));
    assert.match(answers.last?.detail ?? '', /are lost: IB_MAC \(2\)/);
    await undo(document, before);
  });

  test('Compare by Node… shows two versions as nodes, and what a deploy of the second restarts', async () => {
    const document = await openMapping('compare', mapping(row(2), row(3)));
    await commitAll(path.dirname(path.dirname(document.uri.fsPath)));
    await rewrite(document, mapping(row(2, { BMC_IP: '172.17.107.99' }), row(4)));
    answers.pick = (items, title = '') => {
      const wanted = title.includes('(1 of 2)') ? 'HEAD' : 'Working Tree';
      return items.find((item) => typeof item !== 'string' && item.label === wanted);
    };
    await vscode.commands.executeCommand('buildstream.compareNodes');
    const uri = vscode.Uri.from({ scheme: 'buildstream-plan', path: '/Nodes Compared.md', query: 'asked' });
    const page = (await vscode.workspace.openTextDocument(uri)).getText().replaceAll('\\', '');
    for (const told of [
      '# Nodes: HEAD ↔ Working Tree',
      'Added: 1. Changed: 1. Removed: 1. The same: 1.',
      '| node2 | BMC_IP | 172.17.107.2 | 172.17.107.99 |',
      'Slurm nodes whose row was removed (1): node3.',
    ]) {
      assert.ok(page.includes(told), `${told}\n${page}`);
    }
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  test('New Mapping File… asks for version, network and first nodes, writes what is valid, and overwrites nothing', async () => {
    write(
      'newFile/input/network_spec.yml',
      "Networks:\n- admin_network: {netmask_bits: '24', primary_oim_admin_ip: 10.37.9.1, router: 10.37.9.2, dynamic_range: 10.37.9.3-10.37.9.9}\n",
    );
    const file = 'newFile/input/pxe_mapping_file.csv';
    const inputs = [file, 'grp1', '2', 'cn001', '10.37.9.10', '10.38.9.1', 'TAG0001 TAG0002'];
    const macs = ['02:00:00:00:00:01 02:00:00:00:00:02', '02:00:00:00:01:01,02:00:00:00:01:02'];
    const asking = new Answers([...inputs, ...macs, file]);
    asking.pick = (items) =>
      items.find(
        (item) =>
          typeof item !== 'string' &&
          ['Omnia 2.2', 'newFile/input/network_spec.yml', 'slurm_node_x86_64'].includes(item.label),
      );
    try {
      await vscode.commands.executeCommand('buildstream.newMappingFile');
      const document = vscode.window.activeTextEditor?.document;
      assert.match(
        document?.getText() ?? '',
        /^FUNCTIONAL.*\nslurm_node_x86_64,grp1,TAG0001,,cn001,02:00:00:00:00:01,10\.37\.9\.10,02:00:00:00:01:01,10\.38\.9\.1\n.*cn002.*\n$/,
      );
      assert.equal(asking.prompts[4]?.value, '10.37.9.10', 'the first free address of the network is offered');
      const before = document?.getText();
      await vscode.commands.executeCommand('buildstream.newMappingFile');
      await eventually(
        'it is refused',
        () => asking.asked.some(({ message }) => message.includes('already exists')) || undefined,
      );
      assert.equal(document?.getText(), before);
    } finally {
      asking.restore();
    }
  });

  test('Edit as Table hands the file over to Edit CSV in a language that it takes, and gives it its language back', async () => {
    const document = await openMapping('asTable', mapping(row(2)));
    await vscode.commands.executeCommand('buildstream.editAsTable');
    assert.match(answers.last?.message ?? '', /Edit CSV \(janisdd\.vscode-edit-csv\) is not installed/);
    const known = await vscode.languages.getLanguages();
    const seen: (string | undefined)[] = [];
    const played = vscode.commands.registerCommand('edit-csv.edit', () => {
      seen.push(vscode.window.activeTextEditor?.document.languageId);
    });
    try {
      await vscode.commands.executeCommand('buildstream.editAsTable');
      assert.deepEqual(seen, [known.includes('csv') ? 'csv' : 'plaintext'], answers.last?.message);
      const now = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === document.uri.toString());
      assert.equal(now?.languageId, 'omnia-pxe-mapping');
    } finally {
      played.dispose();
    }
  });
});
