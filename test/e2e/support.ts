import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '@omnia-buildstream/client/extension';
import type { GitExtension } from '@omnia-buildstream/client/git/gitExtension';

export const extensionId = 'omnia-buildstream.omnia-buildstream';
const header =
  'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP';

/** Only a hang takes this long. */
const patienceMs = 90_000;
const pollMs = 50;
/** Longest interval: slow operations are polled less often, so that polling does not slow them down. */
const longestPollMs = 300;
/** Time that passes for the extension between two polls, if a test lets it pass. */
const stepMs = 1_000;

/** A valid row of a Slurm worker; `changes` replace cells by column. */
export function row(number: number, changes: Readonly<Record<string, string>> = {}): string {
  const two = String(number).padStart(2, '0');
  const cells: Record<string, string> = {
    FUNCTIONAL_GROUP_NAME: 'slurm_node_x86_64',
    GROUP_NAME: 'grp1',
    SERVICE_TAG: `TAG00${two}`,
    PARENT_SERVICE_TAG: '',
    HOSTNAME: `node${String(number)}`,
    ADMIN_MAC: `02:00:00:00:01:${two}`,
    ADMIN_IP: `172.16.107.${String(number)}`,
    BMC_MAC: `02:00:00:00:02:${two}`,
    BMC_IP: `172.17.107.${String(number)}`,
    ...changes,
  };
  return header
    .split(',')
    .map((column) => cells[column] ?? '')
    .join(',');
}

/** A controller, because workers need one. */
const controller = row(1, {
  FUNCTIONAL_GROUP_NAME: 'slurm_control_node_x86_64',
  GROUP_NAME: 'grp0',
  HOSTNAME: 'head1',
});

/** The text of a mapping file with a controller and the given rows. */
export function mapping(...rows: readonly string[]): string {
  return [header, controller, ...rows, ''].join('\n');
}

function workspaceRoot(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return folder.uri.fsPath;
}

/** Writes a file of the workspace, with its folders. */
export function write(name: string, content: string | Uint8Array): vscode.Uri {
  const file = path.join(workspaceRoot(), name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return vscode.Uri.file(file);
}

/** Writes a mapping file into `<project>/input/` and shows it. */
export async function openMapping(project: string, content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(write(`${project}/input/pxe_mapping_file.csv`, content));
  await vscode.window.showTextDocument(document);
  return document;
}

/**
 * Changes the file of a document on disk and has VS Code read it again. Whether VS Code's watcher sees a change in a
 * new folder depends on how soon it watches that folder.
 */
export async function rewrite(document: vscode.TextDocument, content: string): Promise<void> {
  writeFileSync(document.uri.fsPath, content);
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.action.files.revert');
  assert.equal(document.getText(), content);
}

export async function save(document: vscode.TextDocument): Promise<void> {
  assert.ok(await document.save(), `${document.uri.fsPath} is not saved`);
  assert.equal(document.isDirty, false);
}

/** Turns a folder into a repository, with everything in its first commit, and opens it in the editor's Git. */
export async function commitAll(folder: string): Promise<void> {
  const who = ['-c', 'user.name=Operator', '-c', 'user.email=operator@example.org', '-c', 'commit.gpgsign=false'];
  for (const args of [
    ['init', '--quiet'],
    ['add', '.'],
    ['commit', '--quiet', '-m', 'Files'],
  ]) {
    execFileSync('git', [...who, ...args], { cwd: folder });
  }
  await vscode.commands.executeCommand('git.openRepository', folder);
  const git = vscode.extensions.getExtension<GitExtension>('vscode.git')?.exports.getAPI(1);
  // The command does not wait for the state of the repository.
  await eventually('the commit', () => git?.getRepository(vscode.Uri.file(folder))?.state.HEAD?.commit);
}

/** The document that "Show Plan" of the last question opened, once its title matches. */
export async function askedPlan(title: RegExp): Promise<string> {
  const uri = vscode.Uri.from({ scheme: 'buildstream-plan', path: '/Plan.md', query: 'asked' });
  const document = await vscode.workspace.openTextDocument(uri);
  return eventually('the plan', () => (title.test(document.lineAt(0).text) ? document.getText() : undefined));
}

/** Polls until there is an answer, because VS Code reacts to changes with a delay. */
export async function eventually<T>(what: string, ask: () => T | undefined | PromiseLike<T | undefined>): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (let pauseMs = pollMs; ; pauseMs = Math.min(longestPollMs, pauseMs * 1.5)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/**
 * Lets time pass for the extension until its work is done, so that its pauses take no real time.
 * @param atOnceMs how much time passes between two polls; pass more if long pauses are expected
 */
export async function whileTimePasses<T>(work: Thenable<T>, atOnceMs = stepMs): Promise<T> {
  const end = new AbortController();
  const ended = Promise.resolve(work).finally(() => {
    end.abort();
  });
  const { passMs } = api();
  assert.ok(passMs);
  while (!end.signal.aborted) {
    await passMs(atOnceMs);
    await Promise.race([ended.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, pollMs))]);
  }
  return ended;
}

