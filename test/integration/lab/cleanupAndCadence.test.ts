/** A cleanup deletes, and a cadence restarts, exactly what its question named. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { labVersions } from '@omnia-buildstream/core/lab/connection';
import { GitLabClient } from '@omnia-buildstream/gitlab/api/client';
import { loadTree } from '@omnia-buildstream/gitlab/api/loadTree';
import { allPipelines, jobsOf } from '@omnia-buildstream/gitlab/tree/nodes';
import { typesOf } from '@omnia-buildstream/gitlab/tree/pipelineType';
import { labKinds } from '@omnia-buildstream/lab/cluster/kinds';
import { cadenceCatalog } from '@omnia-buildstream/lab/gitlab/omnia/catalogs';
import { failedNodesPath } from '@omnia-buildstream/lab/gitlab/omnia/failedNodes';
import { omniaLayouts } from '@omnia-buildstream/lab/gitlab/omnia/layout';
import { answers, head, workspaceFiles } from '../../support/vscode/fakeVscode.ts';
import { call } from '../../support/gitlabLab.ts';
import { namedIn, resetCounts, resetSince } from '../../support/recovery/shownNodes.ts';
import { Site } from '../../support/recovery/site.ts';
import { broken } from '../../support/smallCluster.ts';
import type { Ran } from '../../support/cli/runCli.ts';
import { labEditor } from '../../support/frontEnds/labEditor.ts';
import '../../support/vscode/playedVscode.ts';

const { confirmAndPlay } = await import('@omnia-buildstream/client/pipelines/actions/playCommand');
const { commitInputFiles } = await import('@omnia-buildstream/client/pipelines/files/commitInputFiles');

/** Plays a job. Resolves to the question that was asked before, and whether the job was played. */
type Press = (id: number, name: string, isAgreed: boolean) => Promise<{ asked: string; isPlayed: boolean }>;

