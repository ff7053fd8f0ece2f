import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { JobContext, JobResult } from '@omnia-buildstream/lab/gitlab/ci/handler';
import { wallClock } from '@omnia-buildstream/lab/gitlab/labClock';
import { omniaLayouts, type OmniaLayout } from '@omnia-buildstream/lab/gitlab/omnia/layout';
import { omniaRouter } from '@omnia-buildstream/lab/gitlab/omnia/router';
import { ServiceHandler } from '@omnia-buildstream/lab/gitlab/omnia/serviceHandler';
import { LabOim } from '@omnia-buildstream/lab/oim/labOim';
import { pipelineService } from '@omnia-buildstream/lab/oim/pipelineService';
import { ScriptedWork } from '../../support/scriptedWork.ts';

type Version = OmniaLayout['version'];

/** The jobs of a deploy pipeline, run one by one against an API whose stages end as the test says. */
function jobsOf(version: Version, files: Readonly<Record<string, string>>, hasApiToken = true) {
  const work = new ScriptedWork(wallClock);
  const oim = new LabOim({ work, clock: wallClock, user: 'u', password: 'p', version });
  const { jobId } = oim.addImageGroup('rhel10-slurm', []);
  const handler = new ServiceHandler(pipelineService(oim), 'main', omniaLayouts[version], hasApiToken);
  const run = async (name: string, stage = name): Promise<JobResult & { readonly log: string }> => {
    let log = '';
    const context: JobContext = {
      name,
      stage,
      stages: [stage],
      jobId: 1,
      pipelineId: 1,
      ref: 'main',
      sha: 'commit',
      attempt: 1,
      variables: new Map([
        ['JOB_ID', jobId],
        ['IMAGE_GROUP_ID', 'rhel10-slurm'],
      ]),
      signal: new AbortController().signal,
      write: (text) => {
        log += text;
      },
      read: (path, ref) => Promise.resolve(files[`${ref}:${path}`]),
      commit: () => Promise.resolve(),
      sleep: () => Promise.resolve(),
    };
    return { ...(await handler.run(context)), log };
  };
  const sent = (): string[] => [...(work.runs.at(-1)?.run.files.keys() ?? [])].sort();
  return { work, oim, jobId, run, sent };
}

const mapping22 = { 'commit:input/pxe_mapping_file.csv': 'HOSTNAME\n' };
const mapping23 = { 'main:input/orchestrator/pxe_mapping_file.csv': 'HOSTNAME\n' };
const list = { 'main:miscellaneous/failed_nodes.json': '{}' };

