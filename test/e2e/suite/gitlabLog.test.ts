import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '@omnia-buildstream/client/extension';
import type { PipelineElement } from '@omnia-buildstream/client/pipelines/view/pipelineElements';
import type { JobContext, JobResult } from '@omnia-buildstream/lab/gitlab/ci/handler';
import { startGitLabLab, type GitLabLab } from '@omnia-buildstream/lab/gitlab/lab';
import { Answers } from '../answers.ts';
import { configure, eventually, extensionId, mapping, openMapping, row } from '../support.ts';

const token = 'glpat-e2e-log-0123456789';

let openGate: () => void = () => undefined;
const gate = new Promise<void>((resolve) => {
  openGate = resolve;
});

/** A list_images job that fails like an Ansible run, in its own log section, once the gate is open. */
const failing = {
  run: async (job: JobContext): Promise<JobResult> => {
    await gate;
    job.write('section_start:1700000000:validate\r\u001b[0KValidate the mapping\n');
    job.write('TASK [mapping : Validate rows] *****\n');
    job.write('\u001b[31mfatal: [node2]: FAILED! => {"msg": "bad MAC in CSV row 3"}\u001b[0m\n');
    job.write('section_end:1700000065:validate\r\u001b[0K\n');
    return { status: 'failed' };
  },
};

suite('GitLab job logs', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'buildstream-e2e-'));
  const showSaveDialog = vscode.window.showSaveDialog;
  let lab: GitLabLab;
  let answers: Answers;
  let log: vscode.Uri;
  let csv: vscode.Uri;

  suiteSetup(async () => {
    lab = await startGitLabLab({ files: { 'input/pxe_mapping_file.csv': mapping(row(2)) }, handler: failing });
    lab.tokens.add({ value: token });
    const caFile = path.join(folder, 'ca.pem');
    writeFileSync(caFile, lab.certificate?.cert ?? '');
    await trust({ [lab.origin]: { caFile } });
    answers = new Answers([lab.origin, token]);
    await vscode.commands.executeCommand('buildstream.signIn');
    await configure('gitlab.url', lab.origin);
    await configure('gitlab.project', 'root/omnia');
    // The second record is blank: 2.2 does not count it, so row 3 is on line 4.
    const text = mapping(row(2), row(3)).replace('\n', '\n\n');
    csv = (await openMapping('log', text)).uri;
  });

  suiteTeardown(async () => {
    openGate();
    answers.restore();
    Object.assign(vscode.window, { showSaveDialog });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('buildstream.signOut');
    await configure('gitlab.url', undefined);
    await configure('gitlab.project', undefined);
    await configure('gitlab.notifications', undefined);
    await trust(undefined);
    await lab.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the end of a pipeline that was started here is told once, and Show Log leads to the error', async () => {
    answers.button = 'Start Pipeline';
    await vscode.commands.executeCommand('buildstream.startDeployPipeline');
    answers.button = 'Show Log';
    openGate();
    await lab.project.idle();
    const told = () => answers.asked.filter(({ message }) => /^Pipeline #\d+ on main: failed in/.test(message));
    await eventually('the notification', async () => {
      await vscode.commands.executeCommand('buildstream.refreshPipelines');
      return told().length > 0 ? true : undefined;
    }).catch(() => {
      assert.fail(answers.asked.map(({ message }) => message).join('\n'));
    });
    await vscode.commands.executeCommand('buildstream.refreshPipelines');
    const editor = await eventually('the log', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.scheme === 'buildstream-log' && active.selection.active.line > 0 ? active : undefined;
    }).catch(() => {
      const { document, selection } = vscode.window.activeTextEditor ?? {};
      assert.fail(`${String(document?.uri)} ${String(selection?.active.line)}\n${document?.getText() ?? ''}`);
    });
    assert.match(editor.document.lineAt(editor.selection.active.line).text, /^fatal: \[node2\]/);
    assert.equal(editor.document.languageId, 'buildstream-log');
    log = editor.document.uri;
    assert.equal(told().length, 1, 'the refresh told it again');
  });

  test('sections fold, and the outline has them with their durations and failures', async () => {
    const ranges = await vscode.commands.executeCommand<readonly vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      log,
    );
    assert.equal(ranges.length, 2);
    const symbols = await vscode.commands.executeCommand<readonly vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      log,
    );
    const script = symbols.find(({ name }) => name.startsWith('Executing'));
    const [section] = script?.children ?? [];
    assert.deepEqual([section?.name, section?.detail], ['Validate the mapping', '1 min 5 s']);
    assert.deepEqual(
      section?.children.map(({ name, detail }) => [name.slice(0, 14), detail]),
      [['fatal: [node2]', 'mapping : Validate rows']],
    );
  });

  test('CSV row N and the host that failed are links to their lines in the mapping file that is visible', async () => {
    // Files of other suites may still be open.
    await vscode.window.showTextDocument(csv, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
    const links = await vscode.commands.executeCommand<readonly vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      log,
    );
    const document = await vscode.workspace.openTextDocument(log);
    const targets = links
      .filter(({ target }) => target?.path === csv.path)
      .map(({ range, target }) => [document.getText(range), target?.fragment]);
    assert.deepEqual(targets.sort(), [
      ['CSV row 3', 'L4'],
      ['node2', 'L4'],
    ]);
  });

  test('the raw log is saved as GitLab gives it', async () => {
    const file = path.join(folder, 'raw.log');
    Object.assign(vscode.window, { showSaveDialog: () => Promise.resolve(vscode.Uri.file(file)) });
    await vscode.commands.executeCommand('buildstream.saveJobLog', log);
    assert.ok(readFileSync(file, 'utf8').includes('section_start:1700000000:validate\r\u001b[0KValidate'));
  });

  test('a click on a failed job shows its log', async () => {
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    const job = await eventually('the failed job', async () => {
      await vscode.commands.executeCommand('buildstream.refreshPipelines');
      return (await items()).find(({ command, label }) => command !== undefined && label === 'list_images');
    });
    assert.match(job.accessibilityInformation?.label ?? '', /^list_images, failed/);
    await vscode.commands.executeCommand(job.command?.command ?? '', ...((job.command?.arguments ?? []) as unknown[]));
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), log.toString());
  });
});

/** All items of the view. */
async function items(parent?: PipelineElement): Promise<vscode.TreeItem[]> {
  const tree = vscode.extensions.getExtension<ExtensionApi>(extensionId)?.exports.pipelinesTree;
  assert.ok(tree);
  const found: vscode.TreeItem[] = [];
  for (const element of (await tree.getChildren(parent)) ?? []) {
    found.push(await tree.getTreeItem(element), ...(await items(element)));
  }
  return found;
}

async function trust(servers: unknown): Promise<void> {
  const config = vscode.workspace.getConfiguration('buildstream');
  await config.update('gitlab.servers', servers, vscode.ConfigurationTarget.Global);
}
