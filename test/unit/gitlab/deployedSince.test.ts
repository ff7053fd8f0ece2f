import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { judgeTries, type DeployTry } from '@omnia-buildstream/gitlab/omnia/deployedSince';

const own = { begunMs: 100, isDone: true, imageGroup: 'a' };

/** Attempts in the order in which they started. A failed one may have changed everything or nothing. */
const tries = fc.array(
  fc.record({
    imageGroup: fc.constantFrom('a', 'b', undefined),
    isDone: fc.boolean(),
    takesMs: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 6 },
);

test('nodes boot what the last deploys may have left, and never another group without a word', () => {
  fc.assert(
    fc.property(tries, fc.boolean(), fc.integer(), (given, ownIsDone, seed) => {
      const all = given.map(({ imageGroup, isDone, takesMs }, index): DeployTry => {
        const atMs = 110 + 10 * index;
        return { pipelineId: index, imageGroup, isDone, atMs, endedMs: atMs + takesMs };
      });
      // Each image that a cadence builds is a separate one.
      const nameOf = ({ imageGroup, pipelineId }: DeployTry) => imageGroup ?? `built ${String(pipelineId)}`;
      let possible = new Set(ownIsDone ? ['a'] : ['a', 'what was there']);
      for (const one of all) possible = new Set(one.isDone ? [nameOf(one)] : [...possible, nameOf(one)]);
      const shuffled = seed % 2 === 0 ? all : all.toReversed();
      const said = judgeTries(shuffled, { ...own, isDone: ownIsDone });
      const [only] = possible;
      if (possible.size > 1) assert.equal(said.kind, 'not-known');
      else if (only === 'a') assert.equal(said.kind, 'nothing');
      else
        assert.equal(said.kind === 'other' ? (said.imageGroup ?? `built ${String(said.pipelineId)}`) : said.kind, only);
    }),
  );
});

test('one that began before and goes on may still change what nodes boot', () => {
  const running = { pipelineId: 7, imageGroup: 'b', isDone: false, atMs: 90, endedMs: undefined };
  assert.equal(judgeTries([running], own).kind, 'not-known');
  assert.equal(judgeTries([{ ...running, endedMs: 95 }], own).kind, 'nothing');
});
