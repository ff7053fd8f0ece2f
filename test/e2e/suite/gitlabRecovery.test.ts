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
import { askedPlan, configure, configureUser, whileTimePasses } from '../support.ts';

const omnia = '2.3';
const select = omniaLayouts[omnia].selectJob(labKinds[omnia].imageGroups[0]);

/** The recovery described in the guide, with the pipelines of 2.3; with those of 2.2 it is a journey in the browser. */
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

  test('Deploy Through GitLab… shows its plan, and without the yes presses nothing', async () => {
    answers.once.push('Show Plan');
    answers.pick = chooseImage;
    await whileTimePasses(vscode.commands.executeCommand('buildstream.deploy'));
    assert.equal(named(await askedPlan(/PXE\\-boot .*20 nodes/)).length, 20);
    assert.deepEqual(resetsIn(cluster), { restarted: 0, twice: 0 });
  });

  test('taken up and agreed to, it restarts the nodes that were shown, each once; three fail', async () => {
    const before = resetCounts(cluster);
    answers.once.push('Show Plan');
    answers.button = 'PXE-Boot 20 Nodes';
    answers.pick = chooseImage;
    await whileTimePasses(vscode.commands.executeCommand('buildstream.deploy'));
    await cluster.gitlab.project.idle();
    const shown = named(await askedPlan(/PXE\\-boot .*20 nodes/)).sort();
    // Three BMCs accept no reset.
    assert.deepEqual([...resetSince(cluster, before), ...broken].sort(), shown);
    assert.match(answers.last?.message ?? '', /3 (of 20 )?nodes failed to boot/);
    assert.deepEqual(resetsIn(cluster), { restarted: 17, twice: 0 });
  });

  test('one is repaired and two are marked: the retry names one node and restarts that one, and all is green', async () => {
    await repairOne(cluster);
    const before = resetCounts(cluster);
    answers.once.push('Show Plan');
    answers.button = 'Mark 2 and PXE-Boot 1';
    let offered: readonly string[] = [];
    answers.pick = (items, title) => {
      if (title === 'Plan') return items[0];
      const nodes = items.filter((item) => typeof item !== 'string');
      offered = nodes.map(({ label }) => label);
      return nodes.filter(({ label }) => byHand.includes(label));
    };
    await whileTimePasses(vscode.commands.executeCommand('buildstream.markAndRetry'));
    await cluster.gitlab.project.idle();
    assert.deepEqual([...offered].sort(), [...broken].sort());
    assert.deepEqual(named(await askedPlan(/^# Retry child pipeline/)), [repaired]);
    assert.deepEqual(resetSince(cluster, before), [repaired]);
    // The news of the pipeline may have come after it.
    assert.ok(answers.asked.some(({ message }) => /^Pipeline #\d+: passed/.test(message)));
    assert.deepEqual(resetsIn(cluster), { restarted: 18, twice: 0 });
  });

  /** The nodes in the table of those that will be booted. */
  function named(plan: string): string[] {
    const [, table = ''] = plan.split(/^## Will be booted.*$/m);
    const [nodes = ''] = table.split(/^## /m);
    const known = new Set(cluster.lab.bmcs.map(({ node }) => node.hostname));
    const cells = nodes.split('\n').map((line) => line.split(' ')[1]?.replaceAll('\\', '') ?? '');
    return cells.filter((cell) => known.has(cell));
  }

  /**
   * Selects the image if it is offered, otherwise the listing of images; then returns from the plan to the question.
   */
  function chooseImage(items: readonly (string | vscode.QuickPickItem)[]): unknown {
    const labelled = (label: string) => items.find((item) => typeof item !== 'string' && item.label === label);
    const image = items.find((item) => typeof item !== 'string' && select.endsWith(item.label));
    return image ?? labelled('Start a Pipeline to List Images') ?? labelled('Back to the Question');
  }

  function answerWith(inputs: readonly string[]): void {
    answers.restore();
    answers = new Answers(inputs);
  }
});
