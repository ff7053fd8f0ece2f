import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Cluster } from '@omnia-buildstream/cli/lab/cluster/cluster';
import { labKinds } from '@omnia-buildstream/lab/cluster/kinds';
import { omniaLayouts } from '@omnia-buildstream/lab/gitlab/omnia/layout';
import { resetCounts, resetSince } from '../../support/recovery/shownNodes.ts';
import { broken, byHand, repaired, repairOne, resetsIn, startSmallCluster } from '../../support/smallCluster.ts';
import { Answers } from '../answers.ts';
import { configure, configureUser, whileTimePasses } from '../support.ts';

const omnia = '2.3';
const select = omniaLayouts[omnia].selectJob(labKinds[omnia].imageGroups[0]);

/** The way of the guide with the pipelines of 2.3; with those of 2.2 it is a journey through the browser. */
suite('recovery through the pipelines of 2.3', () => {
  let folder: string;
  let cluster: Cluster;
  let answers = new Answers();

  suiteSetup(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'buildstream-e2e-'));
    cluster = await startSmallCluster(folder, 'taken-up', { omnia, servesArtifacts: true });
    const { url, caFile, project, token } = cluster.connection.gitlab;
    await configureUser('gitlab.servers', { [url]: { caFile } });
    answerWith([url, token]);
    await vscode.commands.executeCommand('buildstream.signIn');
    await configure('gitlab.url', url);
    await configure('gitlab.project', project);
  });

  setup(() => {
    answerWith([]);
  });

  suiteTeardown(async () => {
    answers.button = undefined;
    await vscode.commands.executeCommand('buildstream.signOut');
    answers.restore();
    for (const name of ['gitlab.url', 'gitlab.project']) await configure(name, undefined);
    await configureUser('gitlab.servers', undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await cluster.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('Deploy… without its last yes chooses an image, and restarts nothing', async () => {
    answers.button = ['Start', 'Select Image'];
    answers.pick = chooseImage;
    await whileTimePasses(vscode.commands.executeCommand('buildstream.deploy'));
    assert.equal(named(detailOf('Run deploy?')).length, 20);
    assert.deepEqual(resetsIn(cluster), { restarted: 0, twice: 0 });
  });

  test('taken up and agreed to, it restarts the nodes that were shown, each once; three fail', async () => {
    const before = resetCounts(cluster);
    answers.button = 'PXE-Boot 20 Nodes';
    answers.pick = ([first]) => first;
    await whileTimePasses(vscode.commands.executeCommand('buildstream.deploy'));
    await cluster.gitlab.project.idle();
    const shown = named(detailOf('Run deploy?')).sort();
    // Three BMCs take no reset.
    assert.deepEqual([...resetSince(cluster, before), ...broken].sort(), shown);
    assert.match(answers.last?.message ?? '', /3 (of 20 )?nodes failed to boot/);
    assert.deepEqual(resetsIn(cluster), { restarted: 17, twice: 0 });
  });

  test('one is repaired and two are marked: the retry names one node and restarts that one, and all is green', async () => {
    await repairOne(cluster);
    const before = resetCounts(cluster);
    answers.button = 'Mark and Retry';
    let offered: readonly string[] = [];
    answers.pick = (items) => {
      const nodes = items.filter((item) => typeof item !== 'string');
      offered = nodes.map(({ label }) => label);
      return nodes.filter(({ label }) => byHand.includes(label));
    };
    await whileTimePasses(vscode.commands.executeCommand('buildstream.markAndRetry'));
    await cluster.gitlab.project.idle();
    assert.deepEqual([...offered].sort(), [...broken].sort());
    const plan = answers.asked.map(({ detail = '' }) => detail).find((detail) => detail.includes('will be PXE-booted'));
    assert.deepEqual(named(plan ?? ''), [repaired]);
    assert.deepEqual(resetSince(cluster, before), [repaired]);
    assert.match(answers.last?.message ?? '', /^Pipeline #\d+: passed/);
    assert.deepEqual(resetsIn(cluster), { restarted: 18, twice: 0 });
  });

  /** The nodes below the sentence that says how many will be booted. */
  function named(detail: string): string[] {
    const [, plan = ''] = /nodes will be PXE-booted\.\n([^]*)/.exec(detail) ?? [];
    const [nodes = ''] = plan.split('\n\n');
    const known = new Set(cluster.lab.bmcs.map(({ node }) => node.hostname));
    return nodes.split('\n').flatMap((line) => line.split(' ').find((word) => known.has(word)) ?? []);
  }

  function chooseImage(items: readonly (string | vscode.QuickPickItem)[]): unknown {
    return items.find((item) => typeof item !== 'string' && select.endsWith(item.label));
  }

  function detailOf(question: string): string {
    return answers.asked.find(({ message }) => message === question)?.detail ?? '';
  }

  function answerWith(inputs: readonly string[]): void {
    answers.restore();
    answers = new Answers(inputs);
  }
});
