import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { suite, test } from 'node:test';
import { wallClock } from '@omnia-buildstream/lab/gitlab/labClock';
import { LabOim, type LabOimSettings, type Mishap } from '@omnia-buildstream/lab/oim/labOim';
import { readFault } from '@omnia-buildstream/lab/oim/readFault';
import { ScriptedWork } from '../../support/scriptedWork.ts';
import type { OimStageName } from '@omnia-buildstream/lab/oim/stages';
import { gate } from '../../support/oimLab.ts';

const failed = { succeeded: false, summary: 'the reason' };
const passed = { succeeded: true, summary: '' };

function start(settings: Partial<LabOimSettings> = {}) {
  const work = new ScriptedWork(wallClock);
  const oim = new LabOim({ work, clock: wallClock, user: 'u', password: 'p', ...settings });
  const group = oim.addImageGroup('g', [{ role: 'slurm_node_x86_64', name: 's3://boot-images/x/' }]);
  const order = (name: OimStageName, mishap?: Mishap) =>
    oim.startStage(group.jobId, name, { imageGroupId: 'g', mishap });
  const run = async (name: OimStageName) => {
    order(name);
    return oim.waitFor(group.jobId, name);
  };
  const job = oim.jobs.get(group.jobId, undefined);
  return { oim, work, group, job, order, run };
}

suite("stages of the lab's API, as the real one was found to keep them", () => {
  test('a failed restart leaves its group as it was in 2.2 and FAILED in 2.3, and its retry opens the job again', async () => {
    for (const [version, status] of [
      ['2.2', 'DEPLOYED'],
      ['2.3', 'FAILED'],
    ] as const) {
      const { work, group, job, run } = start({ version });
      work.scripts.restart = { durationMs: 0, outcomes: [failed, passed] };
      await run('deploy');
      const stage = await run('restart');
      assert.deepEqual([stage.errorCode, group.status, job.state], ['PLAYBOOK_EXECUTION_FAILED', status, 'FAILED']);
      assert.match(stage.errorSummary ?? '', /^Playbook exited with code 2/);
      await run('restart');
      assert.deepEqual([stage.state, stage.attempt, job.state], ['COMPLETED', 2, 'IN_PROGRESS']);
    }
  });

  test('a failed deploy leaves its group DEPLOYING in 2.2', async () => {
    const { work, group, run } = start();
    work.scripts.deploy = { durationMs: 0, outcomes: [failed] };
    await run('deploy');
    assert.equal(group.status, 'DEPLOYING');
  });

  test('tests that pass after failed ones leave the job FAILED; the first attempt of validate is the second', async () => {
    const { work, group, job, run } = start();
    work.scripts.validate = { durationMs: 0, outcomes: [failed, passed] };
    await run('deploy');
    await run('restart');
    const stage = await run('validate');
    assert.deepEqual([stage.attempt, stage.errorCode, stage.errorSummary], [2, 'PLAYBOOK_FAILED', 'the reason']);
    await run('validate');
    assert.deepEqual([group.status, job.state, stage.attempt], ['PASSED', 'FAILED', 3]);
  });

  test('a job that has succeeded stays so while its stages run again', async () => {
    const { job, run, order, oim } = start();
    for (const name of ['deploy', 'restart', 'validate'] as const) await run(name);
    order('restart');
    assert.equal(job.state, 'COMPLETED');
    await oim.stop();
  });

  test('playbooks run one after the other, and the stage is IN_PROGRESS while it waits', async () => {
    const { oim, work, order } = start();
    const { until, release } = gate();
    work.scripts.deploy = { durationMs: 0, until };
    order('deploy');
    const other = oim.addImageGroup('h', []);
    const { stage } = oim.startStage(other.jobId, 'restart');
    await setImmediate();
    assert.deepEqual([stage.state, work.runs.map((one) => one.stage)], ['IN_PROGRESS', ['deploy']]);
    release();
    assert.equal((await oim.waitFor(other.jobId, 'restart')).state, 'COMPLETED');
  });

  test('input files are those of whoever sent them last, the failed nodes those of the job', async () => {
    const { oim, work, group, run } = start();
    const other = oim.addImageGroup('h', []);
    const mapping = (text: string) => new Map([['pxe_mapping_file.csv', text]]);
    oim.upload(group.jobId, new Map([...mapping('old'), ['failed_nodes.json', '{}']]));
    oim.upload(other.jobId, new Map([...mapping('new'), ['failed_nodes.json', '[]']]));
    await run('restart');
    assert.deepEqual(Object.fromEntries(work.runs[0]?.run.files ?? []), {
      'pxe_mapping_file.csv': 'new',
      'failed_nodes.json': '{}',
    });
  });

  test('an order that nobody carries out, or whose result is lost, stays IN_PROGRESS, and is refused again', async () => {
    for (const [mishap, runs] of [
      ['never-run', 0],
      ['result-lost', 1],
    ] as const) {
      const { oim, work, order } = start();
      const { stage } = order('restart', mishap);
      await setImmediate();
      assert.deepEqual([stage.state, work.runs.length], ['IN_PROGRESS', runs]);
      assert.throws(() => order('restart'), { code: 'INVALID_STATE_TRANSITION', status: 409 });
      await oim.stop();
    }
  });

  test('an order that the API lost sight of is carried out, and the job shows nothing of it', async () => {
    const { oim, work, group, order } = start();
    const { stage } = order('deploy', 'unseen');
    await oim.waitFor(group.jobId, 'deploy');
    assert.deepEqual([stage.state, group.status, work.runs.length], ['PENDING', 'BUILT', 1]);
  });

  test('an end is told when the poller has looked', async () => {
    const waited: number[] = [];
    const clock = { ...wallClock, sleep: (ms: number) => Promise.resolve(void waited.push(ms)) };
    const { run } = start({ clock, resultDelayMs: 5_000 });
    await run('restart');
    assert.deepEqual(waited, [5_000]);
  });
});

suite('faults of the API as JSON', () => {
  test('what is one is read, with the requests it is for', () => {
    const fault = readFault({ on: '/stages/restart', kind: 'hang', when: 'before' });
    assert.deepEqual([fault?.kind, fault?.times], ['hang', 1]);
    assert.ok(fault?.on.test('POST /api/v1/jobs/x/stages/restart'));
    assert.equal(fault?.on.test('GET /health'), false);
  });

  for (const value of [
    undefined,
    [],
    { kind: 'hang', when: 'before' },
    { on: '', kind: 'hang' },
    { on: '', kind: 'fire' },
    { on: '', kind: 'slow', ms: -1 },
    { on: '', kind: 'cut', when: 'after', times: 1.5 },
  ]) {
    test(`${JSON.stringify(value)} is none`, () => {
      assert.equal(readFault(value), undefined);
    });
  }
});
