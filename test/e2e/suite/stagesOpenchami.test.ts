import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { OpenchamiLab } from '@omnia-buildstream/lab/openchami/server';
import { filesNow } from '../../support/filesNow.ts';
import { Answers } from '../answers.ts';
import { answersToStage, startStagesLab, type StagesLab } from '../stagesLab.ts';
import { configureUser, endOf, terminalShows, terminalText } from '../support.ts';

const token = 'openchami-token-5e1d';
const wrongToken = 'openchami-token-that-is-wrong';

suite('deploy to OpenCHAMI', () => {
  let openchami: OpenchamiLab;
  let cluster: StagesLab;
  let answers = new Answers();
  /** Everything that the user saw. */
  const shown: string[] = [];

  suiteSetup(async () => {
    openchami = await OpenchamiLab.start({ token, now: new Date() });
    cluster = await startStagesLab('openchami', {
      lab: { size: 2 },
      authorities: [openchami.certificate.cert],
      settings: { provision: `openchami:${openchami.url}` },
    });
  });

  teardown(async () => {
    shown.push(JSON.stringify(answers.asked), await terminalText());
  });

  suiteTeardown(async () => {
    answers.restore();
    await cluster.stop();
    await openchami.stop();
  });

  test('the token is asked for, hidden and for this server; without an answer nothing is sent', async () => {
    assert.equal(await deploy(), undefined);
    assert.equal(answers.prompts.length, 1);
    const [{ password, prompt = '' } = {}] = answers.prompts;
    assert.equal(password, true);
    assert.ok(prompt.includes(openchami.url), prompt);
    await terminalShows('Nothing was run, because the token was not entered.');
    assert.deepEqual(openchami.requests, []);
  });

  test('a wrong token is named as the reason, and nothing is changed', async () => {
    assert.equal(await deploy(wrongToken), 3);
    assert.match(
      answers.last?.message ?? '',
      /^Deploy from this computer: The token was not accepted\. The next run asks for one\./,
    );
    await terminalShows('the token is not accepted: HTTP 401');
    assert.deepEqual(openchami.writes, []);
  });

  test('the next run asks for another one, which is used', async () => {
    assert.equal(await deploy(token), 0);
    assert.equal(answers.prompts.length, 1);
    assert.equal(openchami.state.boot.size, 2);
    await terminalShows('2 created, 0 updated, 0 unchanged');
  });

  test('a token that was accepted is not asked for again', async () => {
    assert.equal(await deploy(), 0);
    assert.deepEqual(answers.prompts, []);
    await terminalShows('0 created, 0 updated, 2 unchanged');
  });

  test('a service that fails for another reason does not cost the token', async () => {
    const caFile = vscode.workspace.getConfiguration('buildstream').inspect('engine.caFile')?.globalValue;
    await configureUser('engine.caFile', undefined);
    assert.equal(await deploy(), 3);
    await terminalShows('the certificate is not trusted');
    await configureUser('engine.caFile', caFile);
    assert.equal(await deploy(), 0);
    assert.deepEqual(answers.prompts, []);
  });

  test('no file, setting, message or terminal has a token in it', () => {
    const settings = JSON.stringify(vscode.workspace.getConfiguration('buildstream'));
    // Settings, state and logs, at their location in the bundled server; desktop VS Code stores them elsewhere.
    const folders = [cluster.projectFolder, path.join(homedir(), 'data')];
    const texts = [...shown, settings, ...folders.flatMap((folder) => [...filesNow(folder).values()])];
    for (const secret of [token, wrongToken]) assert.ok(!texts.some((text) => text.includes(secret)));
  });

  /** Deploys and answers the input boxes with these inputs. Resolves to the exit code. */
  function deploy(...inputs: readonly string[]): Promise<number | undefined> {
    answers.restore();
    answers = answersToStage('Deploy', { bmcs: 'No BMC', inputs }).answers;
    return endOf(() => vscode.commands.executeCommand('buildstream.runStage'));
  }
});
