/** What a project's files say about its nodes, in the Nodes view of a workspace with several projects. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { LiveNodes } from '@omnia-buildstream/client/nodes/liveNodes';
import { renderSeen } from '@omnia-buildstream/core/nodes/seenFile';
import { nothingSeen } from '@omnia-buildstream/core/nodes/seenNodes';
import { watched } from '../../support/vscode/fakeVscode.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import '../../support/vscode/playedVscode.ts';

const { ProjectFacts } = await import('@omnia-buildstream/client/nodes/projectFacts');
const { reportFacts } = await import('@omnia-buildstream/client/nodes/reportFacts');
const { seenFacts } = await import('@omnia-buildstream/client/nodes/seenFacts');

const bmcIp = '10.6.0.1';

suite('what files of a project tell of its nodes', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'facts-'));
    for (const [project, image, attempts] of [
      ['a', 'image-of-a', [1, 2, 10]],
      ['b', 'image-of-b', []],
    ] as const) {
      const state = path.join(folder, project, '.buildstream');
      await mkdir(path.join(state, 'nodes'), { recursive: true });
      const seen = { ...nothingSeen, image: new Map([[bmcIp, { image, at: 1 }]]) };
      await writeFile(path.join(state, 'nodes', 'seen.json'), renderSeen(seen));
      for (const attempt of attempts) {
        await mkdir(path.join(state, 'validate', `attempt_${String(attempt)}`), { recursive: true });
      }
    }
  });
  after(() => rm(folder, { recursive: true, force: true }));

  function view() {
    const live = new LiveNodes((work) => {
      work();
    });
    const source = {
      list: undefined as unknown,
      listeners: [] as (() => void)[],
      onDidChange(listener: () => void) {
        source.listeners.push(listener);
        return { dispose: () => undefined };
      },
      open(list: unknown) {
        source.list = list;
        for (const listener of source.listeners) listener();
      },
    };
    const facts = new ProjectFacts(source as never, live, [reportFacts(source as never, live), seenFacts(live)]);
    const imageNow = () => live.verdictOf({ bmcIp, state: 'new' }).image;
    return { live, source, facts, imageNow };
  }
  const listOf = (project: string): unknown => ({
    mappingUri: `file://${folder}/${project}/input/pxe_mapping_file.csv`,
    failedUri: null,
    nodes: [{ bmcIp, hostname: 'cn-1' }],
  });

  test('is neither read nor watched before its nodes are listed', () => {
    const { facts, imageNow } = view();
    assert.deepEqual([watched.size, imageNow()], [0, undefined]);
    facts.dispose();
  });

  test('is of the project that is shown, and of no other', async () => {
    const { source, facts, imageNow } = view();
    source.open(listOf('a'));
    assert.equal(await waitUntil('the image', imageNow), 'image-of-a');
    assert.deepEqual(
      [...watched.keys()].map((place) => place.slice(folder.length)),
      ['/a/.buildstream/validate/attempt_*/test_report.json', '/a/.buildstream/nodes/seen.json'],
    );
    source.open({ mappingUri: null, failedUri: `file://${folder}/c/miscellaneous/failed_nodes.json`, nodes: [] });
    assert.equal(imageNow(), undefined, 'there the same address may be another machine');
    source.open(listOf('b'));
    assert.equal(await waitUntil('the image', imageNow), 'image-of-b');
    assert.ok([...watched.keys()].every((place) => place.startsWith(`${folder}/b/`)));
    facts.dispose();
    assert.equal(watched.size, 0);
  });

  test('that was read for another project is not shown for this one', async () => {
    const { source, facts, imageNow } = view();
    source.open(listOf('a'));
    source.open(listOf('b'));
    assert.equal(await waitUntil('the image', imageNow), 'image-of-b');
    facts.dispose();
  });
});
