import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { afterPassedKinds, type AfterPassed } from '@omnia-buildstream/core/lab/connection';
import { wallClock } from '@omnia-buildstream/lab/gitlab/labClock';
import { LabOim } from '@omnia-buildstream/lab/oim/labOim';
import { Refusal } from '@omnia-buildstream/lab/oim/refusal';
import { ScriptedWork } from '../../support/scriptedWork.ts';

const files = new Map([['pxe_mapping_file.csv', 'HOSTNAME\n']]);

/** Answers to an upload and to a deploy of the same image once a job's tests have passed. */
const expected: Readonly<Record<AfterPassed, readonly string[]>> = {
  refused: ['409 JOB_IN_TERMINAL_STATE', '412 PRECONDITION_FAILED'],
  'taken-up': ['accepted', 'accepted'],
};

suite("a job of the lab's API whose tests have passed", () => {
  for (const afterPassed of afterPassedKinds) {
    test(`is ${afterPassed}, as the lab was told`, async () => {
      const work = new ScriptedWork(wallClock);
      const oim = new LabOim({ work, clock: wallClock, user: 'u', password: 'p', afterPassed });
      const { jobId } = oim.addImageGroup('g', []);
      const deploy = { imageGroupId: 'g' };
      for (const stage of ['deploy', 'restart', 'validate'] as const) {
        oim.startStage(jobId, stage, deploy);
        await oim.waitFor(jobId, stage);
      }
      assert.equal(oim.groupOf(jobId)?.status, 'PASSED');
      const answers = [
        answerTo(() => oim.upload(jobId, files)),
        answerTo(() => oim.startStage(jobId, 'deploy', deploy)),
      ];
      assert.deepEqual(answers, expected[afterPassed]);
    });
  }
});

function answerTo(act: () => unknown): string {
  try {
    act();
    return 'accepted';
  } catch (error) {
    assert.ok(error instanceof Refusal);
    return `${String(error.status)} ${error.code}`;
  }
}