for (const omnia of labVersions) {
  suite(`the lab's pipelines of ${omnia}`, () => {
    let site: Site;
    let client: GitLabClient;
    before(async () => {
      site = await Site.start(omnia);
      client = new GitLabClient({
        server: new URL(site.cluster.gitlab.origin),
        trust: { ca: site.cluster.gitlab.certificate?.cert },
        proxy: { env: {} },
        token: () => Promise.resolve(site.cluster.connection.gitlab.token),
      });
    });
    after(async () => {
      await client.close();
      await site.close();
    });

    async function pipelines(...args: readonly string[]): Promise<Ran> {
      const ran = await site.run(['pipelines', ...args]);
      await site.cluster.gitlab.project.idle();
      return ran;
    }

    async function started(type: string): Promise<{ readonly id: number; readonly ran: Ran }> {
      const ran = await pipelines('start', '--type', type, '--yes');
      assert.equal(ran.code, 0, ran.stderr);
      return { ran, id: Number(/Pipeline #(\d+) started/.exec(ran.stdout)?.[1]) };
    }

    const commandLine: Press = async (id, name, isAgreed) => {
      const ran = await pipelines('play', String(id), name, ...(isAgreed ? ['--yes'] : []));
      return { asked: ran.stderr, isPlayed: ran.code === 0 && /#\d+ was started/.test(ran.stdout) };
    };

    const editorContext = () => labEditor(client, site.cluster.gitlab.origin);

    const editor: Press = async (id, name, isAgreed) => {
      const { open, context } = await editorContext();
      const tree = await loadTree(client, { projectId: 1, pipelineId: id }, call);
      const shown = allPipelines(tree)
        .flatMap(jobsOf)
        .find((job) => job.name === name);
      assert.ok(shown, name);
      let asked = '';
      answers.modal = (question, detail, [button]) => {
        asked = `${question}\n${detail}`;
        return isAgreed ? button : undefined;
      };
      const isPlayed = await confirmAndPlay(context as never, open, { rootId: id, shown });
      answers.modal = undefined;
      await site.cluster.gitlab.project.idle();
      return { asked, isPlayed };
    };

    const statuses = (): Record<string, string> =>
      Object.fromEntries(site.cluster.oim.imageGroups.map(({ id, status }) => [id, status]));

    const [first, second] = labKinds[omnia].imageGroups as readonly [string, string];
    const select = omniaLayouts[omnia].selectJob(second);
    const plain = select.replace('select_', '');

    test('a cleanup deletes the image group that its question names, after a yes, and nothing else', async () => {
      // A different front end for each version.
      const press = omnia === '2.2' ? commandLine : editor;
      const { id, ran } = await started('cleanup');
      assert.match(ran.stderr, /Nothing is deleted until you select one and run the cleanup job/);
      const tree = await loadTree(client, { projectId: 1, pipelineId: id }, call);
      assert.deepEqual([...typesOf(tree)], ['cleanup'], 'it lists images as a deploy does, and is none');
      const chosen = await press(id, select, true);
      assert.match(chosen.asked, /for deletion\. Nothing is deleted until you run the cleanup job/);
      assert.deepEqual([chosen.isPlayed, statuses()], [true, { [first]: 'BUILT', [second]: 'BUILT' }]);
      assert.match(chosen.asked, new RegExp(`${plain}: BUILT when this pipeline listed it`));
      const refused = await press(id, 'cleanup', false);
      assert.deepEqual([refused.isPlayed, statuses()], [false, { [first]: 'BUILT', [second]: 'BUILT' }]);
      const played = await press(id, 'cleanup', true);
      assert.match(played.asked, /Deletes the images and artifacts of these image groups\. This cannot be undone/);
      const named = [first, second].filter((group) =>
        played.asked.includes(omniaLayouts[omnia].selectJob(group).replace('select_', '')),
      );
      assert.deepEqual([named, statuses()], [[second], { [first]: 'BUILT', [second]: 'CLEANED' }]);
      const { groups } = JSON.parse(await imagesLeft()) as { readonly groups: readonly number[] };
      assert.deepEqual(groups, [200, 404], 'the files of the other are there');
      assert.deepEqual(site.resets(), { restarted: 0, twice: 0 });
      const again = await started('deploy');
      const listed = (await pipelines('show', String(again.id))).stdout;
      assert.deepEqual(
        [first, second].map((group) => listed.includes(omniaLayouts[omnia].selectJob(group))),
        [true, false],
      );
    });

    /** Whether the image server still has each group's kernel. */
    async function imagesLeft(): Promise<string> {
      const roles = [...new Set(site.cluster.lab.bmcs.map(({ node }) => node.role))];
      const [role = ''] = roles;
      const groups = await Promise.all(
        [first, second].map(
          async (group) => (await fetch(site.cluster.imageUrl(group, role), { method: 'HEAD' })).status,
        ),
      );
      return JSON.stringify({ groups });
    }

    test('a build makes the image group of the catalog, and refuses one that is there', async () => {
      const { id } = await started('build');
      assert.match((await pipelines('show', String(id))).stdout, /^pipeline #\d+ \(main\): passed/);
      assert.equal(statuses()['rhel10-lab-v1.2'], 'BUILT');
      const twice = await started('build');
      assert.match((await pipelines('show', String(twice.id))).stdout, /^pipeline #\d+ \(main\): failed/);
      assert.match((await pipelines('log', String(twice.id), 'build_image')).stdout, /already exists/);
      assert.deepEqual(site.resets(), { restarted: 0, twice: 0 });
    });

    if (omnia === '2.2') {
      test('there is no cadence', async () => {
        const ran = await pipelines('start', '--type', 'cadence', '--yes');
        assert.equal(ran.code, 2, ran.stderr);
        assert.deepEqual(site.resets(), { restarted: 0, twice: 0 });
      });
      return;
    }

    test('a cadence shows all nodes in its one question, and restarts those, each once, with the image that it built', async () => {
      const count = site.cluster.gitlab.project.pipelines.all.length;
      const refused = await pipelines('start', '--type', 'cadence');
      assert.deepEqual(namedIn(refused.stderr, site.cluster).length, 20);
      assert.deepEqual([site.cluster.gitlab.project.pipelines.all.length, site.resets().restarted], [count, 0]);
      const counts = resetCounts(site.cluster);
      const { id, ran } = await started('cadence');
      assert.match(ran.stderr, /PXE-boots the nodes without asking again/);
      const shown = namedIn(ran.stderr, site.cluster).sort();
      // Three BMCs accept no reset.
      assert.deepEqual([...resetSince(site.cluster, counts), ...broken].sort(), shown);
      assert.deepEqual(site.resets(), { restarted: 17, twice: 0 });
      const tree = await loadTree(client, { projectId: 1, pipelineId: id }, call);
      assert.deepEqual([...typesOf(tree)], ['cadence']);
      const images = new Set(site.cluster.lab.bmcs.flatMap(({ record }) => record.images));
      for (const image of images) assert.match(image, /rhel10-lab-v2\.0\/$/);
      assert.equal(images.size > 0, true);
    });

    test('in the editor a commit of its catalog shows all nodes in one question, and restarts those, each once: broken BMCs fail no deploy, and a mark spares no node', async () => {
      const { bmcs } = site.cluster.lab;
      const marked = bmcs.find(({ node }) => !broken.includes(node.hostname))?.node.address ?? '';
      const list = JSON.stringify({ failed_nodes: [{ bmc_ip: marked, status: 'success' }] });
      await site.cluster.gitlab.project.commit({
        branch: 'main',
        message: 'A mark',
        author: { name: 'lab', email: 'lab@lab.invalid' },
        actions: [{ action: 'update', path: failedNodesPath, content: Buffer.from(list) }],
      });
      const file = path.join(site.project, cadenceCatalog);
      const before = await readFile(file, 'utf8');
      await writeFile(file, before.replace('2.0', '2.1'));
      workspaceFiles.push(file);
      head.text = before;
      answers.pick = (items) =>
        items[0]?.label === 'Back to the Question' ? items[0] : items.filter(({ label }) => label === cadenceCatalog);
      answers.input = 'Raise the version';
      const { context, page } = await editorContext();
      const counts = resetCounts(site.cluster);
      const all = site.cluster.gitlab.project.pipelines.all;
      const commit = async (isAgreed: boolean): Promise<string> => {
        let asked = '';
        page.text = '';
        answers.modal = (question, detail, [first, acts]) => {
          // Reads the plan before agreeing to anything.
          if (first === 'Show Plan' && page.text === '') return first;
          asked += `${question}\n${detail}\n${page.text}\n`;
          if (!isAgreed) return undefined;
          return first === 'Show Plan' ? acts : first;
        };
        await commitInputFiles(context as never);
        await site.cluster.gitlab.project.idle();
        return asked;
      };
      try {
        const { length } = all;
        const refused = await commit(false);
        assert.match(refused, /starts a cadence: it builds, deploys and PXE-boots nodes without asking again/);
        assert.match(refused, /The build creates image group rhel10-lab-v2\.1/);
        assert.deepEqual([all.length, resetSince(site.cluster, counts)], [length, []]);
        const agreed = await commit(true);
        const words = new Set(agreed.split(/[^\w.-]+/));
        const shown = bmcs.flatMap(({ node }) => (words.has(node.hostname) ? [node.hostname] : []));
        assert.equal(shown.length, 20);
        assert.deepEqual([...resetSince(site.cluster, counts), ...broken].sort(), shown.sort());
        const tree = await loadTree(client, { projectId: 1, pipelineId: all[length]?.id ?? 0 }, call);
        const ended = allPipelines(tree).flatMap(jobsOf);
        assert.deepEqual(
          ['deploy', 'restart'].map((name) => ended.find((job) => job.name === name)?.status),
          ['success', 'failed'],
        );
      } finally {
        workspaceFiles.length = 0;
        head.text = undefined;
        Object.assign(answers, { modal: undefined, pick: undefined, input: undefined });
      }
    });
  });
}
