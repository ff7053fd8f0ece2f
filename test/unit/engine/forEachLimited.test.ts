import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { forEachLimited } from '@omnia-buildstream/engine/concurrency/forEachLimited';
import { fc } from '../../support/properties/fastCheck.ts';

suite('work on many at a time', () => {
  test('takes every item once, in order, and never more than the limit at a time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 9 }), async (count, limit) => {
        const items = Array.from({ length: count }, (_, index) => index);
        const begun: number[] = [];
        let running = 0;
        let most = 0;
        await forEachLimited(items, limit, async (item) => {
          begun.push(item);
          most = Math.max(most, ++running);
          for (let turn = 0; turn <= item % 3; turn++) await Promise.resolve();
          running--;
        });
        assert.deepEqual(begun, items);
        assert.equal(most, Math.min(limit, count));
        assert.equal(running, 0);
      }),
    );
  });

  test('ends with the first error and begins nothing after it', async () => {
    const begun: number[] = [];
    const work = forEachLimited([1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item);
      await Promise.resolve();
      if (item === 2) throw new Error('two');
    });
    await assert.rejects(work, /two/);
    assert.deepEqual(begun.slice(0, 2), [1, 2]);
    assert.ok(!begun.includes(5), begun.join());
  });
});
