import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '@omnia-buildstream/client/extension';
import type { PipelineElement } from '@omnia-buildstream/client/pipelines/view/pipelineElements';
import { startGitLabLab, type GitLabLab } from '@omnia-buildstream/lab/gitlab/lab';
import { filesNow } from '../../support/filesNow.ts';
import { Answers } from '../answers.ts';
import { configure, eventually, extensionId, mapping, row, statusLines, whileTimePasses } from '../support.ts';

const token = 'glpat-e2e-secret-0123456789';

suite('GitLab', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'buildstream-e2e-'));
  let lab: GitLabLab;
  let answers = new Answers();

  suiteSetup(async () => {
    lab = await startGitLabLab({
      files: { 'input/pxe_mapping_file.csv': mapping(row(2), row(3)), 'catalog_rhel.json': '{}\n' },
    });
    lab.tokens.add({ value: token });
  });

  setup(() => {
    answers.restore();
    answers = new Answers([lab.origin, token]);
  });

  suiteTeardown(async () => {
    answers.button = undefined;
    await vscode.commands.executeCommand('buildstream.signOut');
    answers.restore();
    await configure('gitlab.url', undefined);
    await configure('gitlab.project', undefined);
    await trust(undefined);
    await lab.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a certificate that nobody knows is shown, pinned when the user says so, and nothing is sent before', async () => {
    await vscode.commands.executeCommand('buildstream.signIn');
    const shown = answers.asked.find(({ message }) => message.includes('is not trusted'));
    assert.match(shown?.detail ?? '', /^SHA-256 fingerprint: ([0-9A-F]{2}:){31}[0-9A-F]{2}/);
    assert.equal(lab.seen.length, 0);
    assert.deepEqual(await accounts(), []);

    await trust({ [lab.origin]: { fingerprint: Array.from({ length: 32 }, () => 'AB').join(':') } });
    answers.restore();
    answers = new Answers([lab.origin, token]);
    await vscode.commands.executeCommand('buildstream.signIn');
    assert.match(answers.last?.detail ?? '', /Error: it is not the pinned certificate/);
    assert.equal(lab.seen.length, 0);
    await trust(undefined);

    answers.restore();
    answers = new Answers([lab.origin, token]);
    answers.button = 'Pin This Certificate';
    await vscode.commands.executeCommand('buildstream.signIn');
    assert.match(answers.last?.message ?? '', /^Signed in to 127\.0\.0\.1:\d+ as root\. Scopes of the token: api\./);
    assert.deepEqual(await accounts(), [`root (${new URL(lab.origin).host})`]);
    await vscode.commands.executeCommand('buildstream.signOut');
    await eventually('no account', async () => ((await accounts()).length === 0 ? true : undefined));
  });

  test('with the CA file the sign-in goes through, and Test Connection tells version, user, scopes and project', async () => {
    const caFile = path.join(folder, 'ca.pem');
    writeFileSync(caFile, lab.certificate?.cert ?? '');
    await trust({ [lab.origin]: { caFile } });
    await vscode.commands.executeCommand('buildstream.signIn');
    assert.match(answers.last?.message ?? '', /^Signed in/);
    await configure('gitlab.url', lab.origin);
    await configure('gitlab.project', 'root/omnia');
    await vscode.commands.executeCommand('buildstream.testConnection');
    assert.match(answers.last?.message ?? '', /GitLab 18\.8\.2, user root.*Scopes of the token: api.*root\/omnia/);
  });

  test('a deploy pipeline starts after a confirmation, and only then', async () => {
    await vscode.commands.executeCommand('buildstream.startDeployPipeline');
    assert.match(answers.last?.detail ?? '', /PIPELINE_TYPE=deploy/);
    assert.equal(posts(), 0);
    answers.button = 'Start Pipeline';
    await vscode.commands.executeCommand('buildstream.startDeployPipeline');
    assert.equal(posts(), 1);
    await lab.project.idle();
    await shows(/^#\d+[^:]*: .*(running|waiting|select)/);
  });

  test('deploy is refused before an image is chosen; then both are played in order', async () => {
    await shows(/^deploy: waiting for manual start/);
    const before = posts();
    await play('deploy');
    assert.match(answers.last?.message ?? '', /select an image first/);
    assert.equal(posts(), before);
    answers.button = ['Select Image', 'PXE-Boot 3 Nodes'];
    const [image] = (await lines())
      .filter(({ text }) => text.includes('select'))
      .filter(({ element }) => element.kind === 'job');
    assert.ok(image);
    await vscode.commands.executeCommand('buildstream.playJob', image.element);
    const confirmed = answers.asked.find(({ message }) => message.startsWith('Run '));
    assert.match(confirmed?.detail ?? '', /No node is changed until you run the deploy job/);
    await lab.project.idle();
    await play('deploy');
    assert.match(
      answers.asked.find(({ message }) => message.startsWith('PXE-boot '))?.detail ?? '',
      /3 of 3 nodes will be PXE-booted\./,
    );
    assert.equal(posts(), before + 2);
    await lab.project.idle();
  });

  test('from the palette the same actions ask which job or pipeline, offer what is possible, and ask before it', async () => {
    const before = posts();
    const offered: string[] = [];
    answers.button = undefined;
    answers.pick = (items) => {
      for (const item of items) if (typeof item !== 'string') offered.push(`${item.label} | ${item.description ?? ''}`);
      return items[0];
    };
    const asks = async (command: string): Promise<string> => {
      offered.length = 0;
      await vscode.commands.executeCommand(command);
      return offered.join('\n');
    };
    assert.match(
      await asks('buildstream.retryPipeline'),
      /^\$\(error\) Child Pipeline #\d+: failed \| Pipeline #\d+ · main$/,
    );
    assert.match(answers.last?.message ?? '', /^Retry child pipeline #\d+\? PXE-boot /);
    assert.match(await asks('buildstream.retryJob'), /restart: failed \| restart · Pipeline #\d+/);
    assert.match(answers.last?.message ?? '', /^Retry \w+\?/);
    assert.equal(await asks('buildstream.playJob'), '');
    assert.equal(answers.last?.message, 'There are no manual jobs to run.');
    assert.match(await asks('buildstream.copyGitLabLink'), /^\$\(error\) Pipeline #\d+: failed \| main$/m);
    assert.match(await vscode.env.clipboard.readText(), /\/pipelines\/\d+$/);
    assert.match(await asks('buildstream.showJobLog'), /deploy: passed \| deploy · Pipeline #\d+/);
    await eventually('the log', () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'buildstream-log'),
    );
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    assert.equal(posts(), before);
  });

  test('the child pipeline is retried, never its trigger job', async () => {
    await refresh();
    let seen: readonly Line[] = [];
    const run = await eventually('the failed pipeline, with how many nodes', async () => {
      await refresh();
      seen = await lines();
      return seen.find(
        ({ text, context }) =>
          /^#\d+ deploy: omnia_2_2_slurm · \d failed · (just now|\d+ min ago)/.test(text) &&
          context.includes('retryable recoverable'),
      );
    }).catch(() => {
      assert.fail(seen.map(({ text, context }) => `${text} [${context}]`).join('\n'));
    });
    assert.ok(!(await lines()).some(({ element }) => element.kind === 'job' && element.entry.kind === 'bridge'));
    answers.button = /^Retry and PXE-Boot /;
    await vscode.commands.executeCommand('buildstream.retryPipeline', run.element);
    const confirmed = answers.asked.find(({ message }) => message.startsWith('Retry child pipeline'));
    assert.match(confirmed?.detail ?? '', /Jobs to rerun: .*restart/s);
    const written = lab.seen.filter(({ method }) => method === 'POST').at(-1)?.path ?? '';
    assert.match(written, /\/pipelines\/\d+\/retry$/);
    await lab.project.idle();
  });

  test('Status tells project, image, nodes, stages and what is next, how old that is, and when GitLab is silent', async () => {
    const rows = await eventually('the next step', async () => {
      const found = await statusLines();
      return found.some((row) => row.startsWith('Next: ')) ? found : undefined;
    });
    assert.ok(rows.length >= 4 && rows.length <= 6, rows.join('\n'));
    assert.match(rows.join('\n'), /^root\/omnia, as of \d+:\d\d.* · 127\.0\.0\.1:\d+$/m);
    assert.match(rows.join('\n'), /^omnia_2_2_slurm, #\d+ · \w+/m);
    assert.match(rows.join('\n'), /^image: passed, deploy: passed, restart: \w+, validate: \w+$/m);
    // Nothing is under way that looks by itself.
    await refresh();
    lab.faults.add({ kind: 'cut', when: 'before', on: /^GET /, times: 20 });
    await refresh();
    assert.doesNotMatch((await statusLines()).join('\n'), /no response/, 'one lost response is none');
    await refresh();
    assert.match((await statusLines()).join('\n'), /no response for \d+ s, as of \d+:\d\d/);
    lab.faults.clear();
    await refresh();
    assert.match((await statusLines()).join('\n'), /^root\/omnia, as of \d+:\d\d/m);
  });

  test('Connections has a row for each way out, with its state spoken', async () => {
    const tree = vscode.extensions.getExtension<ExtensionApi>(extensionId)?.exports.connectionsTree;
    const found = await Promise.all(((await tree?.getChildren()) ?? []).map(async (row) => tree?.getTreeItem(row)));
    const spoken = found.map((item) => item?.accessibilityInformation?.label ?? '');
    assert.equal(spoken.length, 4);
    assert.match(spoken[0] ?? '', /^GitLab, 127\.0\.0\.1:\d+ · root$/);
    assert.equal(found[0]?.contextValue, 'gitlab signedIn');
  });

  test('a finished log is a document that cannot be edited', async () => {
    await refresh();
    const job = (await lines()).find(({ context }) => context.includes('hasLog'));
    assert.ok(job);
    await vscode.commands.executeCommand('buildstream.showJobLog', job.element);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'buildstream-log');
    assert.ok(document.getText().length > 0);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  test('whatever fails, the token is in no message and in no file that is written', async () => {
    const wrong = 'glpat-e2e-wrong-9876543210';
    const said: string[] = [];
    const keep = () => said.push(...answers.asked.map(({ message, detail }) => `${message} ${detail ?? ''}`));
    for (const fault of [
      { kind: 'bad-gateway', when: 'before' },
      { kind: 'cut', when: 'before' },
      { kind: 'half-answer' },
      { kind: 'too-many', style: 'application' },
    ] as const) {
      lab.faults.add({ ...fault, on: /^GET /, times: 9 });
      await whileTimePasses(vscode.commands.executeCommand('buildstream.testConnection'));
      lab.faults.clear();
    }
    keep();
    answers.restore();
    answers = new Answers([lab.origin, wrong]);
    await vscode.commands.executeCommand('buildstream.signIn');
    await eventually('the refusal', () => (answers.asked.length > 0 ? true : undefined));
    keep();
    assert.ok(
      said.some((text) => text.includes('does not accept the token')),
      said.join('\n'),
    );
    assert.ok(said.length >= 5, said.join('\n'));
    const files = writtenFiles();
    assert.ok(files.length > 0);
    for (const text of [...said, ...files])
      assert.ok(!text.includes(token) && !text.includes(wrong), text.slice(0, 500));
  });

  test('nothing is ever cancelled, and the token is in no address', () => {
    assert.deepEqual(
      lab.seen.filter(({ path: address }) => /cancel|glpat/.test(address)),
      [],
    );
  });

  function posts(): number {
    return lab.seen.filter(({ method }) => method === 'POST').length;
  }
});

/** Logs and storage of the test's own VS Code, which has its own home folder. */
function writtenFiles(): string[] {
  return [...filesNow(path.join(process.env['HOME'] ?? '', 'data')).values()];
}

async function play(name: string): Promise<void> {
  const found = (await lines()).find(({ text, element }) => element.kind === 'job' && text.startsWith(`${name}: `));
  assert.ok(found, name);
  await vscode.commands.executeCommand('buildstream.playJob', found.element);
}

async function refresh(): Promise<void> {
  await vscode.commands.executeCommand('buildstream.refreshPipelines');
}

async function shows(pattern: RegExp): Promise<void> {
  let found: readonly string[] = [];
  await eventually(String(pattern), async () => {
    await refresh();
    found = (await lines()).map(({ text }) => text);
    return found.some((text) => pattern.test(text)) ? true : undefined;
  }).catch(() => {
    assert.fail(`${String(pattern)} is not in:\n${found.join('\n')}`);
  });
}

interface Line {
  readonly text: string;
  readonly context: string;
  readonly element: PipelineElement;
}

/** The whole tree. */
async function lines(parent?: PipelineElement): Promise<Line[]> {
  const extension = vscode.extensions.getExtension<ExtensionApi>(extensionId);
  const tree = extension?.exports.pipelinesTree;
  assert.ok(tree);
  const found: Line[] = [];
  for (const element of (await tree.getChildren(parent)) ?? []) {
    const { label, description, contextValue = '' } = await tree.getTreeItem(element);
    const text = `${typeof label === 'string' ? label : ''}: ${String(description)}`;
    found.push({ text, context: contextValue, element }, ...(await lines(element)));
  }
  return found;
}

async function accounts(): Promise<string[]> {
  return (await vscode.authentication.getAccounts('buildstream-gitlab')).map(({ label }) => label);
}

async function trust(servers: unknown): Promise<void> {
  const config = vscode.workspace.getConfiguration('buildstream');
  await config.update('gitlab.servers', servers, vscode.ConfigurationTarget.Global);
  await config.update('trust', undefined, vscode.ConfigurationTarget.Global);
}
