import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { readTestReport } from '@omnia-buildstream/core/testReport/read';
import { Answers } from '../answers.ts';
import { answersToStage, groupId, stageButton, startStagesLab, type StagesLab } from '../stagesLab.ts';
import { api, configureUser, endOf, eventually, terminalShows, write, writeTasks } from '../support.ts';
import { RecordedTests } from '../testRuns.ts';

const project = 'molecule';
/** Pauses in the middle until the test lets it continue. */
const failing = `
echo 'converge: ok'
until [ -e go ]; do sleep 0.05; done
echo 'verify: failed' >&2
cat > report.xml << 'END'
<testsuite>
  <testcase classname="provision" name="images are there"/>
  <testcase classname="provision" name="pxe answers"><failure message="no answer from tftp"/></testcase>
</testsuite>
END
exit 4
`;
const passing = `echo '<testsuite><testcase name="all is well"/></testsuite>' > report.xml`;

suite('validate with Molecule', () => {
  let cluster: StagesLab;
  let answers = new Answers();
  let recorded: RecordedTests;

  suiteSetup(async () => {
    const script = molecule(failing);
    const settings = {
      molecule: ['sh', path.basename(script.fsPath)],
      moleculeFolder: path.dirname(script.fsPath),
      moleculeReport: 'report.xml',
    };
    cluster = await startStagesLab(project, { lab: { size: 1 }, settings });
  });

  setup(() => {
    recorded = new RecordedTests(api().tests);
  });

  teardown(() => {
    recorded.restore();
    answers.restore();
  });

  suiteTeardown(async () => {
    letGo();
    await cluster.stop();
  });

  test('it is told before what is run, its output is in the terminal while it runs, and its report and exit code are tests', async () => {
    const ended = validate();
    await terminalShows('converge: ok');
    const asked = answers.asked.find(({ message }) => message === 'Run 4 tests now?');
    assert.match(asked?.detail ?? '', /Then runs sh molecule\.sh in .*molecule\/scenario\./);
    letGo();
    assert.equal(await ended, 3);
    for (const part of ['verify: failed', 'no answer from tftp', 'exit code 4']) await terminalShows(part);
    const cases = ['molecule/provision/images are there', 'molecule/provision/pxe answers', 'molecule'];
    assert.deepEqual(itemsOf('node/'), cases);
    assert.deepEqual(
      cases.map((id) => recorded.results.get(id)),
      ['passed', 'failed: no answer from tftp', 'failed: exit code 4\nCheck its output in molecule_output.log.'],
    );
  });

  test('the path of the detailed report is shown, in the view Testing too, and the message opens it', async () => {
    molecule(passing);
    assert.equal(await validate('Open Report'), 0);
    assert.equal(recorded.results.get('molecule'), 'passed');
    const report = path.join(cluster.projectFolder, '.buildstream/validate/attempt_2/test_report.json');
    await terminalShows(`Detailed report: ${report}`);
    assert.ok(recorded.output.includes(`Detailed report: ${report}`));
    const editor = await eventually('the report', () =>
      vscode.window.visibleTextEditors.find(({ document }) => document.uri.fsPath === report),
    );
    const tests = readTestReport(JSON.parse(editor.document.getText()))?.tests ?? [];
    assert.ok(tests.some(({ id, outcome }) => id === 'molecule' && outcome === 'passed'));
  });

  test('chosen alone it runs without the checks of the nodes', async () => {
    const mapping = `${project}/input/pxe_mapping_file.csv`;
    const tasks = writeTasks({
      stage: 'validate',
      image: groupId,
      label: 'only Molecule',
      checks: ['molecule'],
      mapping,
    });
    const found = await tasks.named('only Molecule');
    answers = answersToStage('Validate', {}).answers;
    assert.equal(await endOf(() => vscode.tasks.executeTask(found)), 0);
    assert.ok(answers.asked.some(({ message }) => message === 'Run 1 test now?'));
    assert.deepEqual(
      [...recorded.results],
      [
        ['molecule/all is well', 'passed'],
        ['molecule', 'passed'],
      ],
    );
    await tasks.remove();
  });

  test('a program that is missing is told with what to do, and the checks of the nodes count', async () => {
    await configureUser('engine.molecule', ['no-such-molecule']);
    assert.equal(await validate(), 3);
    const result = recorded.results.get('molecule') ?? '';
    assert.match(result, /^error: the program "no-such-molecule" is missing.*\n.*buildstream\.engine\.molecule/);
    assert.equal([...recorded.results.values()].filter((result) => result === 'passed').length, 3);
  });

  test('without a folder nothing is run', async () => {
    await configureUser('engine.moleculeFolder', 'relative');
    assert.equal(await validate(), 2);
    assert.match(answers.last?.message ?? '', /absolute path of Molecule's folder in buildstream\.engine\.moleculeRun/);
  });

  /** Validates and also presses these buttons. Resolves to the exit code. */
  function validate(...buttons: readonly string[]): Promise<number | undefined> {
    answers.restore();
    answers = answersToStage('Validate', {}).answers;
    answers.button = [stageButton.Validate, ...buttons];
    return endOf(() => vscode.commands.executeCommand('buildstream.runStage'));
  }

  function itemsOf(id: string): string[] {
    return [...(api().tests.items.get(id)?.children ?? [])].map(([child]) => child);
  }
});

/** Ends the wait of {@link failing}. */
function letGo(): void {
  write(`${project}/scenario/go`, '');
}

/** Writes the script that runs instead of Molecule. */
function molecule(script: string): vscode.Uri {
  return write(`${project}/scenario/molecule.sh`, script);
}
