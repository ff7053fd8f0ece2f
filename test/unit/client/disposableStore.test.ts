import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DisposableStore } from '@omnia-buildstream/client/platform/disposableStore';

test('the newest goes first, and everything once', () => {
  const gone: number[] = [];
  const store = new DisposableStore();
  for (const id of [1, 2, 3]) store.add({ dispose: () => gone.push(id) });
  store.dispose();
  store.dispose();
  assert.deepEqual(gone, [3, 2, 1]);
});

test('what comes after the end goes at once', () => {
  const store = new DisposableStore();
  store.dispose();
  let isGone = false;
  store.add({
    dispose: () => {
      isGone = true;
    },
  });
  assert.equal(isGone, true);
});
