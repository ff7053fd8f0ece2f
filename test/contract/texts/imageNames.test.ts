/** An image group has one name, its ID, wherever people read it: Omnia 2.2's name for its job cannot be mapped back. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { nextText } from '@omnia-buildstream/cli/pipelines/text';
import { touchText } from '@omnia-buildstream/cli/pipelines/touchText';
import { nextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import type { ListedGroups } from '@omnia-buildstream/gitlab/omnia/listedGroups';
import { askListed } from '@omnia-buildstream/gitlab/omnia/listedGroups';
import { stageTries } from '@omnia-buildstream/gitlab/omnia/stageTries';
import type { OmniaProject } from '@omnia-buildstream/gitlab/omnia/project';
import { playTouches, type Touches } from '@omnia-buildstream/gitlab/omnia/touches';
import { plainGroup } from '@omnia-buildstream/gitlab/omnia/sameGroup';
import { findDeployRun } from '@omnia-buildstream/gitlab/tree/deployRun';
import { ImageNames } from '@omnia-buildstream/gitlab/tree/imageNames';
import { deployTree, job } from '../../support/gitlabModel.ts';
import '../../support/vscode/playedVscode.ts';

const { deployItems } = await import('@omnia-buildstream/client/pipelines/actions/deployChoice');
const { bootQuestion } = await import('@omnia-buildstream/client/pipelines/actions/effectWords');
const { touchLines, standingLines } = await import('@omnia-buildstream/client/pipelines/actions/touchLines');
const { ImageNaming } = await import('@omnia-buildstream/client/pipelines/imageNaming');
const { runSummary } = await import('@omnia-buildstream/client/pipelines/runSummary');
const { runElement } = await import('@omnia-buildstream/client/pipelines/view/pipelineElements');
const { toTreeItem } = await import('@omnia-buildstream/client/pipelines/view/pipelineItems');

const [id, jobName] = ['rhel-10-r2', 'select_rhel_10_r2'];
const listed: ListedGroups = { kind: 'listed', groups: [{ id, jobId: undefined, images: [] }] };
const waiting = deployTree('manual', [`${jobName}@select_image?:manual`, 'deploy:manual']);
const chosen = deployTree('manual', [`${jobName}@select_image?:success`, 'deploy:manual']);
const image = findDeployRun(chosen)?.images[0] ?? assert.fail();
const imageGroupOfRun = (): string => runSummary(chosen, undefined).image ?? '';
const restarts = (): Extract<Touches, { kind: 'restarts' }> => {
  const since = { kind: 'not-known' } as const;
  return { kind: 'restarts', deploys: true, imageGroup: imageGroupOfRun(), plan: undefined, since, runId: undefined };
};
const chooses = async (): Promise<Touches> => {
  const project = { imageGroups: () => Promise.resolve(listed) } as unknown as OmniaProject;
  return playTouches(project, waiting, findDeployRun(waiting)?.images[0] ?? assert.fail());
};

/** Texts that name it, by where they appear. */
const read: Readonly<Record<string, () => unknown>> = {
  Status: imageGroupOfRun,
  'a row of Pipelines': () => toTreeItem(runElement(chosen.pipeline, chosen)).description,
  'the spoken row': () => toTreeItem(runElement(chosen.pipeline, chosen)).accessibilityInformation?.label,
  'the list of a pipeline that waits': () =>
    deployItems([{ tree: waiting, step: { kind: 'choose-image', images: [image] } } as never], {
      listed,
      deployed: undefined,
    }).map(({ label }) => label),
  'the list for a new pipeline': () => deployItems([], { listed, deployed: undefined }).map(({ label }) => label),
  'the question of a deploy': () => bootQuestion(restarts()),
  'its plan': () => standingLines(restarts()),
  'the question of an image': async () => touchLines(await chooses()),
  'the command line, before an image is selected': async () => touchText(await chooses()),
  'the command line, before deploy': () => touchText(restarts()),
  'the command line, what is next': () => nextText(nextAction(chosen), 1),
  'the timeline and the history': () => {
    const started = { started_at: '2026-04-10T12:00:00Z' };
    const { stages, ...child } = findDeployRun(chosen)?.node ?? assert.fail();
    const deploy = { kind: 'job', job: job(40, 'deploy:success', 3, started), earlier: [] } as const;
    const over = stages.map((stage) => (stage.name === 'deploy' ? { ...stage, entries: [deploy] } : stage));
    return stageTries([{ ...child, stages: over }], 0).map(({ tried }) => tried.imageGroup);
  },
};

suite('the name of an image group', () => {
  test('is that of its job as long as nothing tells its id', () => {
    assert.equal(imageGroupOfRun(), 'rhel_10_r2');
  });

  test('is asked of the API by the side bar once, and kept for the next window', async () => {
    const values = new Map<string, unknown>();
    const state = {
      get: (key: string) => values.get(key),
      update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
    };
    let [asked, named] = [0, 0];
    const imageGroups = () => Promise.resolve({ kind: 'no-api' } as const);
    const facts = () => Promise.resolve({ imageGroups: () => ((asked += 1), imageGroups()) });
    const parts = { state: state as never, hasApi: () => true, facts, onNamed: () => (named += 1) };
    const silent = new ImageNaming(parts);
    await silent.look([waiting]);
    await silent.look([chosen]);
    assert.deepEqual([asked, named], [1, 0], 'once for each job, whatever is answered');
    const naming = new ImageNaming({
      ...parts,
      facts: () => Promise.resolve({ imageGroups: () => Promise.resolve(listed) }),
    });
    await naming.look([waiting]);
    await naming.look([waiting]);
    assert.equal(named, 1);
    assert.deepEqual([...values.values()], [[id]]);
  });

  for (const [where, says] of Object.entries(read)) {
    test(`is its id in ${where}`, async () => {
      await askListed({ imageGroups: () => Promise.resolve(listed) });
      const text = JSON.stringify(await says());
      assert.ok(text.includes(id), text);
      assert.ok(!text.includes(plainGroup(id)), text);
    });
  }

  test('is an id that fits its job, and never a guess', () => {
    const name = fc.array(fc.constantFrom('a', '1', '-', '_', '/', ' '), { minLength: 1, maxLength: 6 });
    const ids = fc.array(
      name.map((signs) => signs.join('')),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(ids, fc.nat(), (known, index) => {
        const names = new ImageNames();
        names.learn(known);
        const group = known[index % Math.max(known.length, 1)] ?? 'a';
        const told = names.of(`select_${plainGroup(group)}`);
        const fitting = new Set(known.filter((one) => plainGroup(one) === plainGroup(group)));
        assert.equal(told, fitting.size === 1 ? group : plainGroup(group));
        if (group.includes('-')) assert.equal(names.of(group), group, 'the job of 2.3 is named by the id itself');
      }),
    );
  });
});
