import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import { deployedLast, type StageTry } from '@omnia-buildstream/core/history/timeline';
import '../../support/vscode/playedVscode.ts';

const { groupItems } = await import('@omnia-buildstream/client/stages/imageGroup');
const { deployItems } = await import('@omnia-buildstream/client/pipelines/actions/deployChoice');

const built = (day: number): number => Date.parse(`2026-04-${String(day)}T12:00:00Z`);
const group = (id: string, day: number, status: string): ImageGroup => {
  return { id, jobId: undefined, status, images: [], updatedAt: built(day) };
};
const groups = [group('rhel_10_r1', 10, 'PASSED'), group('rhel_10_r3', 12, 'BUILT'), group('rhel_10_r2', 11, 'FAILED')];

const plain = (items: readonly { readonly label: string; readonly description?: string }[]): string[] =>
  items.flatMap(({ label, description }) =>
    description?.includes('2026') === true ? [`${label}: ${description.replace(/ · [^·]*2026[^·]*$/, '')}`] : [],
  );

suite('an image', () => {
  test('has the same name, state and time in every list, the newest first, and the deployed one says so', () => {
    const known = { last: 'rhel_10_r2', deployed: 'rhel_10_r1' };
    const wanted = ['rhel_10_r3: BUILT', 'rhel_10_r2: last selected · FAILED', 'rhel_10_r1: deployed now · PASSED'];
    assert.deepEqual(plain(groupItems(groups, known)), wanted);
    const listed = { kind: 'listed', groups: groups.map((one) => ({ ...one, roles: [] })) } as const;
    const inGitLab = deployItems([], { listed, deployed: 'rhel_10_r1' });
    assert.deepEqual(
      plain(inGitLab),
      wanted.map((line) => line.replace('last selected · ', '')),
    );
  });

  test('is deployed now when the newest deploy of it succeeded; one that failed or goes on leaves it open', () => {
    const tried = (from: number, imageGroup: string, outcome: StageTry['outcome'], stage = 'deploy') =>
      ({ from, imageGroup, outcome, stage }) as StageTry;
    const first = tried(1, 'r1', 'succeeded');
    assert.equal(deployedLast([]), undefined);
    assert.equal(deployedLast([first, tried(2, 'r2', 'failed', 'restart')]), 'r1');
    assert.equal(deployedLast([tried(2, 'r2', 'succeeded'), first]), 'r2');
    for (const outcome of ['failed', 'open', 'unknown'] as const) {
      assert.equal(deployedLast([first, tried(2, 'r2', outcome)]), undefined, outcome);
    }
  });
});
