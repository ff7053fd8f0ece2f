import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { LabOptions } from '@omnia-buildstream/lab/lab';
import { Answers } from '../answers.ts';
import { answersToStage, groupId, startStagesLab, type StagesLab, type StageTitle } from '../stagesLab.ts';
import { api, endOf, eventually, rewrite, whileTimePasses, writeTasks } from '../support.ts';

const project = 'stagesAll';
/** The last of the three nodes, whose slurmd does not start. */
const broken = 'cn-00003';

suite('deploy, restart and validate', () => {
  let cluster: StagesLab;
  let answers = new Answers();

  suiteSetup(async () => {
    const faultsOf: LabOptions['faultsOf'] = (index) => (index === 2 ? { closedServices: ['slurmd'] } : {});
    cluster = await startStagesLab(project, { lab: { size: 3, faultsOf } });
    await vscode.commands.executeCommand('buildstream.nodes.focus');
  });

  setup(() => {
    answers.restore();
    answers = new Answers();
  });

  suiteTeardown(async () => {
    answers.restore();
    await cluster.stop();
  });

  test('deploy offers the image groups of the list, says what it checks, and hands over what each node boots', async () => {
    const offered = prepareAnswers('Deploy', 'No BMC');
    assert.equal(await endOf(() => vscode.commands.executeCommand('buildstream.runStage')), 0);
    assert.deepEqual(offered.get('Image Group'), [groupId]);
    assert.ok(
      offered.get('Select BMCs That Must Respond Before Deploying')?.some((item) => item.endsWith('would boot now: 3')),
    );
    const asked = answers.asked.find(({ message }) =>
      message.startsWith('Publish the boot configuration of 3 nodes with '),
    );
    assert.match(asked?.detail ?? '', new RegExp(`to get the image .*slurm_node_x86_64_${groupId}: cn-00002`));
    assert.match(asked?.detail ?? '', /No BMC is checked for a response, as you selected/);
    const scripts = readdirSync(path.join(cluster.projectFolder, 'boot')).filter((name) => name.endsWith('.ipxe'));
    assert.equal(scripts.length, 3);
    assert.equal(requests(), 0, 'no BMC was asked');
  });

  test('what the checks of deploy find on a row is a problem there, and nothing is changed', async () => {
    const rows = cluster.lab.mappingFile.split('\n');
    // Valid for Omnia, but the image group has no image for the role.
    const withoutImage = (row: string): string => row.replace(/^slurm_node_x86_64,[^,]*/, 'login_node_x86_64,grp99');
    const other = rows.map((row, index) => (index === 3 ? withoutImage(row) : row));
    await rewrite(cluster.document, other.join('\n'));
    prepareAnswers('Deploy', 'No BMC');
    answers.button = ['Check'];
    assert.equal(await endOf(() => vscode.commands.executeCommand('buildstream.runStage')), 3);
    const [problem] = await eventually('a problem', () => {
      const found = problems('deploy: ');
      return found.length > 0 ? found : undefined;
    });
    assert.equal(problem?.range.start.line, 3);
    await rewrite(cluster.document, cluster.lab.mappingFile);
  });

  test('restart boots the group that was chosen from the list, and offers to verify', async () => {
    prepareAnswers('Restart');
    answers.button = [/^PXE-Boot \d+ Nodes$/, 'Restart It Too', 'Verify'];
    const restarted = endOf(() => vscode.commands.executeCommand('buildstream.runStage'));
    assert.equal(await whileTimePasses(restarted), 0);
    assert.ok(
      answers.asked.some(({ message }) => message === 'Restart from this computer: 3 done, 0 failed, 0 not tried.'),
    );
    await eventually('the question about the checks', () =>
      answers.asked.find(({ message }) => message === 'Run 3 tests now?'),
    );
    await eventually('its end', () => (vscode.tasks.taskExecutions.length === 0 ? true : undefined));
  });

  test('validate shows each test in the view Testing, and a service that is down with what to do, on its row', async () => {
    prepareAnswers('Validate');
    assert.equal(await endOf(() => vscode.commands.executeCommand('buildstream.runStage')), 3);
    const asked = answers.asked.find(({ message }) => message === 'Run 9 tests now?');
    assert.match(asked?.detail ?? '', /name, ssh, slurmd: .*cn-00002/);
    assert.match(asked?.detail ?? '', /Read-only\. Connects to/);
    assert.ok(
      answers.asked.some(({ message }) => message.startsWith('Validate from this computer: 8 passed, 1 failed')),
    );
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
    assert.match(problem?.message ?? '', /cn-00003: slurmd responds/);
    assert.equal(problem?.range.start.line, 3);
    const reports = readdirSync(path.join(cluster.projectFolder, '.buildstream/validate/attempt_1'));
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
    const mapping = `${project}/input/pxe_mapping_file.csv`;
    const tasks = writeTasks({
      stage: 'validate',
      image: groupId,
      label: 'one test',
      checks: ['ssh/cn-00001'],
      mapping,
    });
    const found = await tasks.named('one test');
    answers.button = 'Run 1 Test';
    assert.equal(await endOf(() => vscode.tasks.executeTask(found)), 0);
    assert.ok(answers.asked.some(({ message }) => message === 'Run 1 test now?'));
    await tasks.remove();
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

  /** Selects this stage and these BMCs, and agrees. @returns the choices that were offered, by title */
  function prepareAnswers(stage: StageTitle, bmcs?: string): ReadonlyMap<string, readonly string[]> {
    answers.restore();
    const prepared = answersToStage(stage, { bmcs });
    answers = prepared.answers;
    return prepared.offered;
  }

  function problems(prefix: string): vscode.Diagnostic[] {
    return vscode.languages.getDiagnostics(cluster.document.uri).filter(({ message }) => message.startsWith(prefix));
  }

  function requests(): number {
    return cluster.lab.bmcs.reduce((sum, bmc) => sum + bmc.record.requests.length, 0);
  }
});

function controller(): vscode.TestController {
  return api().tests;
}

async function descriptions(): Promise<string[]> {
  const { nodesTree } = api();
  const below = (await nodesTree.getChildren()).map((branch) => nodesTree.getChildren(branch));
  const leaves = (await Promise.all(below)).flat();
  return leaves.map((leaf) => String(nodesTree.getTreeItem(leaf).description));
}
