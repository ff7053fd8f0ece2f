import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '@omnia-buildstream/client/extension';
import type { NodesTree } from '@omnia-buildstream/client/nodes/nodesTree';
import type { NodeTreeElement } from '@omnia-buildstream/client/nodes/nodeTree';
import { Answers } from '../answers.ts';
import { openFailedNodes } from '../failedNodes.ts';
import { eventually, extensionId, mapping, openMapping, row, write } from '../support.ts';

suite('the view Nodes', () => {
  suiteSetup(async () => {
    await vscode.commands.executeCommand('buildstream.groupNodesByGroup');
  });

  teardown(async () => {
    await vscode.commands.executeCommand('buildstream.clearNodeFilter');
    await vscode.commands.executeCommand('buildstream.groupNodesByGroup');
  });

  test('it shows the nodes by group with state, role and message, and follows the file', async () => {
    const document = await openFailedNodes('view');
    await vscode.commands.executeCommand('buildstream.nodes.focus');
    const tree = nodesTree();
    await expectTree(tree, ['grp0: head1', 'grp1: node2 node3 node4 node5']);
    const failed = await itemOf(tree, 'node3');
    assert.match(String(failed.description), /^iDRAC lost while setting the boot source · .* ago$/, 'cause and age');
    assert.match(
      failed.accessibilityInformation?.label ?? '',
      /^node3, failed, iDRAC lost while setting the boot source, .* ago, slurm_node_x86_64$/,
    );
    assert.equal(failed.contextValue, 'node hasRow hasEntry hasBmc markable');

    await vscode.commands.executeCommand('buildstream.markSuccessful', document.uri.toString(), ['172.17.107.3']);
    await eventually('the new state', async () =>
      (await itemOf(tree, 'node3')).contextValue?.endsWith(' unmarkable') === true ? true : undefined,
    );
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
  });

  test('who needs attention stands first, by cause, with the menu of its nodes; a click shows the row; a filter leaves what matches', async () => {
    await openFailedNodes('viewByState');
    const tree = nodesTree();
    await vscode.commands.executeCommand('buildstream.groupNodesByState');
    const failed = [
      'Failed: iDRAC is not ready: node2 node4',
      'Failed: iDRAC lost while setting the boot source: node3',
    ];
    await expectTree(tree, [...failed, 'Unknown: head1 node5']);
    const [cause] = await tree.getChildren();
    assert.ok(cause);
    assert.equal(tree.getTreeItem(cause).contextValue, 'branch hasRow hasBmc markable', 'the menu of its nodes');
    await vscode.commands.executeCommand('buildstream.copyBmcAddress', cause);
    assert.equal(await vscode.env.clipboard.readText(), '172.17.107.2\n172.17.107.4');
    const [node] = await tree.getChildren(cause);
    assert.ok(node);
    const { command } = tree.getTreeItem(node);
    await vscode.commands.executeCommand(command?.command ?? '', ...((command?.arguments ?? []) as unknown[]));
    await eventually('its row', () => {
      const { document, selection } = vscode.window.activeTextEditor ?? {};
      return selection && document?.lineAt(selection.active.line).text.includes('node2') === true ? true : undefined;
    });
    await vscode.commands.executeCommand('buildstream.filterNodes', 'not ready');
    await expectTree(tree, ['Failed: iDRAC is not ready: node2 node4']);
    await vscode.commands.executeCommand('buildstream.clearNodeFilter');
    await expectTree(tree, [...failed, 'Unknown: head1 node5']);
  });

  test('the tooltip has every fact and what to do', async () => {
    await openFailedNodes('tooltip');
    const tree = nodesTree();
    await expectTree(tree, ['grp0: head1', 'grp1: node2 node3 node4 node5']);
    const [element] = (await leavesOf(tree)).filter(({ name }) => name === 'node3');
    assert.ok(element);
    const { tooltip } = tree.resolveTreeItem(tree.getTreeItem(element.leaf), element.leaf);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    for (const text of ['TAG0003', '172.17.107.3', 'grp1', 'mark it as booted']) {
      assert.ok(tooltip.value.includes(text), `${text} is not in: ${tooltip.value}`);
    }
  });

  test('in 2.3 a node behind # is told to restart all the same, seen and spoken; Copy BMC Address gives no blanks', async () => {
    const text = mapping(row(6), row(7), row(8, { BMC_IP: ' 172.17.107.8' }))
      .trimEnd()
      .split('\n')
      .map((line, at) => (at === 0 ? `${line},IB_NIC_NAME,IB_IP` : `${line},,`))
      .map((line) => (line.includes('node7') ? `#${line}` : line));
    const uri = write('commented/input/orchestrator/pxe_mapping_file.csv', [...text, ''].join('\n'));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    const tree = nodesTree();
    await expectTree(tree, ['grp0: head1', 'grp1: node6 node7 node8']);
    const behind = await itemOf(tree, 'node7');
    assert.equal(behind.description, 'unknown · commented out, restarts anyway');
    assert.equal(
      behind.accessibilityInformation?.label,
      'node7, unknown, commented out, restarts anyway, slurm_node_x86_64',
    );
    assert.equal(behind.contextValue, 'node hasRow hasBmc commented');
    const [found] = (await leavesOf(tree)).filter(({ name }) => name === 'node7');
    assert.ok(found);
    const { tooltip } = tree.resolveTreeItem(tree.getTreeItem(found.leaf), found.leaf);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.match(tooltip.value, /ignores comment marks and restarts the node like any other/);
    const blank = (await leavesOf(tree)).find(({ name }) => name === 'node8');
    await vscode.commands.executeCommand('buildstream.copyBmcAddress', blank?.leaf);
    assert.equal(await vscode.env.clipboard.readText(), '172.17.107.8');
  });

  test('Remove Node… says what becomes of Slurm nodes and of others, and takes the selected rows out in one undo', async () => {
    const text = mapping(row(2), row(3), row(4));
    const document = await openMapping('removeNodes', text);
    const tree = nodesTree();
    await expectTree(tree, ['grp0: head1', 'grp1: node2 node3 node4']);
    const answers = new Answers();
    const elements = await leavesOf(tree);
    const chosen = elements.filter(({ name }) => name === 'node2' || name === 'node4').map(({ leaf }) => leaf);
    try {
      await vscode.commands.executeCommand('buildstream.removeNodes', chosen[0], chosen);
      assert.equal(document.getText(), text, 'nothing is removed without an answer');
      assert.match(answers.last?.message ?? '', /^Remove 2 rows from .*pxe_mapping_file\.csv\?$/);
      const detail = answers.last?.detail ?? '';
      assert.match(detail, /node2, node4\. The next deploy drains these nodes, cancels their jobs .* DOWN/);

      answers.button = 'Remove 2 Rows';
      await vscode.commands.executeCommand('buildstream.removeNodes', chosen[0], chosen);
      assert.equal(document.getText(), mapping(row(3)));
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), text);
      // The editor reports that a document matches its saved state in a separate message, which may come after the
      // undo.
      await eventually('no unsaved change', () => (document.isDirty ? undefined : true));

      answers.button = 'Remove 1 Row';
      answers.pick = (items) => items.filter((item) => typeof item !== 'string' && item.label.includes('head1'));
      await vscode.commands.executeCommand('buildstream.removeNodes');
      const { message = '', detail: ofHead = '' } = answers.last ?? {};
      assert.match(message, /^Remove the row of head1 from /);
      assert.doesNotMatch(ofHead, /drains/);
      assert.match(ofHead, /To leave a node out of one run, keep its row and mark it as booted/);
      assert.equal(document.getText().includes('head1'), false);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), text);
    } finally {
      answers.restore();
    }
  });

  test('Write PXE Boot Inventory… writes the selected, the failed or the new nodes, and says how Omnia is run with it', async () => {
    await openFailedNodes('inventory');
    const tree = nodesTree();
    await expectTree(tree, ['grp0: head1', 'grp1: node2 node3 node4 node5']);
    const answers = new Answers();
    const written = async (...args: readonly unknown[]): Promise<string | undefined> => {
      answers.asked.length = 0;
      await vscode.commands.executeCommand('buildstream.writeInventory', ...args);
      return answers.last === undefined ? undefined : vscode.window.activeTextEditor?.document.getText();
    };
    const inventory = (...numbers: readonly number[]): string =>
      ['BMC_IP,ADMIN_IP,HOSTNAME,SERVICE_TAG', ...numbers.map((number) => inventoryLine(number)), ''].join('\n');
    const choose = (label: string) => {
      answers.pick = (items) => items.find((item) => typeof item !== 'string' && item.label === label);
    };
    const leaves = await leavesOf(tree);
    const selected = leaves.filter(({ name }) => name === 'node2' || name === 'node5').map(({ leaf }) => leaf);
    try {
      assert.equal(await written(selected[0], selected), inventory(2, 5));
      const said = answers.last?.message ?? '';
      assert.match(said, /^Nodes in the inventory: 2\. Omnia 2\.3 PXE-boots exactly these nodes/);
      assert.match(said, /run ansible-playbook orchestrator\.yml --tags pxeboot -e pxeboot_inventory=FILE/);
      choose('Failed Nodes');
      assert.equal(await written(), inventory(2, 3, 4));
      choose('nothing of this name');
      assert.equal(await written(), undefined, 'nothing is written without an answer');
    } finally {
      answers.restore();
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  });

  test('ten thousand nodes come folded and in pages', async () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => {
      const address = `${String(Math.floor(index / 250))}.${String((index % 250) + 1)}`;
      const tag = `T${String(index).padStart(6, '0')}`;
      return row(2, {
        SERVICE_TAG: tag,
        HOSTNAME: `n${String(index)}`,
        ADMIN_IP: `10.1.${address}`,
        BMC_IP: `10.2.${address}`,
      });
    });
    await openMapping('tenThousand', mapping(...rows));
    const tree = nodesTree();
    const branches = await eventually('the large group', async () => {
      const found = await tree.getChildren();
      return found.some((element) => element.kind === 'branch' && element.nodes.length === 10_000) ? found : undefined;
    });
    const large = branches.at(-1);
    assert.ok(large);
    assert.equal(tree.getTreeItem(large).collapsibleState, vscode.TreeItemCollapsibleState.Collapsed);
    const pages = await tree.getChildren(large);
    assert.equal(pages.length, 20);
    assert.ok(pages[0]);
    assert.equal(tree.getTreeItem(pages[0]).label, 'Nodes 1–500');
    assert.equal((await tree.getChildren(pages[0])).length, 500);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});

