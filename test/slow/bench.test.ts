import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureRestart } from '../../bench/restart.mjs';

test('the bench of the restart stage measures a run: each node boots, with no more requests than an iDRAC needs', async () => {
  const nodes = 3;
  const { booted, calls } = (await measureRestart(nodes)) as Readonly<Record<'booted' | 'calls', number>>;
  assert.equal(booted, nodes);
  assert.ok(calls <= 12 * nodes, String(calls));
});
