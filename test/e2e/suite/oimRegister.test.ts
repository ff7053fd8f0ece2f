import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { apiPassword, apiUser, startNewOimLab, type NewOimLab } from '../../support/oimLab.ts';
import { filesNow } from '../../support/filesNow.ts';
import { Answers } from '../answers.ts';
import { configureUser, eventually } from '../support.ts';

const wrongPassword = 'wrong-api-password-3b9e';

suite('registering a client of the BuildStreaM API', () => {
  let lab: NewOimLab;
  let answers = new Answers();
  /** Everything that was shown. */
  const said: string[] = [];

  suiteSetup(async () => {
    lab = await startNewOimLab();
    await configureUser('api.url', lab.server.origin);
    await configureUser('api.fingerprint', lab.certificate.fingerprint);
  });

  teardown(() => {
    said.push(JSON.stringify(answers.asked));
    answers.restore();
  });

  suiteTeardown(async () => {
    for (const name of ['api.url', 'api.fingerprint']) await configureUser(name, undefined);
    await lab.stop();
  });

  test('it says what it is for and asks first; without a yes neither user nor password is asked for', async () => {
    await register([]);
    const asked = answers.asked[0];
    assert.equal(asked?.message, `Register a client at ${new URL(lab.server.origin).host} now?`);
    assert.match(asked.detail ?? '', /takes one client only, and tells its secret once/);
    assert.deepEqual(answers.prompts, []);
    assert.equal(registrations(), 0);
  });

  test('a wrong password is explained, and nobody is signed in', async () => {
    await register(['Register'], apiUser, wrongPassword);
    const message = await eventually('the refusal', () => answers.asked.at(1)?.message);
    assert.match(message, /^The BuildStreaM API does not accept this user and password.*BSM_API_USERNAME/);
    assert.equal(registrations(), 1);
    answers.restore();
    answers = new Answers();
    await vscode.commands.executeCommand('buildstream.testApi');
    assert.match(await eventually('the message', () => answers.last?.message), /You are not signed in/);
  });

  test('user and password register a client, whose secret is kept and can be copied once', async () => {
    await register(['Register', 'Copy Secret Once'], apiUser, apiPassword);
    assert.deepEqual(
      answers.prompts.map(({ password }) => password === true),
      [false, true],
    );
    assert.equal(registrations(), 2);
    const kept = answers.asked.find(({ message }) => message.endsWith('its secret is in the secret storage.'));
    const id = /^Client (\S+) is registered/.exec(kept?.message ?? '')?.[1] ?? '';
    assert.match(kept?.detail ?? '', /BSM_CLIENT_ID and BSM_CLIENT_SECRET/);
    assert.match(answers.last?.message ?? '', new RegExp(`as client ${id}\\. Image groups there: 1`));
    const secret = await vscode.env.clipboard.readText();
    assert.ok(lab.oim.clients.issue(id, secret).token);
  });

  test('what needs the client works with it, and asks for nothing', async () => {
    answers = new Answers();
    await vscode.commands.executeCommand('buildstream.testApi');
    assert.match(answers.last?.message ?? '', /Certificate and client \S+ are accepted\. Image groups there: 1/);
    assert.deepEqual(answers.prompts, []);
  });

  test('no file, setting or message has the password or the secret in it', async () => {
    const secret = await vscode.env.clipboard.readText();
    assert.ok(secret.length > 20);
    const settings = JSON.stringify(vscode.workspace.getConfiguration('buildstream'));
    const texts = [...said, settings, ...filesNow(path.join(homedir(), 'data')).values()];
    for (const hidden of [apiPassword, wrongPassword, secret]) assert.ok(!texts.some((text) => text.includes(hidden)));
  });

  test('after signing out the secret is gone', async () => {
    answers = new Answers();
    await vscode.commands.executeCommand('buildstream.signOutApi');
    await vscode.commands.executeCommand('buildstream.testApi');
    assert.match(await eventually('the message', () => answers.asked.at(1)?.message), /You are not signed in/);
  });

  /** Signs in with a new client, presses these buttons and enters user and password. */
  async function register(buttons: readonly string[], ...inputs: readonly string[]): Promise<void> {
    answers = new Answers(inputs);
    answers.button = buttons;
    answers.pick = (items) => items.find((item) => typeof item !== 'string' && item.label === 'Register a client');
    await vscode.commands.executeCommand('buildstream.signInApi');
  }

  function registrations(): number {
    return lab.server.seen.filter((request) => request.startsWith('POST /api/v1/auth/register')).length;
  }
});