suite("jobs of the lab's deploy pipeline", () => {
  for (const [version, files, select] of [
    ['2.2', mapping22, 'select_rhel10_slurm'],
    ['2.3', mapping23, 'rhel10-slurm'],
  ] as const) {
    test(`of ${version} send the input files before deploy and before restart, and tell nothing of the playbook`, async () => {
      const { run, sent, jobId, work } = jobsOf(version, { ...files, ...list });
      const listed = await run('list_images');
      assert.deepEqual(listed.artifacts?.imageGroups, ['rhel10-slurm']);
      assert.match(listed.log, new RegExp(` - ${select} \\(Job: ${jobId}, Roles: \\)`));
      const chosen = await run(select, 'select_image');
      assert.deepEqual(chosen.artifacts?.variables, { JOB_ID: jobId, IMAGE_GROUP_ID: 'rhel10-slurm' });
      const deployed = await run('deploy');
      assert.deepEqual([deployed.status, sent()], ['success', ['pxe_mapping_file.csv']]);
      assert.match(deployed.log, /\[\+\] pxe_mapping_file\.csv[^]*Deploy: COMPLETED/);
      work.scripts.restart = { durationMs: 0, outcomes: [{ succeeded: false, summary: 'the reason' }] };
      const restarted = await run('restart');
      assert.deepEqual([restarted.status, sent()], ['failed', ['failed_nodes.json', 'pxe_mapping_file.csv']]);
      const lines = [
        'ERROR: Restart stage reached FAILED',
        'Error Code: +PLAYBOOK_EXECUTION_FAILED',
        'Error Summary: +Playbook exited with code 2',
        ...(version === '2.3' ? ['Stage State: +FAILED', 'Attempt: +1'] : []),
        'Log File Path: +/opt/omnia/log/build_stream/',
      ];
      assert.match(restarted.log, new RegExp(lines.join('[^]*')));
      assert.doesNotMatch(restarted.log, /the reason|attempt 1\n/);
      const summary = await run('summary');
      assert.equal(summary.status, 'failed');
      assert.match(summary.log, /Cause: {3}'restart' stage reached state: FAILED/);
    });
  }

  test('when the files are refused, deploy ends, restart goes on in 2.2 and ends in 2.3, and validate goes on', async () => {
    for (const [version, files, restart] of [
      ['2.2', mapping22, 'success'],
      ['2.3', mapping23, 'failed'],
    ] as const) {
      const { run, oim } = jobsOf(version, files);
      for (const name of ['deploy', 'restart', 'validate']) assert.equal((await run(name)).status, 'success', name);
      const begun = oim.begun.length;
      const again = await run('deploy');
      assert.deepEqual([again.status, oim.begun.length], ['failed', begun]);
      assert.match(again.log, /ERROR: Upload failed \(HTTP 409\)\n.*JOB_IN_TERMINAL_STATE/);
      assert.equal((await run('restart')).status, restart);
      assert.equal((await run('validate')).status, 'success');
    }
  });

  test('without GITLAB_API_TOKEN an edit of the branch is not used, and nothing says so', async () => {
    const files = { ...mapping23, 'commit:input/orchestrator/pxe_mapping_file.csv': 'OLD\n' };
    for (const [hasApiToken, used] of [
      [true, 'HOSTNAME\n'],
      [false, 'OLD\n'],
    ] as const) {
      const { run, work } = jobsOf('2.3', files, hasApiToken);
      const { status, log } = await run('deploy');
      assert.equal(work.runs.at(-1)?.run.files.get('pxe_mapping_file.csv'), used);
      assert.deepEqual([status, /TOKEN|old|branch/i.test(log)], ['success', false]);
    }
  });

  test('a cleanup deletes what is BUILT, PASSED or FAILED, once; a job of a cadence needs what those before it made', async () => {
    const { run, oim } = jobsOf('2.3', {});
    assert.equal((await run('cleanup')).status, 'success');
    assert.deepEqual(
      oim.imageGroups.map(({ status }) => status),
      ['CLEANED'],
    );
    const again = await run('cleanup');
    assert.equal(again.status, 'failed');
    assert.match(again.log, /API Response Code: 409\n.*ALREADY_CLEANED/);
    const deployed = jobsOf('2.3', mapping23);
    await deployed.run('deploy');
    assert.match((await deployed.run('cleanup')).log, /CLEANUP_STATE_INVALID/);
    assert.match((await run('parse-catalog')).log, /cadence_catalog_rhel\.json names no Identifier and Version/);
  });

  test('what the API refuses fails the job with its words', async () => {
    const { run } = jobsOf('2.2', {});
    const early = await run('validate');
    assert.equal(early.status, 'failed');
    assert.match(early.log, /API Response Code: 412\n.*ERROR: Validate request failed\n.*UPSTREAM_STAGE_NOT_COMPLETED/);
  });
});

suite("the router of the lab's project", () => {
  const jobs = (version: Version, event: { source?: 'push' | 'web'; type?: string; changed?: string[] }) => {
    const { source = 'push', type, changed: changedPaths = [] } = event;
    const variables = new Map(type === undefined ? [] : [['PIPELINE_TYPE', type]]);
    const made = omniaRouter(omniaLayouts[version])({
      ...{ source, variables, changedPaths },
      ...{ ref: 'main', sha: 's', username: 'u' },
    });
    return made?.jobs.map(({ name, stage, when }) => `${stage} ${name} ${when}`);
  };
  const chosen = (type: string, when = 'on_success'): string => `pipeline_selection ${type}_pipeline ${when}`;

  test('has one stage with a trigger job for each type', () => {
    assert.deepEqual(jobs('2.2', { type: 'cleanup' }), [chosen('cleanup')]);
    assert.deepEqual(
      jobs('2.2', { source: 'web' }),
      ['build', 'deploy', 'cleanup'].map((type) => chosen(type, 'manual')),
    );
    assert.equal(jobs('2.2', { type: 'other' }), undefined);
  });

  test('starts a cadence in 2.3 only, by its name or its catalog', () => {
    const cadence = 'pipeline_selection cadence on_success';
    assert.deepEqual(jobs('2.3', { type: 'cadence' }), [cadence]);
    assert.deepEqual(jobs('2.3', { changed: ['cadence_catalog_rhel.json'] }), [cadence]);
    assert.equal(jobs('2.2', { type: 'cadence' }), undefined);
    assert.equal(jobs('2.2', { changed: ['cadence_catalog_rhel.json'] }), undefined);
  });

  test('looks for the mapping file where the version has it', () => {
    const [old, newer] = ['input/pxe_mapping_file.csv', 'input/orchestrator/pxe_mapping_file.csv'];
    assert.deepEqual(jobs('2.2', { changed: [old, 'catalog_rhel.json'] }), [chosen('build'), chosen('deploy')]);
    assert.deepEqual(jobs('2.3', { changed: [newer] }), [chosen('deploy')]);
    assert.equal(jobs('2.2', { changed: [newer] }), undefined);
    assert.equal(jobs('2.3', { changed: [old] }), undefined);
  });
});
