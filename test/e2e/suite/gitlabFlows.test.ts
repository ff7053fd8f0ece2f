import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { JobElement } from '@omnia-buildstream/client/pipelines/view/pipelineElements';
import { readJob } from '@omnia-buildstream/gitlab/model/job';
import { startGitLabLab, type GitLabLab } from '@omnia-buildstream/lab/gitlab/lab';
import { Answers, type Asked, type Pick } from '../answers.ts';
import {
  askedPlan,
  commitAll,
  configure,
  eventually,
  mapping,
  openMapping,
  row,
  whileTimePasses,
  write,
} from '../support.ts';

const token = 'glpat-e2e-flows-0123456789';
const failedNodes = 'miscellaneous/failed_nodes.json';
const mappingFile = 'input/pxe_mapping_file.csv';

suite('GitLab, guided', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'buildstream-e2e-'));
  let lab: GitLabLab;
  let answers = new Answers();
  const told: Asked[] = [];

  suiteSetup(async () => {
    lab = await startGitLabLab({
      files: { [mappingFile]: mapping(row(2), row(3)), 'catalog_rhel.json': '{}\n' },
    });
    lab.tokens.add({ value: token });
    const caFile = path.join(folder, 'ca.pem');
    writeFileSync(caFile, lab.certificate?.cert ?? '');
    await trust({ [lab.origin]: { caFile } });
    answers.restore();
    answers = new Answers([lab.origin, token]);
    await vscode.commands.executeCommand('buildstream.signIn');
    await configure('gitlab.url', lab.origin);
    await configure('gitlab.project', 'root/omnia');
  });

  teardown(() => {
    told.push(...answers.asked);
  });

  setup(() => {
    answers.restore();
    answers = new Answers();
  });

  suiteTeardown(async () => {
    answers.button = undefined;
    await vscode.commands.executeCommand('buildstream.signOut');
    answers.restore();
    await configure('gitlab.url', undefined);
    await configure('gitlab.project', undefined);
    await trust(undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await lab.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('Deploy Through GitLab… starts one pipeline to list images although the answer is lost, asks nothing for it, and can be left', async () => {
    lab.faults.add({ kind: 'cut', when: 'after', on: /^POST .*\/pipeline$/ });
    answers.pick = listImages;
    await whileTimePasses(vscode.commands.executeCommand('buildstream.deploy'));
    assert.ok(!answers.asked.some(({ message }) => message.endsWith('?')), 'choosing it was the consent');
    assert.deepEqual(posts(), ['pipeline']);
    await eventually('the guide says where it was left', () =>
      answers.asked.find(({ message }) =>
        message.includes('next: select an image. Use Deploy Through GitLab… to continue'),
      ),
    );
    assert.ok(!answers.asked.some(({ message }) => message.includes(' waits: ')), 'its question was on the screen');
  });

  test('Deploy Through GitLab… asks once, with the plan to read first, plays image and deploy, each once, and follows to the failure', async () => {
    const before = posts().length;
    lab.faults.add({ kind: 'bad-gateway', when: 'after', on: /^POST .*\/play$/, times: 2 });
    answers.once.push('Show Plan');
    answers.button = 'PXE-Boot 3 Nodes';
    answers.pick = (items) => items.find((item) => typeof item !== 'string' && item.kind === undefined);
    await whileTimePasses(vscode.commands.executeCommand('buildstream.deploy'));
    assert.deepEqual(posts().slice(before), ['play', 'play']);
    const questions = answers.asked.filter(({ message }) => message.endsWith('?')).map(({ message }) => message);
    const question = 'PXE-boot up to 3 nodes with omnia_2_2_slurm?';
    assert.deepEqual(questions, [question, question], 'it returned after the plan, and deploy asked nothing more');
    const deploy = answers.asked.find(({ message }) => message === question);
    assert.match(
      deploy?.detail ?? '',
      /possibly booted already \(unknown here\): head1, node2, node3.*Project root\/omnia on /s,
    );
    assert.match(await askedPlan(/3 nodes with omnia/), /\| node3 \|.*172\\\.17\\\.107\\\.3 \|/);
    assert.match(answers.last?.message ?? '', /failed to boot.*\(node/);
    await lab.project.idle();
  });

  test('Mark Booted and Retry… loses nothing of what somebody else marks meanwhile, and retries the child once', async () => {
    const theirs = (await onServer(failedNodes)).replace('"status": "failed"', '"status": "success"');
    lab.faults.add({ kind: 'stale-file', path: failedNodes, content: theirs, on: /^POST .*\/commits$/ });
    const before = posts().length;
    answers.button = [/^Mark \d and PXE-Boot \d$/, 'Select Again'];
    const offered: string[][] = [];
    answers.pick = (items) => {
      const nodes = items.filter((item) => typeof item !== 'string');
      offered.push(nodes.map(({ label }) => label));
      return nodes.filter(({ label }) => label === 'node3');
    };
    await whileTimePasses(vscode.commands.executeCommand('buildstream.markAndRetry'));
    assert.deepEqual(offered, [['node2', 'node3'], ['node3']]);
    const conflict = answers.asked.find(({ message }) =>
      message.startsWith('failed_nodes.json was changed on the server'),
    );
    assert.match(conflict?.detail ?? '', /node2 \(172\.17\.107\.2\): failed → success/);
    assert.deepEqual(posts().slice(before), ['commits', 'commits', 'retry']);
    await lab.project.idle();
    // The news of the pipeline may have come after it.
    assert.ok(answers.asked.some(({ message }) => /^Pipeline #\d+: passed/.test(message)));
    assert.match(await onServer(failedNodes), /"failed_nodes": \[\]/);
  });

  test('Commit Mapping File… shows both sides, says what it starts, and offers to pull', async () => {
    const uri = write(`guided/${mappingFile}`, mapping(row(2), row(3), row(4)));
    await vscode.window.showTextDocument(uri);
    const before = posts().length;
    answers.restore();
    answers = new Answers(['Add node4']);
    answers.button = ['My File Contains Both Changes', 'Commit and Start Pipeline'];
    await vscode.commands.executeCommand('buildstream.commitMappingFile');
    const asked = answers.asked.find(({ message }) => message.startsWith('Commit input/'));
    assert.match(
      asked?.detail ?? '',
      /starts a deploy pipeline.*New rows:\nnode4.*1 of 4 nodes will be PXE-booted.*new in the mapping file: node4/s,
    );
    assert.deepEqual(posts().slice(before), ['commits']);
    assert.equal(await onServer(mappingFile), mapping(row(2), row(3), row(4)));
    await lab.project.idle();
    assert.equal(lab.project.pipelines.all.filter(({ source }) => source === 'push').length, 1);

    await vscode.commands.executeCommand('buildstream.commitMappingFile');
    await eventually('nothing to commit', () =>
      answers.asked.find(({ message }) => message.includes('on the server is the same as yours')),
    );
    assert.equal(posts().length, before + 1);
  });

  test('Commit Input Files… commits what was ticked and nothing else', async () => {
    const uri = write('guided/input/network_spec.yml', 'Networks: []\n');
    write('guided/input/storage_config.yml', 'nfs: []\n');
    await vscode.window.showTextDocument(uri);
    const before = posts().length;
    answers.restore();
    answers = new Answers(['Add the networks']);
    answers.button = ['My File Contains Both Changes', 'Commit'];
    const offered: string[] = [];
    answers.pick = (items) => {
      const files = items.filter((item) => typeof item !== 'string');
      offered.push(...files.map(({ label }) => label));
      return files.filter(({ label }) => label === 'input/network_spec.yml');
    };
    await vscode.commands.executeCommand('buildstream.commitInputFiles');
    assert.deepEqual(offered, ['input/network_spec.yml', 'input/storage_config.yml']);
    const asked = answers.asked.find(({ message }) => message.startsWith('Commit input/'));
    assert.match(asked?.detail ?? '', /^Files: input\/network_spec\.yml.*starts no pipeline/s);
    assert.deepEqual(posts().slice(before), ['commits']);
    assert.equal(await onServer('input/network_spec.yml'), 'Networks: []\n');
    assert.equal(await onServer('input/storage_config.yml'), '');
  });

  test('a file that was changed on both sides goes into the merge editor, and nothing is written', async () => {
    const base = mapping(row(2), row(3));
    const mine = mapping(row(2, { HOSTNAME: 'renamed2' }), row(3));
    const { uri } = await openMapping('merged', base);
    await commitAll(path.dirname(path.dirname(uri.fsPath)));
    await openMapping('merged', mine);
    const before = posts().length;
    answers.button = 'Merge…';
    await vscode.commands.executeCommand('buildstream.commitMappingFile');
    const compared = answers.asked.find(({ message }) =>
      message.includes('on the server has changed since your version'),
    );
    assert.match(
      compared?.detail ?? '',
      /^Slurm nodes whose row was removed \(2\): node2, node4\. The next deploy drains/,
    );
    await eventually('the merge editor', () => (activeTab().startsWith('Merging: pxe_mapping') ? true : undefined));
    assert.ok(!answers.asked.some(({ message }) => message.startsWith('Commit ')));
    assert.equal(posts().length, before);
    assert.equal(readFileSync(uri.fsPath, 'utf8'), mine);
  });

  test('a commit that came too late overwrites nothing and offers the merge', async () => {
    const theirs = mapping(row(2), row(3), row(4), row(5));
    lab.faults.add({ kind: 'stale-file', path: mappingFile, content: theirs, on: /^POST .*\/commits$/ });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await openMapping('merged', mapping(row(2, { HOSTNAME: 'renamed2' }), row(3), row(4)));
    answers.restore();
    answers = new Answers(['Rename node2']);
    answers.button = ['My File Contains Both Changes', 'Commit and Start Pipeline', 'Merge…'];
    const before = posts().length;
    await vscode.commands.executeCommand('buildstream.commitMappingFile');
    assert.deepEqual(posts().slice(before), ['commits']);
    await eventually('the merge editor', () => (activeTab().startsWith('Merging: ') ? true : undefined));
    assert.equal(await onServer(mappingFile), theirs);
    await lab.project.idle();
  });

  test('Run Manual Job with Variables… shows them, but no secret', async () => {
    const jobs = lab.project.pipelines.all.flatMap((pipeline) => pipeline.jobs);
    const job = jobs.findLast(({ status, definition }) => status === 'manual' && definition.stage === 'select_image');
    assert.ok(job);
    const { id, status, pipeline, definition } = job;
    const { name, stage } = definition;
    const model = readJob({ id, name, stage, status, pipeline: { id: pipeline.id, status: 'manual' } });
    const rootId = lab.project.pipelines.all.filter(({ source }) => source === 'push').at(-1)?.id ?? 0;
    const element: JobElement = { kind: 'job', id: '', rootId, entry: { kind: 'job', job: model, earlier: [] } };
    answers.restore();
    answers = new Answers(['NOTE=hello', 'BMC_PASSWORD=calvin', '']);
    await vscode.commands.executeCommand('buildstream.playJobWithVariables', element);
    const asked = answers.asked.find(({ message }) => message.startsWith('Run '));
    assert.match(asked?.detail ?? '', /Variable: NOTE=hello.*Variable: BMC_PASSWORD=•••/s);
    assert.ok(!JSON.stringify(answers.asked).includes('calvin'));
  });

  test('nothing is ever cancelled, and the token is in no message and no address', () => {
    assert.ok(told.length > 0);
    assert.ok(!JSON.stringify([told, lab.seen]).includes(token));
    assert.deepEqual(
      lab.seen.filter(({ path: address }) => address.includes('cancel')),
      [],
    );
  });

  /** The last path segment of every POST request. */
  function posts(): string[] {
    return lab.seen
      .filter(({ method }) => method === 'POST')
      .map(({ path: address }) => address.split('/').at(-1) ?? '');
  }

  async function onServer(file: string): Promise<string> {
    const { repository, defaultBranch } = lab.project;
    const commit = await repository.resolve(defaultBranch);
    const content = commit === undefined ? undefined : await repository.read(commit, file);
    return content?.toString() ?? '';
  }
});

/** Chooses to list the images, but selects no image. */
const listImages: Pick = (items) =>
  items.find((item) => typeof item !== 'string' && item.label === 'Start a Pipeline to List Images');

function activeTab(): string {
  return vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
}

async function trust(servers: unknown): Promise<void> {
  const config = vscode.workspace.getConfiguration('buildstream');
  await config.update('gitlab.servers', servers, vscode.ConfigurationTarget.Global);
}
