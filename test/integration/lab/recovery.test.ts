import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { Cluster } from '@omnia-buildstream/cli/lab/cluster/cluster';
import { markText } from '@omnia-buildstream/core/failedNodes/markText';
import { GitLabClient } from '@omnia-buildstream/gitlab/api/client';
import { loadTree } from '@omnia-buildstream/gitlab/api/loadTree';
import { guideStep, type GuideStep } from '@omnia-buildstream/gitlab/actions/guideStep';
import { call } from '../../support/gitlabLab.ts';
import { resetsIn, startSmallCluster } from '../../support/smallCluster.ts';

const mappingPath = 'input/pxe_mapping_file.csv';
const failedPath = 'miscellaneous/failed_nodes.json';

suite('the deploy pipeline of a lab cluster', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'obs-cluster-'));
  let cluster: Cluster;
  let client: GitLabClient;

  before(async () => {
    cluster = await startSmallCluster(folder);
    client = new GitLabClient({
      server: new URL(cluster.gitlab.origin),
      trust: { ca: cluster.gitlab.certificate?.cert },
      proxy: { env: {} },
      token: () => Promise.resolve(cluster.connection.gitlab.token),
    });
  });

  after(async () => {
    await client.close();
    await cluster.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a commit of the mapping file starts it; three nodes fail, each with its message', async () => {
    const text = await read(mappingPath);
    const id = await commitMapping(`${text.trimEnd()}\n\n`);
    const step = await driveUntilPersonIsNeeded(id);
    assert.equal(step.kind, 'retry');
    const failed = await failedNodes();
    assert.deepEqual(
      failed.map(({ hostname, status }) => [hostname, status]),
      [
        ['slurm-node4', 'failed'],
        ['slurm-node6', 'failed'],
        ['slurm-node11', 'failed'],
      ],
    );
    assert.match(failed[0]?.message ?? '', /iDRAC is not ready/);
    assert.deepEqual(resetsIn(cluster), { restarted: 17, twice: 0 });
  });

  test('one BMC is repaired, two nodes are marked; the retry restarts the repaired one only, and everything is tested', async () => {
    const failed = await failedNodes();
    const [repaired, ...byHand] = failed;
    await cluster.lab.fleet.repair(repaired?.bmc_ip ?? '');
    for (const { bmc_ip } of byHand) cluster.lab.fleet.get(bmc_ip)?.bootByHand();
    await mark(byHand.map(({ bmc_ip }) => bmc_ip));
    const [newest] = (await client.pipelines.list(1, { perPage: 1 }, call)).pipelines;
    const step = guideStep(await tree(newest?.id ?? 0));
    assert.ok(step.kind === 'retry');
    await client.pipelines.retry(1, step.pipelineId, call);
    assert.deepEqual(await driveUntilPersonIsNeeded(newest?.id ?? 0), { kind: 'done', status: 'success' });
    assert.deepEqual(resetsIn(cluster), { restarted: 18, twice: 0 });
    assert.deepEqual(await failedNodes(), []);
  });

  test('with three nodes added and the same image, only those three are restarted', async () => {
    const id = await commitMapping(`${await read(mappingPath)}${await read('practice/new_nodes.csv')}`);
    assert.deepEqual(await driveUntilPersonIsNeeded(id), { kind: 'done', status: 'success' });
    assert.deepEqual(resetsIn(cluster), { restarted: 21, twice: 0 });
    assert.ok(cluster.lab.bmcs.every(({ isRunning }) => isRunning));
  });

  async function read(file: string): Promise<string> {
    return Buffer.from((await client.files.show(1, file, 'main', call)).content).toString('utf8');
  }

  /** @returns the pipeline that started by itself */
  async function commitMapping(text: string): Promise<number> {
    const { lastCommitId } = await client.files.show(1, mappingPath, 'main', call);
    const files = [{ path: mappingPath, content: Buffer.from(text), lastCommitId }];
    await client.files.commit(1, { branch: 'main', message: 'Change the mapping file', files }, call);
    const [newest] = (await client.pipelines.list(1, { perPage: 1 }, call)).pipelines;
    assert.equal(newest?.source, 'push');
    return newest.id;
  }

  async function mark(bmcIps: readonly string[]): Promise<void> {
    const { content, lastCommitId } = await client.files.show(1, failedPath, 'main', call);
    const text = markText(Buffer.from(content).toString('utf8'), bmcIps, 'success');
    const files = [{ path: failedPath, content: Buffer.from(text), lastCommitId }];
    await client.files.commit(1, { branch: 'main', message: 'Mark booted nodes', files }, call);
  }

  async function tree(id: number): ReturnType<typeof loadTree> {
    await cluster.gitlab.project.idle();
    return loadTree(client, { projectId: 1, pipelineId: id }, call);
  }

  /** Plays the first image and deploy, and waits. */
  async function driveUntilPersonIsNeeded(id: number): Promise<GuideStep> {
    for (;;) {
      const step = guideStep(await tree(id));
      if (step.kind === 'choose-image') await client.jobs.play(1, step.images[0]?.id ?? 0, {}, call);
      else if (step.kind === 'play-deploy') await client.jobs.play(1, step.job.id, {}, call);
      else if (step.kind === 'retry' || step.kind === 'done' || step.kind === 'retry-image') return step;
    }
  }

  async function failedNodes() {
    const file = JSON.parse(await read(failedPath)) as {
      failed_nodes: { bmc_ip: string; hostname: string; status: string; message: string }[];
    };
    return file.failed_nodes;
  }
});
