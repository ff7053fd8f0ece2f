import assert from 'node:assert/strict';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { loadTree } from '@omnia-buildstream/gitlab/api/loadTree';
import type { GitLabClient } from '@omnia-buildstream/gitlab/api/client';
import { allPipelines } from '@omnia-buildstream/gitlab/tree/nodes';
import type { GitLabLab, GitLabLabOptions } from '@omnia-buildstream/lab/gitlab/lab';
import { folderOf } from '../../support/cli/files.ts';
import { runCli, type World } from '../../support/cli/runCli.ts';
import {
  call,
  connect,
  count,
  deployUntilFailure,
  editInLab as edit,
  goodToken,
  startLab,
} from '../../support/gitlabLab.ts';
import { QuickClock } from '../../support/time/quickClock.ts';

const variables = { PIPELINE_TYPE: 'deploy' };

interface Failed {
  readonly lab: GitLabLab;
  readonly client: GitLabClient;
  readonly id: number;
  readonly run: (world: World, ...args: string[]) => ReturnType<typeof runCli>;
}

/** A lab with a deploy pipeline whose restart failed. */
async function failedRun(t: TestContext, options: Partial<GitLabLabOptions> = {}): Promise<Failed> {
  const lab = await startLab(t, options);
  const client = connect(t, lab);
  const { id } = await client.pipelines.create(1, { ref: 'main', variables }, call);
  await deployUntilFailure(client, lab, id);
  const folder = folderOf(t, { 'ca.pem': lab.certificate?.cert ?? '' });
  const env = {
    BUILDSTREAM_GITLAB_URL: lab.origin,
    BUILDSTREAM_GITLAB_PROJECT: 'root/omnia',
    BUILDSTREAM_GITLAB_CA_FILE: path.join(folder, 'ca.pem'),
    BUILDSTREAM_GITLAB_TOKEN: goodToken,
  };
  const run = (world: World, ...args: string[]) =>
    runCli(['pipelines', ...args], { cwd: folder, env, clock: new QuickClock(Infinity), ...world });
  return { lab, client, id, run };
}

const without = (name: string) => (text: string) =>
  text
    .split('\n')
    .filter((line) => !line.includes(`,${name},`))
    .join('\n');

test('2.2: an edit that no retry uses is told first, with both ways; the new child is made once, although its answer is lost', async (t) => {
  const { lab, client, id, run } = await failedRun(t);
  await edit(client, 'input/pxe_mapping_file.csv', without('n4'));
  await lab.project.idle();
  const writes = () => count(lab, /^POST .*retry/);
  const asked = await run({ answer: 'n' }, 'retry', String(id));
  assert.match(
    asked.stderr,
    /^input\/pxe_mapping_file\.csv changed on main after this pipeline was created\. Neither this pipeline nor a retry uses the changes: Omnia 2\.2 runs with the files of the pipeline’s own commit\. Start a new deploy pipeline/,
  );
  assert.match(asked.stderr, /Omnia 2\.2 requires a retry of the failed jobs of the child pipeline\./);
  assert.match(
    asked.stderr,
    /keeps the image, the BuildStreaM job.*the selected image and the stages that passed are lost/s,
  );
  assert.match(asked.stderr, new RegExp(`The other way: buildstream pipelines retry ${String(id)} --new-child`));
  assert.match(asked.stderr, /None of the newest pipelines is a green deploy/);
  const one = await run({ answer: 'n' }, 'retry', String(id), '--job', 'restart');
  assert.match(one.stderr, /^input\/pxe_mapping_file\.csv changed on main .*Runs restart again/s);
  assert.equal(writes(), 0, 'nothing was sent');

  const childrenOf = async () => allPipelines(await loadTree(client, { projectId: 1, pipelineId: id }, call));
  const before = (await childrenOf()).map(({ pipeline }) => pipeline.id);
  lab.faults.add({ kind: 'bad-gateway', when: 'after', on: /^POST .*retry/ });
  const made = await run({}, 'retry', String(id), '--new-child', '--yes');
  assert.equal(made.code, 0, made.stderr);
  assert.match(
    made.stderr,
    /Makes a new child pipeline in place of #\d+: trigger_deploy again\.\nNo node is changed until/,
  );
  assert.match(made.stderr, /No response was received .*but GitLab carried it out/);
  await lab.project.idle();
  assert.equal(writes(), 1);
  const now = (await childrenOf()).map(({ pipeline }) => pipeline.id);
  assert.equal(now.length, before.length);
  assert.notEqual(now.at(-1), before.at(-1));
  assert.match((await run({}, 'show', String(id))).stdout, /Next: select an image/);
  const early = await run({}, 'retry', String(id), '--new-child', '--yes');
  assert.match(early.stderr, /cannot be replaced by a new one: something in it is still running/);
});

test('2.3: the child anew is wanted, and the plan of the branch stands beside that of the commit', async (t) => {
  const mapping = 'input/orchestrator/pxe_mapping_file.csv';
  const { lab, client, id, run } = await failedRun(t, {
    omnia: '2.3',
    files: { [mapping]: mappingOf(3), 'catalog_rhel.json': '{}\n' },
  });
  await edit(client, mapping, without('cn3'));
  await lab.project.idle();
  const asked = await run({ answer: 'n' }, 'retry', String(id));
  assert.match(
    asked.stderr,
    /uses the changes only when the CI\/CD variable GITLAB_API_TOKEN is set; otherwise it runs with the old files/,
  );
  assert.match(asked.stderr, /Omnia 2\.3 requires a new child pipeline from its parent/);
  assert.match(asked.stderr, /With GITLAB_API_TOKEN set the mapping file of the branch is used, and then:/);
});

function mappingOf(nodes: number): string {
  const header =
    'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP,IB_NIC_NAME,IB_IP';
  const rows = Array.from({ length: nodes }, (_, index) => {
    const n = String(index + 1);
    return `slurm_node_x86_64,grp0,TAG000${n},,cn${n},52:54:00:00:00:0${n},172.16.107.${n},52:54:00:01:00:0${n},172.17.107.${n},,`;
  });
  return `${[header, ...rows].join('\n')}\n`;
}