/** A node of `row` as an inventory line. */
function inventoryLine(number: number): string {
  const cells = row(number).split(',');
  const columns = mapping().split('\n')[0]?.split(',') ?? [];
  return ['BMC_IP', 'ADMIN_IP', 'HOSTNAME', 'SERVICE_TAG'].map((name) => cells[columns.indexOf(name)] ?? '').join(',');
}

function nodesTree(): NodesTree {
  const extension = vscode.extensions.getExtension<ExtensionApi>(extensionId);
  assert.ok(extension);
  return extension.exports.nodesTree;
}

async function expectTree(tree: NodesTree, lines: readonly string[]): Promise<void> {
  let found: string[] = [];
  await eventually(lines.join('; '), async () => {
    found = await Promise.all(
      (await tree.getChildren()).map(async (branch) => {
        const names = (await tree.getChildren(branch)).map((leaf) => labelOf(tree, leaf));
        return `${labelOf(tree, branch)}: ${names.join(' ')}`;
      }),
    );
    return found.join('; ') === lines.join('; ') ? true : undefined;
  }).catch(() => {
    assert.deepEqual(found, lines);
  });
}

function labelOf(tree: NodesTree, element: NodeTreeElement): string {
  const { label } = tree.getTreeItem(element);
  return typeof label === 'string' ? label : (label?.label ?? '');
}

interface Leaf {
  readonly name: string;
  readonly leaf: NodeTreeElement;
}

async function leavesOf(tree: NodesTree): Promise<readonly Leaf[]> {
  const branches = await tree.getChildren();
  const leaves = (await Promise.all(branches.map((branch) => tree.getChildren(branch)))).flat();
  return leaves.map((leaf) => ({ name: labelOf(tree, leaf), leaf }));
}

async function itemOf(tree: NodesTree, name: string): Promise<vscode.TreeItem> {
  const found = (await leavesOf(tree)).find((leaf) => leaf.name === name);
  assert.ok(found);
  return tree.getTreeItem(found.leaf);
}
