import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { isUserError } from '@omnia-buildstream/core/errors/userError';
import { historyFolder } from '@omnia-buildstream/core/nodes/projectPlaces';
import { actRecorded, type AgreedAct } from '@omnia-buildstream/runner/history/actRecorded';
import { historyOf } from '@omnia-buildstream/runner/history/historyPlace';
import { thisMachine } from '@omnia-buildstream/runner/machine';
import { answers, opened } from '../../../support/vscode/fakeVscode.ts';
import '../../../support/vscode/playedVscode.ts';

const { showRunHistory } = await import('@omnia-buildstream/client/stages/history/showRunHistory');

const play: AgreedAct = {
  act: 'play',
  server: 'https://gitlab.example.com/root/omnia',
  subject: 'deploy #33 in pipeline #12',
  shown: ['Deploys G'],
  touches: false,
  plan: {
    stage: 'deploy',
    backend: 'gitlab',
    imageGroup: 'G',
    jobId: 'job',
    restart: undefined,
    nodes: [],
    files: [],
    notes: [],
    obstacles: [],
    identity: 'ab'.repeat(32),
  },
};

/** A project in which a GitLab job was run, as recorded by the editor. */
async function projectWithPlay(context: TestContext): Promise<string> {
  const project = mkdtempSync(path.join(tmpdir(), 'buildstream-history-'));
  context.after(() => {
    rmSync(project, { recursive: true });
  });
  mkdirSync(path.join(project, 'input'));
  const recorded = {
    place: historyOf(project),
    by: { user: 'ada', host: 'desk', gitlabUser: 'ada.l', program: 'editor', version: '1.0' },
    answers: [{ question: 'Run deploy?', answer: 'PXE-Boot 2 Nodes' }],
    others: { places: [], unseen: () => undefined },
    failed: (error: unknown) => {
      throw error;
    },
  };
  const machine = { ...thisMachine, runsFolder: () => path.join(project, 'runs') };
  await actRecorded(
    play,
    recorded,
    machine,
    () => Promise.resolve('sent'),
    () => ({
      outcome: 'succeeded',
      stopped: '',
      summary: 'job #33',
    }),
  );
  return project;
}

function nodesOf(project: string): Parameters<typeof showRunHistory>[0]['nodes'] {
  const mappingUri = `file://${project}/input/pxe_mapping_file.csv`;
  return { refresh: () => Promise.resolve({ mappingUri }) } as never;
}

suite('Show Run History', () => {
  test('lists a run of GitLab, and opens it as the note for whoever takes over', async (context) => {
    const project = await projectWithPlay(context);
    let labels: readonly string[] = [];
    answers.pick = (items) => {
      labels = items.map(({ label }) => label);
      return items.find(({ label }) => label.startsWith('play '));
    };
    await showRunHistory({ nodes: nodesOf(project) });
    assert.equal(labels.length, 1);
    const [note, ...more] = opened.splice(0);
    assert.deepEqual([note?.language, more], ['markdown', []]);
    for (const part of [
      /^# Run history: run a manual job by ada on desk\n/,
      /Target: deploy \\#33 in pipeline \\#12/,
      /Asked "Run deploy\?": PXE\\-Boot 2 Nodes/,
      /In GitLab: job \\#33/,
      /## What to do next\n\nFollow it in GitLab/,
    ]) {
      assert.match(note?.text ?? '', part);
    }
  });

  test('a file that tells no run is listed and says why; closing the list opens nothing', async (context) => {
    const project = await projectWithPlay(context);
    writeFileSync(path.join(project, historyFolder, '20260101T000000Z-torn-1.ndjson'), '{"type":"ru');
    answers.pick = (items) => items.find(({ label }) => label.includes('torn'));
    await assert.rejects(showRunHistory({ nodes: nodesOf(project) }), isUserError);
    answers.pick = () => undefined;
    await showRunHistory({ nodes: nodesOf(project) });
    assert.deepEqual(opened, []);
  });
});
