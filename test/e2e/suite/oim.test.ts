import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { apiPassword, apiUser, gate, imageGroupId, startOimLab, type OimLab } from '../../support/oimLab.ts';
import { filesNow } from '../../support/filesNow.ts';
import { Answers } from '../answers.ts';
import { stageButton } from '../stagesLab.ts';
import {
  configureUser,
  endOf,
  eventually,
  mapping,
  openMapping,
  row,
  write,
  writeTasks,
  whileTimePasses,
} from '../support.ts';

const settingNames = ['api.url', 'trust', 'engine.backend'];
const tests = { total: 7, passed: 6, failed: 0, skipped: 1, errors: 0 };
/** Enough cuts for the follower to notice an outage: five attempts, and two more before the API is back. */
const cutsOfAnOutage = 7;

suite('the management server', () => {
  let lab: OimLab;
  let document: vscode.TextDocument;
  let answers = new Answers();

  suiteSetup(async () => {
    // Uses 2.3, because the API of 2.2 does not report test results.
    lab = await startOimLab(undefined, { version: '2.3' });
    document = await openMapping('oim', mapping(row(2), row(3)));
    write('oim/input/network_spec.yml', 'Networks: []\n');
    await configureUser('api.url', `${lab.server.origin}/api/v1`);
  });

  setup(() => {
    answerWith([]);
  });

  suiteTeardown(async () => {
    answers.restore();
    await vscode.commands.executeCommand('buildstream.signOutApi');
    for (const name of settingNames) await configureUser(name, undefined);
    await lab.stop();
  });

  test('signed out, a stage says what to do, and nothing is sent', async () => {
    assert.equal(await endOf(() => runStage('Deploy')), 2);
    assert.match(answers.last?.message ?? '', /not signed in to the BuildStreaM API/);
    assert.deepEqual(lab.oim.begun, []);
  });

  test('signing in shows the certificate and pins it; a client that is registered already is explained and entered', async () => {
    const { id } = lab.credential;
    answerWith([apiUser, apiPassword, id, lab.credential.reveal()]);
    answers.button = ['Pin This Certificate', 'Register', 'Enter the Existing Client'];
    answers.pick = (items) => labelled(items, 'Register a client');
    await vscode.commands.executeCommand('buildstream.signInApi');
    assert.match(answers.asked[0]?.detail ?? '', new RegExp(`^SHA-256 fingerprint: ${lab.certificate.fingerprint}`));
    assert.match(answers.asked[1]?.message ?? '', /^Register a client at 127\.0\.0\.1/);
    assert.match(answers.asked[2]?.message ?? '', /already has its one client.*BSM_CLIENT_ID.*max_clients_reached/);
    assert.match(answers.last?.message ?? '', new RegExp(`as client ${id}\\. Image groups there: 1`));
    const pinned = vscode.workspace.getConfiguration('buildstream').inspect<object>('trust')?.globalValue;
    const digits = lab.certificate.fingerprint.replaceAll(':', '').toLowerCase();
    assert.deepEqual(Object.values(pinned ?? {}), [`sha256:${digits}`]);
  });

  test('a wrong secret is refused and the good one stays', async () => {
    answerWith([lab.credential.id, 'bld_s_wrong-secret-5d1e']);
    answers.pick = (items) => labelled(items, 'Enter the existing client');
    await vscode.commands.executeCommand('buildstream.signInApi');
    const message = await eventually('the refusal', () => answers.last?.message);
    assert.match(message, /does not accept client id and secret/);
    assert.doesNotMatch(message, /wrong-secret/);
    answerWith([]);
    await vscode.commands.executeCommand('buildstream.testApi');
    assert.match(answers.last?.message ?? '', /with the status healthy.*Image groups there: 1/);
  });

  test('a stage shows what it touches, and without a yes nothing is sent', async () => {
    assert.equal(await endOf(() => runStage('Deploy')), undefined);
    const asked = answers.asked.find(({ message }) => /(on|through) the management server\?$/.test(message));
    for (const text of ['node2', 'Uploads network_spec.yml, pxe_mapping_file.csv.']) {
      assert.ok(asked?.detail?.includes(text), text);
    }
    assert.deepEqual(lab.oim.begun, []);
  });

  test('deploy uploads, is ordered once and followed', async () => {
    answers.button = stageButton.Deploy;
    assert.equal(await whileTimePasses(endOf(() => runStage('Deploy'))), 0);
    assert.deepEqual(lab.oim.begun, [`deploy ${lab.group.jobId}`]);
    assert.equal(lab.work.runs[0]?.run.files.get('pxe_mapping_file.csv'), document.getText());
    assert.match(answers.last?.message ?? '', /^Deploy on the management server: The stage succeeded\./);
  });

  test('an API that is away and tokens that expire in the middle change nothing: ordered once, followed to the end', async () => {
    const held = gate();
    lab.work.scripts.restart = { durationMs: 0, until: held.until };
    const task = { stage: 'restart', backend: 'oim', image: imageGroupId, label: 'on the server' };
    const tasks = writeTasks({ ...task, mapping: 'oim/input/pxe_mapping_file.csv' });
    const named = await tasks.named('on the server');
    answers.button = stageButton.Restart;
    const ended = endOf(() => vscode.tasks.executeTask(named));
    await eventually('the restart', () => (isRunning('restart') ? true : undefined));
    lab.faults.add({ on: /GET .*\/jobs\//, kind: 'expire-tokens' });
    lab.faults.add({ on: /GET .*\/jobs\//, kind: 'cut', when: 'before', times: cutsOfAnOutage });
    held.release();
    assert.equal(await whileTimePasses(ended), 0);
    assert.equal(lab.oim.begun.length, 2);
    await tasks.remove();
  });

  test('stopping ends the following only; the same command follows again, and asks and sends nothing', async () => {
    const held = gate();
    const result = { test_summary: tests, report_path: '/opt/omnia/reports/test_report.json' };
    const outcome = { succeeded: true, summary: '', resultDetail: result };
    lab.work.scripts.validate = { durationMs: 0, until: held.until, outcomes: [outcome] };
    answers.button = stageButton.Validate;
    const first = endOf(() => runStage('Validate'));
    await eventually('the tests', () => (isRunning('validate') ? true : undefined));
    // If it is stopped before the order is answered, the result of the order is unknown.
    const atOrder = looksAtJob();
    await whileTimePasses(eventually('a look at them', () => (looksAtJob() > atOrder ? true : undefined)));
    await vscode.commands.executeCommand('buildstream.stopStage');
    assert.equal(await first, 3);
    assert.match(
      answers.last?.message ?? '',
      /No longer following\. The .*stage keeps running on the management server/,
    );
    answerWith([]);
    const before = looksAtJob();
    const second = endOf(() => runStage('Validate'));
    // The first poll decides that the stage is followed.
    await whileTimePasses(eventually('the second look', () => (looksAtJob() > before + 1 ? true : undefined)));
    held.release();
    assert.equal(await whileTimePasses(second), 0);
    assert.ok(!answers.asked.some(({ message }) => /(on|through) the management server\?$/.test(message)));
    assert.equal(lab.oim.begun.length, 3);
  });

  test('the deployment tells stages, logs, images and the tests', async () => {
    await vscode.commands.executeCommand('buildstream.showDeployment');
    const text = await deployment();
    for (const part of [
      '**healthy**',
      `\`${imageGroupId}\`: **PASSED**`,
      `\`${lab.group.jobId}\``,
      '| restart | COMPLETED |',
      'set_pxe_boot.yml_',
      '`slurm_node_x86_64` | `s3://boot-images/slurm_node_x86_64/rhel-slurm_node_x86_64_rhel10-slurm/`',
      'Tests passed: 6 / 7',
      '`/opt/omnia/reports/test_report.json`',
    ]) {
      assert.ok(text.includes(part), `${part}\n${text}`);
    }
  });

  test('a finished job takes no other files: the plan says so, its restart is refused, and nothing is begun', async () => {
    write('oim/input/network_spec.yml', 'Networks: []\n# changed\n');
    answers.button = stageButton.Restart;
    assert.equal(await endOf(() => runStage('Restart')), 2);
    const asked = answers.asked.find(({ message }) => /(on|through) the management server\?$/.test(message));
    assert.match(
      asked?.detail ?? '',
      /The job is SUCCEEDED and the image group PASSED\. The API refuses.*run a new build/s,
    );
    assert.match(
      answers.last?.message ?? '',
      /^Restart on the management server: Nothing was started\. The .*409.*takes no more files.*new build/,
    );
    assert.equal(lab.oim.begun.length, 3);
    write('oim/input/network_spec.yml', 'Networks: []\n');
  });

  test('with exactly the files that it has, the plan offers the restart of a finished job', async () => {
    assert.equal(await endOf(() => runStage('Restart')), undefined);
    const asked = answers.asked.find(({ message }) => /(on|through) the management server\?$/.test(message));
    assert.match(asked?.detail ?? '', /the stage is started all the same: the API has exactly these already/);
    assert.doesNotMatch(asked?.detail ?? '', /new build/);
  });

  test('an API that is not there says so, with a way on', async () => {
    await configureUser('api.url', 'https://127.0.0.1:9');
    await whileTimePasses(vscode.commands.executeCommand('buildstream.testApi'));
    const message = await eventually('the message', () => answers.last?.message);
    assert.match(message, /cannot be reached\. Check buildstream\.api\.url/);
    await configureUser('api.url', lab.server.origin);
  });

  test('no file, setting, message or log has a secret in it', async () => {
    const said = [JSON.stringify(answers.asked), await deployment()];
    const settings = JSON.stringify(vscode.workspace.getConfiguration('buildstream'));
    const project = path.dirname(path.dirname(document.uri.fsPath));
    // Settings, state and logs, at their location in the bundled server; desktop VS Code stores them elsewhere.
    const kept = path.join(homedir(), 'data');
    const texts = [...said, settings, ...filesNow(project).values(), ...filesNow(kept).values()];
    for (const secret of [lab.credential.reveal(), apiPassword, 'wrong-secret-5d1e']) {
      assert.ok(!texts.some((text) => text.includes(secret)));
    }
  });

  function isRunning(name: string): boolean {
    const { stages } = lab.oim.jobs.get(lab.group.jobId, undefined);
    return stages.find((stage) => stage.name === name)?.state === 'IN_PROGRESS';
  }

  function looksAtJob(): number {
    return lab.server.seen.filter((request) => request.startsWith('GET /api/v1/jobs/')).length;
  }

  function answerWith(inputs: readonly string[]): void {
    answers.restore();
    answers = new Answers(inputs);
  }

  /** Executes Run Stage… on the management server with the lab's image group. */
  function runStage(title: string): Thenable<unknown> {
    const labels = ['On the Management Server', title, imageGroupId];
    answers.pick = (items) => labels.map((label) => labelled(items, label)).find((item) => item !== undefined);
    return vscode.commands.executeCommand('buildstream.runStage');
  }
});

function labelled(items: readonly (string | vscode.QuickPickItem)[], label: string): unknown {
  return items.find((item) => typeof item !== 'string' && item.label === label);
}

async function deployment(): Promise<string> {
  const document = await eventually('the deployment', () =>
    vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'buildstream-deployment'),
  );
  return document.getText();
}
