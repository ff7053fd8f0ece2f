import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '@omnia-buildstream/client/extension';
import { imageGroupOf, imagePath, labImageGroups } from '@omnia-buildstream/lab/cluster/imageGroups';
import { ImageServer } from '@omnia-buildstream/lab/cluster/imageServer';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { freePort, labPassword, quickLab } from '../../support/lab.ts';
import { Answers } from '../answers.ts';
import { endOf, eventually, extensionId, openMapping, write } from '../support.ts';

const project = 'stagesAll';
const [groupId] = labImageGroups;
const roles = ['slurm_control_node_x86_64', 'slurm_node_x86_64'];
/** Of three nodes the last one's slurmd does not come up. */
const broken = 'cn-00003';

suite('deploy, restart and validate', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'buildstream-e2e-'));
  let lab: Lab;
  let images: ImageServer;
  let document: vscode.TextDocument;
  let settings: Readonly<Record<string, unknown>> = {};
  let answers = new Answers();

  suiteSetup(async () => {
    images = await ImageServer.start(roles.map((role) => imagePath(groupId, role)));
    const [reportPort, ssh, slurmctld, slurmd, kubelet] = [
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    lab = await quickLab({
      size: 3,
      faultsOf: (index) => (index === 2 ? { closedServices: ['slurmd'] } : {}),
      phoneHomeUrl: () => `http://127.0.0.1:${String(reportPort)}/`,
      sshPort: ssh,
      servicePorts: { slurmctld, slurmd, kubelet },
    });
    writeFileSync(path.join(folder, 'ca.pem'), lab.ca);
    writeFileSync(path.join(folder, 'hosts'), lab.hostsFile);
    const group = imageGroupOf(groupId, { roles, server: images.origin, jobId: 'job-1' });
    const listed = group.images.map(({ role, name, boot }) => ({ role, image_name: name, ...boot }));
    const list = { image_groups: [{ image_group_id: groupId, job_id: 'job-1', images: listed }] };
    write(`${project}/images.json`, JSON.stringify(list));
    settings = {
      caFile: path.join(folder, 'ca.pem'),
      bmcPort: lab.port,
      report: `phone-home:127.0.0.1:${String(reportPort)}`,
      images: 'images.json',
      provision: 'files:boot',
      ports: { ssh, slurmctld, slurmd, kubelet },
      hostsFile: path.join(folder, 'hosts'),
      limits: { up: 0.5, again: 0.2 },
    };
    for (const [name, value] of Object.entries(settings)) await ofUser(name, value);
    document = await openMapping(project, lab.mappingFile);
    await vscode.commands.executeCommand('buildstream.nodes.focus');
  });

  setup(() => {
    answers.restore();
    answers = new Answers();
  });

  suiteTeardown(async () => {
    answers.restore();
    for (const name of Object.keys(settings)) await ofUser(name, undefined);
    await lab.stop();
    await images.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('deploy offers the image groups of the list, says what it checks, and hands over what each node boots', async () => {
    const offered = prepareAnswers('Deploy', 'No BMC');
    assert.equal(await endOf(() => vscode.commands.executeCommand('buildstream.runStage')), 0);
    assert.deepEqual(offered.get('Image Group'), [groupId]);
    assert.ok(
      offered.get('Which BMCs Must Answer Before Anything Is Deployed?')?.some((item) => item.startsWith('3 BMCs')),
    );
    const asked = answers.asked.find(({ message }) => message === 'Deploy 3 nodes now?');
    assert.match(asked?.detail ?? '', new RegExp(`cn-00002 .*: slurm_node_x86_64-${groupId}`));
    assert.match(asked?.detail ?? '', /No BMC is asked whether it answers, as you chose/);
    const scripts = readdirSync(path.join(projectFolder(), 'boot')).filter((name) => name.endsWith('.ipxe'));
    assert.equal(scripts.length, 3);
    assert.equal(requests(), 0, 'no BMC was asked');
  });

  test('what the checks of deploy find on a row is a problem there, and nothing is changed', async () => {
    const rows = lab.mappingFile.split('\n');
    const other = rows.map((row, index) => (index === 3 ? row.replace('slurm_node_x86_64', 'login_node_x86_64') : row));
    const file = path.join(projectFolder(), 'input/pxe_mapping_file.csv');
    writeFileSync(file, other.join('\n'));
    await eventually('the file', () => (document.getText() === other.join('\n') ? true : undefined));
    prepareAnswers('Deploy', 'No BMC');
    answers.button = ['Check'];
    assert.equal(await endOf(() => vscode.commands.executeCommand('buildstream.runStage')), 3);
    const [problem] = await eventually('a problem', () => {
      const found = problems('deploy: ');
      return found.length > 0 ? found : undefined;
    });
    assert.equal(problem?.range.start.line, 3);
    writeFileSync(file, lab.mappingFile);
    await eventually('the file', () => (document.getText() === lab.mappingFile ? true : undefined));
  });

  test('restart boots the group that was chosen from the list, and offers to verify', async () => {
    prepareAnswers('Restart');
    answers.button = ['Restart', 'Verify'];
    assert.equal(await endOf(() => vscode.commands.executeCommand('buildstream.runStage')), 0);
    assert.ok(answers.asked.some(({ message }) => message === 'Restart: 3 done, 0 failed, 0 not tried.'));
    await eventually('the question about the checks', () =>
      answers.asked.find(({ message }) => message === 'Run 3 tests now?'),
    );
    await eventually('its end', () => (vscode.tasks.taskExecutions.length === 0 ? true : undefined));
  });

  test('validate shows each test in the view Testing, and a service that is down with what to do, on its row', async () => {
    prepareAnswers('Validate');
    assert.equal(await endOf(() => vscode.commands.executeCommand('buildstream.runStage')), 3);
    const asked = answers.asked.find(({ message }) => message === 'Run 9 tests now?');
    assert.match(asked?.detail ?? '', /cn-00002 .*: name, ssh, slurmd/);
    assert.match(asked?.detail ?? '', /Contacts these, and changes nothing on them/);
    assert.ok(answers.asked.some(({ message }) => message.startsWith('Validate: 8 passed, 1 failed')));
    const node = controller().items.get(`node/${broken}`);
    assert.equal(node?.range?.start.line, 3);
    assert.deepEqual(
      [...node.children].map(([id]) => id).sort(),
      ['name', 'slurmd', 'ssh'].map((kind) => `${kind}/${broken}`).sort(),
    );
    const [problem] = await eventually('a problem', () => {
      const found = problems('validate: ');
      return found.length > 0 ? found : undefined;
    });
    assert.match(problem?.message ?? '', /cn-00003: slurmd answers/);
    assert.equal(problem?.range.start.line, 3);
    const reports = readdirSync(path.join(projectFolder(), '.buildstream/validate/attempt_1'));
    assert.ok(reports.includes('test_report.json'));
  });

  test('what was tested last stands at the node in the view Nodes', async () => {
    const texts = await eventually('descriptions', async () => {
      const found = await descriptions();
      return found.some((text) => text.includes('1 of 3 tests failed')) ? found : undefined;
    });
    assert.equal(texts.filter((text) => text.includes('3 tests passed')).length, 2);
  });

  test('a selection of tests runs only those', async () => {
    const task = { type: 'buildstream', stage: 'validate', image: groupId, label: 'one test' };
    const mapping = `${project}/input/pxe_mapping_file.csv`;
    const tasks = [{ ...task, checks: ['ssh/cn-00001'], mapping }];
    const file = write('.vscode/tasks.json', JSON.stringify({ version: '2.0.0', tasks }));
    const found = await eventually('the task', async () =>
      (await vscode.tasks.fetchTasks()).find(({ name }) => name === 'one test'),
    );
    answers.button = ['Validate'];
    assert.equal(await endOf(() => vscode.tasks.executeTask(found)), 0);
    assert.ok(answers.asked.some(({ message }) => message === 'Run 1 test now?'));
    await vscode.workspace.fs.delete(file);
  });

  test('running all in the view Testing asks as the stage does', async () => {
    prepareAnswers('Validate');
    const ended = endOf(() => vscode.commands.executeCommand('testing.runAll'));
    assert.equal(await ended, 3);
    assert.ok(answers.asked.some(({ message }) => message === 'Run 9 tests now?'));
  });

  test('refreshing the view lists the tests of the mapping file and the newest report', async () => {
    controller().items.replace([]);
    await controller().refreshHandler?.(new vscode.CancellationTokenSource().token);
    assert.deepEqual(
      [...controller().items].map(([, { label }]) => label),
      ['cn-00001', 'cn-00002', 'cn-00003'],
    );
  });

  /** Chooses this stage, the only image group and these BMCs, and agrees. Resolves to what was offered, by title. */
  function prepareAnswers(stage: string, bmcs?: string): ReadonlyMap<string, readonly string[]> {
    answers.restore();
    answers = new Answers(['*', 'root', labPassword]);
    answers.button = [stage];
    const offered = new Map<string, readonly string[]>();
    answers.pick = (items, title = '') => {
      const labels = items.map((item) => (typeof item === 'string' ? item : item.label));
      offered.set(title, labels);
      const wanted = title === 'Run Stage' ? stage : title === 'Image Group' ? groupId : bmcs;
      return items.find((item) => typeof item !== 'string' && item.label === wanted);
    };
    return offered;
  }

  function projectFolder(): string {
    return path.dirname(path.dirname(document.uri.fsPath));
  }

  function problems(prefix: string): vscode.Diagnostic[] {
    return vscode.languages.getDiagnostics(document.uri).filter(({ message }) => message.startsWith(prefix));
  }

  function requests(): number {
    return lab.bmcs.reduce((sum, bmc) => sum + bmc.record.requests.length, 0);
  }
});

function api(): ExtensionApi {
  const extension = vscode.extensions.getExtension<ExtensionApi>(extensionId);
  assert.ok(extension?.isActive);
  return extension.exports;
}

function controller(): vscode.TestController {
  return api().tests;
}

async function descriptions(): Promise<string[]> {
  const { nodesTree } = api();
  const below = (await nodesTree.getChildren()).map((branch) => nodesTree.getChildren(branch));
  const leaves = (await Promise.all(below)).flat();
  return leaves.map((leaf) => String(nodesTree.getTreeItem(leaf).description));
}

async function ofUser(name: string, value: unknown): Promise<void> {
  const config = vscode.workspace.getConfiguration('buildstream');
  await config.update(`engine.${name}`, value, vscode.ConfigurationTarget.Global);
}
