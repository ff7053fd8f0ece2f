/**
 * Start, Play and every retry list the inputs that changed since the last green deploy, in the editor and on the
 * command line.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { labVersions } from '@omnia-buildstream/core/lab/connection';
import { loadTree } from '@omnia-buildstream/gitlab/api/loadTree';
import { findDeployRun } from '@omnia-buildstream/gitlab/tree/deployRun';
import type { JobHandler } from '@omnia-buildstream/lab/gitlab/ci/handler';
import { folderOf } from '../../support/cli/files.ts';
import { runCli } from '../../support/cli/runCli.ts';
import { labEditor } from '../../support/frontEnds/labEditor.ts';
import { call, connect, deployUntilFailure, editInLab, goodToken, startLab, treeOf } from '../../support/gitlabLab.ts';
import { QuickClock } from '../../support/time/quickClock.ts';
import { answers } from '../../support/vscode/fakeVscode.ts';
import '../../support/vscode/playedVscode.ts';

const { startDeployCommand } = await import('@omnia-buildstream/client/pipelines/actions/startDeploy');
const { confirmAndPlay } = await import('@omnia-buildstream/client/pipelines/actions/playCommand');
const { retryJobCommand, retryPipelineCommand } =
  await import('@omnia-buildstream/client/pipelines/actions/retryCommands');

const mappings = { '2.2': 'input/pxe_mapping_file.csv', '2.3': 'input/orchestrator/pxe_mapping_file.csv' } as const;
const row = 'slurm_node_x86_64,grp0,TAG0001,,n1,52:54:00:00:00:01,172.16.107.1,52:54:00:01:00:01,172.17.107.1,,\n';
const header =
  'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP,IB_NIC_NAME,IB_IP\n';

for (const omnia of labVersions) {
  test(`${omnia}: what changed since the last green deploy is listed before Start, Play and every retry`, async (t) => {
    let isFailing = false;
    const handler: JobHandler = {
      run: ({ name }) =>
        Promise.resolve({
          status: isFailing && name === 'restart' ? 'failed' : 'success',
          artifacts: { imageGroups: ['one'], variables: { IMAGE_GROUP_ID: 'one' } },
        }),
    };
    const lab = await startLab(t, { omnia, handler, files: { [mappings[omnia]]: header + row } });
    const client = connect(t, lab);
    const deploy = { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } };
    const green = await client.pipelines.create(1, deploy, call);
    assert.equal((await deployUntilFailure(client, lab, green.id)).kind, 'done');

    const folder = folderOf(t, { 'ca.pem': lab.certificate?.cert ?? '' });
    const env = { BUILDSTREAM_GITLAB_TOKEN: goodToken, BUILDSTREAM_GITLAB_CA_FILE: path.join(folder, 'ca.pem') };
    const at = ['--server', lab.origin, '--project', 'root/omnia'];
    const commandLine = async (...args: string[]): Promise<string> =>
      (await runCli(['pipelines', ...args, ...at], { cwd: folder, env, answer: 'n', clock: new QuickClock(Infinity) }))
        .stderr;
    /**
     * Answers each question with its button that matches, in order, and then declines.
     * @returns the declined question
     */
    const editor = async (act: () => Promise<unknown>, ...press: readonly RegExp[]): Promise<string> => {
      let asked = '';
      const left = [...press];
      answers.modal = (question, detail, buttons) => {
        asked = `${question}\n${detail}`;
        const wanted = left.shift();
        return wanted === undefined ? undefined : buttons.find((button) => wanted.test(button));
      };
      await act();
      answers.modal = undefined;
      return asked;
    };
    const { open, context } = await labEditor(client, lab.origin);
    const start = () => editor(() => startDeployCommand(context as never));

    const same = new RegExp(`No input changed since the last green deploy \\(pipeline #${String(green.id)}`);
    assert.match(await commandLine('start', '--type', 'deploy'), same);
    assert.match(await start(), same);

    await editInLab(client, 'input/network_spec.yml', () => 'Networks: []\n');
    await editInLab(client, 'README.md', () => 'no input\n');
    await lab.project.idle();
    const changed = new RegExp(
      `Inputs changed since the last green deploy \\(pipeline #${String(green.id)}, .*\\): input/network_spec\\.yml\\.(\\n|$)`,
    );
    assert.match(await commandLine('start', '--type', 'deploy'), changed);
    assert.match(await start(), changed);

    isFailing = true;
    const { id } = await client.pipelines.create(1, deploy, call);
    const tree = await treeOf(client, lab, id);
    const [image] = findDeployRun(tree)?.images ?? [];
    await client.jobs.play(1, image?.id ?? 0, {}, call);
    const ready = findDeployRun(await treeOf(client, lab, id))?.deploy;
    assert.ok(ready !== undefined);
    await editInLab(client, 'input/storage_config.yml', () => 'nfs: []\n');
    await lab.project.idle();
    const edited = {
      '2.2': /input\/storage_config\.yml changed on main after .* Neither this pipeline nor a retry uses the changes/,
      '2.3':
        /input\/storage_config\.yml changed on main after .* only when the CI\/CD variable GITLAB_API_TOKEN is set/,
    }[omnia];
    const play = () => confirmAndPlay(context as never, open, { rootId: id, shown: ready });
    for (const asked of [await commandLine('play', String(id), 'deploy'), await editor(play)]) {
      assert.match(asked, changed);
      assert.match(asked, edited);
    }

    await client.jobs.play(1, ready.id, {}, call);
    const failed = findDeployRun(await treeOf(client, lab, id));
    assert.ok(failed?.restart !== undefined);
    const { pipeline } = failed.node;
    const entry = { kind: 'job', job: failed.restart, earlier: [] } as const;
    const ofJob = () => retryJobCommand(context as never, { kind: 'job', id: '', rootId: id, entry } as never);
    const ofChild = () => retryPipelineCommand(context as never, { kind: 'child', rootId: id, pipeline } as never);
    assert.match(await commandLine('retry', String(id)), changed);
    assert.match(await commandLine('retry', String(id), '--job', 'restart'), changed);
    assert.match(await commandLine('retry', String(id), '--new-child'), changed);
    assert.match(await editor(ofJob), changed);
    assert.match(await editor(ofChild), changed);
    assert.match(await editor(ofChild, /New Child/), changed);
    assert.equal((await loadTree(client, { projectId: 1, pipelineId: id }, call)).state.status, 'failed', 'as it was');

    lab.faults.add({ kind: 'bad-gateway', when: 'before', on: /^GET .*compare/, times: 9 });
    const unknown = /It is unknown which inputs changed .*: GitLab does not show it/;
    assert.match(await commandLine('start', '--type', 'deploy'), unknown);
  });
}
