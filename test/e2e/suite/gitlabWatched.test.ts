import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Answers, type Asked } from '../answers.ts';
import { startSignedIn, type SignedIn } from '../signedIn.ts';
import { api, eventually, mapping, openMapping, row, statusLines, whileTimePasses } from '../support.ts';

const text = mapping(row(2), row(3));
/** A large step, because hidden views and unreachable servers are polled rarely. */
const longStepMs = 20_000;

suite('GitLab, when nobody looks', () => {
  let here: SignedIn;
  let answers = new Answers();

  suiteSetup(async () => {
    answers.restore();
    here = await startSignedIn({ files: { 'input/pxe_mapping_file.csv': text, 'catalog_rhel.json': '{}\n' } });
    await openMapping('watched', text);
    await vscode.commands.executeCommand('buildstream.groupNodesByState');
  });

  setup(() => {
    answers.restore();
    answers = new Answers();
    answers.button = 'Start Pipeline';
  });

  suiteTeardown(async () => {
    answers.button = undefined;
    await vscode.commands.executeCommand('buildstream.groupNodesByGroup');
    await here.stop();
    answers.restore();
  });

  test('Status is as of a time; when the server is dead it says so by itself and for how long, until it is back', async () => {
    await vscode.commands.executeCommand('buildstream.status.focus');
    await vscode.commands.executeCommand('buildstream.startDeployPipeline');
    await here.lab.project.idle();
    await whileTimePasses(eventually('an age', () => projectRow(/, as of \d+:\d\d/)));
    here.lab.faults.add({ kind: 'cut', when: 'before', on: /^GET /, times: Number.MAX_SAFE_INTEGER });
    // No one presses Refresh.
    await whileTimePasses(
      eventually('half a minute of silence', async () => {
        const silent = await projectRow(/, no response for (\d+ s|\d+ min), as of \d+:\d\d/);
        const [, seconds] = /for (\d+) s/.exec(silent ?? '') ?? [];
        return seconds === undefined || Number(seconds) >= 30 ? silent : undefined;
      }),
    );
    here.lab.faults.clear();
    await whileTimePasses(
      eventually('an age again', () => projectRow(/^root\/[\w-]+, as of \d+:\d\d.* · 127\.0\.0\.1:\d+$/)),
      longStepMs,
    );
  });

  test('the end of a pipeline that was started here is told once, loud, with numbers and names; it stays in Status and Nodes', async () => {
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await deployInGitLab();
    const end = await whileTimePasses(
      eventually('the end', () => ends()[0]),
      longStepMs,
    );
    assert.equal(end.kind, 'error');
    assert.match(
      end.message,
      /^Nodes that failed to boot: 2 \(node2, node3\)\. Pipeline #\d+ on main: failed in restart\.$/,
    );
    assert.ok((await statusLines()).includes(end.message), 'it stays in Status');
    await eventually('the failed nodes, which the badge counts', failedNodes);
    // Whether or not the view is visible: the pipeline has ended and nothing about it is new.
    await api().passMs?.(10 * longStepMs);
    await vscode.commands.executeCommand('buildstream.refreshPipelines');
    assert.equal(ends().length, 1);
  });

  test('what ends while the window is signed out is told when it is back, and stays until somebody dismisses it', async () => {
    await vscode.commands.executeCommand('buildstream.startDeployPipeline');
    await here.lab.project.idle();
    await vscode.commands.executeCommand('buildstream.signOut');
    await deployInGitLab();
    assert.deepEqual(ends(), []);
    answers.restore();
    await here.signIn();
    answers = new Answers();
    const end = await whileTimePasses(
      eventually('the end', () => ends()[0]),
      longStepMs,
    );
    assert.ok((await statusLines()).includes(end.message));
    answers.pick = (items) => items.find((item) => typeof item !== 'string' && item.label === 'Dismiss');
    await vscode.commands.executeCommand('buildstream.dealWithEnd');
    assert.ok(!(await statusLines()).includes(end.message));
  });

  function ends(): readonly Asked[] {
    return answers.asked.filter(({ message }) => /Pipeline #\d+ on main: \w+ in /.test(message));
  }

  /** Does what another person does in GitLab, until the restart has failed. */
  async function deployInGitLab(): Promise<void> {
    const { project } = here.lab;
    for (const name of [/^select_/, /^deploy$/]) {
      const jobs = project.pipelines.all.flatMap((pipeline) => pipeline.jobs);
      const job = jobs.findLast(({ status, definition }) => status === 'manual' && name.test(definition.name));
      assert.ok(
        job,
        `${String(name)} in ${jobs.map(({ definition, status }) => `${definition.name}: ${status}`).join()}`,
      );
      project.pipelines.play(job, { username: 'ada', variables: new Map() });
      await project.idle();
    }
  }
});

/** The Status view's row about the server, if it matches. */
async function projectRow(pattern: RegExp): Promise<string | undefined> {
  return (await statusLines()).find((line) => line.startsWith('root/omnia') && pattern.test(line));
}

/** Resolves to true once the failed nodes are listed under their cause in the Nodes view. */
async function failedNodes(): Promise<true | undefined> {
  const { nodesTree } = api();
  const branches = nodesTree.getChildren();
  const found = (await branches).flatMap((branch) =>
    branch.kind === 'branch' && branch.name.by === 'cause' ? branch.nodes.map(({ hostname }) => hostname) : [],
  );
  return found.sort().join() === 'node2,node3' ? true : undefined;
}