export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Findings of every cluster as small as those in these tests. */
const ofSmallClusters: readonly string[] = ['no-login-node', 'few-control-planes'];

function findingsOf(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((found) => !ofSmallClusters.includes(codeOf(found)));
}

function codesOf(uri: vscode.Uri): string[] {
  return findingsOf(uri).map(codeOf).sort();
}

/** Waits until exactly these rules have findings in a file. */
export async function expectCodes(uri: vscode.Uri, codes: readonly string[]): Promise<readonly vscode.Diagnostic[]> {
  const wanted = [...codes].sort().join(' ');
  await eventually(`findings [${wanted}]; there are [${codesOf(uri).join(' ')}]`, () =>
    codesOf(uri).join(' ') === wanted ? true : undefined,
  );
  return findingsOf(uri);
}

/** Waits for the finding of a rule. */
export function findingOf(uri: vscode.Uri, code: string): Promise<vscode.Diagnostic> {
  return eventually(code, () => vscode.languages.getDiagnostics(uri).find((found) => codeOf(found) === code));
}

/** Changes one of our settings in the workspace; undefined removes it. */
export async function configure(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('buildstream').update(name, value, vscode.ConfigurationTarget.Workspace);
}

/** Changes one of our user settings; undefined removes it. */
export async function configureUser(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('buildstream').update(name, value, vscode.ConfigurationTarget.Global);
}

/** The extension's exports: the views. */
export function api(): ExtensionApi {
  const extension = vscode.extensions.getExtension<ExtensionApi>(extensionId);
  assert.ok(extension?.isActive);
  return extension.exports;
}

/** The spoken labels of the rows in the Status view. */
export async function statusLines(): Promise<string[]> {
  const { statusTree } = api();
  const rows = (await statusTree.getChildren()) ?? [];
  const items = await Promise.all(rows.map(async (row) => statusTree.getTreeItem(row)));
  return items.map(({ accessibilityInformation }) => accessibilityInformation?.label ?? '');
}

/** The code action with this title, including its edit. */
export function actionTitled(uri: vscode.Uri, range: vscode.Range, title: string | RegExp): Promise<vscode.CodeAction> {
  return eventually(`the action ${String(title)}`, async () => {
    const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
      undefined,
      50,
    );
    return actions.find((action) => (typeof title === 'string' ? action.title === title : title.test(action.title)));
  });
}

/** The whole text in the terminal of the task that ran last. */
export async function terminalText(): Promise<string> {
  await vscode.commands.executeCommand('workbench.action.terminal.selectAll');
  await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
  await vscode.commands.executeCommand('workbench.action.terminal.clearSelection');
  return vscode.env.clipboard.readText();
}

/** Waits until that terminal shows a text. Ignores whitespace, because a wrapped line may lose its trailing blank. */
export async function terminalShows(part: string): Promise<void> {
  const plain = (text: string): string => text.replace(/\s+/g, '');
  await eventually(`"${part}" in the terminal`, async () =>
    plain(await terminalText()).includes(plain(part)) ? true : undefined,
  );
}

/** Writes our tasks to tasks.json. They stay until they are removed. */
export function writeTasks(...tasks: readonly object[]) {
  const ours = tasks.map((task) => ({ type: 'buildstream', ...task }));
  const file = write('.vscode/tasks.json', JSON.stringify({ version: '2.0.0', tasks: ours }));
  return {
    named: (label: string) =>
      eventually(`the task ${label}`, async () => (await vscode.tasks.fetchTasks()).find(({ name }) => name === label)),
    remove: () => vscode.workspace.fs.delete(file),
  };
}

/** Calls `start`, which starts one of our tasks, and waits until the task ends. @returns its exit code */
export async function endOf(start: () => Thenable<unknown>): Promise<number | undefined> {
  const ended = new Promise<number | undefined>((resolve) => {
    const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.definition.type !== 'buildstream') return;
      listener.dispose();
      resolve(exitCode);
    });
  });
  await start();
  return ended;
}
