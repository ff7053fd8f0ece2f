import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Cluster } from '@omnia-buildstream/cli/lab/cluster/cluster';
import { afterPassedKinds, labVersions } from '@omnia-buildstream/core/lab/connection';
import { labKinds } from '@omnia-buildstream/lab/cluster/kinds';
import { projectFiles, projectPaths } from '@omnia-buildstream/lab/cluster/projectFiles';
import { byHand, repaired, repairOne, resetsIn, startSmallCluster } from '../../support/smallCluster.ts';
import { Answers } from '../answers.ts';
import { stageButton, type StageTitle } from '../stagesLab.ts';
import { configureUser, endOf, eventually, whileTimePasses, write } from '../support.ts';

const list = 'miscellaneous/failed_nodes.json';

/** Three failures and the recovery through the management server: what happens matches the plan. */
const servers = labVersions.flatMap((omnia) => afterPassedKinds.map((afterPassed) => ({ omnia, afterPassed })));
for (const { omnia, afterPassed } of servers) {
  suite(`recovery through the management server of ${omnia}, a finished job being ${afterPassed}`, () => {
    const project = `oimRecovery-${omnia}-${afterPassed}`;
    const [image] = labKinds[omnia].imageGroups;
    const settings = { spare: 3, afterPassed, omnia } as const;
    let root = '';
    let folder: string;
    let cluster: Cluster;
    let document: vscode.TextDocument;
    let answers = new Answers();

    suiteSetup(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'buildstream-e2e-'));
      cluster = await startSmallCluster(folder, afterPassed, { omnia });
      for (const [name, text] of Object.entries(projectFiles(cluster.lab, settings))) write(`${project}/${name}`, text);
      root = path.dirname(write(`${project}/empty.md`, '').fsPath);
      document = await vscode.workspace.openTextDocument(path.join(root, projectPaths(omnia).mapping));
      const { api } = cluster.connection;
      await configureUser('api.url', api.url);
      await configureUser('api.caFile', api.caFile);
      await configureUser('engine.bmcPort', cluster.connection.bmc.port);
      const account = { user: api.username, password: api.password };
      const { clientId, clientSecret } = cluster.oim.clients.register(account, 'test');
      answerWith([clientId, clientSecret]);
      answers.pick = (items) => labelled(items, 'Enter the existing client');
      await vscode.commands.executeCommand('buildstream.signInApi');
      assert.match(answers.last?.message ?? '', /^Signed in to the BuildStreaM API/);
    });

    setup(() => {
      answerWith([]);
    });

    suiteTeardown(async () => {
      answers.restore();
      await vscode.commands.executeCommand('buildstream.signOutApi');
      for (const name of ['api.url', 'api.caFile', 'engine.bmcPort']) await configureUser(name, undefined);
      await cluster.close();
      rmSync(folder, { recursive: true, force: true });
    });

    test('a restart before deploy is refused with the reason, and no server is reset', async () => {
      assert.equal(await run('Restart'), 2);
      assert.match(answers.last?.message ?? '', /deploy stage of this job is PENDING/);
      assert.deepEqual(resetsIn(cluster), { restarted: 0, twice: 0 });
    });

    test('deploy and restart: three of twenty fail', async () => {
      assert.equal(await run('Deploy', 'Check BMCs First'), 0);
      assert.match(planOf(), /Uploads .*pxe_mapping_file\.csv/);
      assert.match(planOf(), /20 of 20 BMCs responded \d+ min ago/);
      assert.equal(plans().length, 2, 'asked, and asked again with what the BMCs said');
      assert.equal(await run('Restart'), 3);
      assert.deepEqual(resetsIn(cluster), { restarted: 17, twice: 0 });
    });

    test('one is repaired and two are marked: the plan names one node, and that one is restarted; then all is green', async () => {
      await repairOne(cluster);
      await markByHand();
      assert.equal(await run('Restart'), 0);
      assert.match(planOf(), new RegExp(`failed in the last run: ${repaired}$`, 'm'));
      for (const name of byHand) assert.doesNotMatch(planOf(), new RegExp(`failed in the last run: .*${name}`));
      assert.deepEqual(resetsIn(cluster), { restarted: 18, twice: 0 });
      assert.equal(await run('Validate'), 0);
      assert.equal(cluster.oim.imageGroups.find(({ id }) => id === image)?.status, 'PASSED');
    });

    test('three nodes are added: what happens is what the plan said', async () => {
      rmSync(path.join(root, list));
      const added = projectFiles(cluster.lab, settings)['practice/new_nodes.csv'] ?? '';
      writeFileSync(document.uri.fsPath, `${document.getText()}${added}`);
      const deployed = await run('Deploy');
      assert.match(planOf(), /The API refuses to deploy it again, unless .* If it refuses, nothing is started/);
      assert.match(planOf(), /run a new build/);
      if (afterPassed === 'refused') {
        assert.equal(deployed, 2);
        assert.match(
          answers.last?.message ?? '',
          /^Deploy on the management server: Nothing was started\. .*takes no more files.*new build/,
        );
        assert.deepEqual(resetsIn(cluster), { restarted: 18, twice: 0 });
        return;
      }
      assert.equal(deployed, 0);
      assert.equal(await run('Restart'), 0);
      assert.deepEqual(resetsIn(cluster), { restarted: 21, twice: 0 });
      assert.equal(await run('Validate'), 0);
    });

    /** Runs a stage on the management server and agrees to it. Resolves to the exit code. */
    async function run(title: StageTitle, first?: 'Check BMCs First'): Promise<number | undefined> {
      answers.restore();
      answerWith([]);
      const labels = ['On the Management Server', title, image];
      answers.pick = (items) => labels.map((label) => labelled(items, label)).find((item) => item !== undefined);
      if (first !== undefined) answers.once.push(first);
      answers.button = stageButton[title];
      await vscode.window.showTextDocument(document);
      const ended = endOf(() => vscode.commands.executeCommand('buildstream.runStage'));
      // While the BMCs are asked, no time passes: they answer in the machine's.
      if (first !== undefined) await eventually('the second question', () => plans()[1]);
      return whileTimePasses(ended);
    }

    /** The plan shown with the question. */
    function planOf(): string {
      return plans().at(-1) ?? '';
    }

    function plans(): string[] {
      return answers.asked.flatMap(({ message, detail = '' }) =>
        /(on|through) the management server\?$/.test(message) ? [detail] : [],
      );
    }

    /** Takes the list that the restart stage committed, in its version's format, and marks the nodes booted by hand. */
    async function markByHand(): Promise<void> {
      const { repository } = cluster.gitlab.project;
      const told = String(await repository.read((await repository.resolve('main')) ?? '', list));
      const file = JSON.parse(told) as { job_id?: string; failed_nodes: { hostname: string; status: string }[] };
      assert.equal(file.job_id !== undefined, omnia === '2.2', 'the list of 2.3 names no job');
      for (const entry of file.failed_nodes) if (byHand.includes(entry.hostname)) entry.status = 'success';
      write(`${project}/${list}`, JSON.stringify(file));
    }

    function answerWith(inputs: readonly string[]): void {
      answers.restore();
      answers = new Answers(inputs);
    }
  });
}

function labelled(items: readonly (string | vscode.QuickPickItem)[], label: string): unknown {
  return items.find((item) => typeof item !== 'string' && item.label === label);
}
