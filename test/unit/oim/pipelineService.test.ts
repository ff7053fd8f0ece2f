import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { wallClock } from '@omnia-buildstream/lab/gitlab/labClock';
import { LabOim } from '@omnia-buildstream/lab/oim/labOim';
import { pipelineService } from '@omnia-buildstream/lab/oim/pipelineService';
import { ScriptedWork } from '../../support/scriptedWork.ts';

const { signal } = new AbortController();

suite("the lab's BuildStreaM for pipelines in the same process", () => {
  test('runs stages in their order with their log, and refuses others as the API does', async () => {
    const work = new ScriptedWork(wallClock);
    const oim = new LabOim({ work, clock: wallClock, user: 'u', password: 'p' });
    const { jobId } = oim.addImageGroup('g', []);
    const service = pipelineService(oim);
    const lines: string[] = [];
    const run = (stage: 'deploy' | 'validate'): Promise<boolean> =>
      service.runStage({ stage, jobId, imageGroup: 'g', signal, write: (line) => lines.push(line) });

    assert.deepEqual(await service.imageGroups(), [{ id: 'g', jobId }]);
    await service.upload(jobId, new Map([['omnia_config.yml', 'a']]));
    assert.equal(await run('validate'), false);
    assert.match(lines.join('\n'), /412 UPSTREAM_STAGE_NOT_COMPLETED/);
    assert.equal(await run('deploy'), true);
    assert.match(lines.join('\n'), /deploy of g, attempt 1\ndone/);
    assert.equal(work.runs[0]?.run.files.get('omnia_config.yml'), 'a');
    assert.equal(oim.groupOf(jobId)?.status, 'DEPLOYED');
  });
});
