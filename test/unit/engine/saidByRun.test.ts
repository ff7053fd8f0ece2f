import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { wholeRollout } from '@omnia-buildstream/engine/restart/rollout';
import type { FakeNodeOptions } from '../../support/engine/fakeFleet.ts';
import { World } from '../../support/engine/world.ts';

const bundle = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../../l10n/bundle.l10n.json'), 'utf8'),
) as Readonly<Record<string, string>>;

const kinds: readonly FakeNodeOptions[] = [
  {},
  { isSilent: true },
  { isStuck: true },
  { isOld: true, faults: [{ on: 'reset', gives: 'lost' }] },
  { faults: [{ on: 'reset', gives: 'dropped' }] },
  { faults: [{ on: 'reset', gives: 'refused' }] },
  { faults: [{ on: 'reach', gives: 'unreachable' }] },
];

test('what a run says is there in English, and as texts that can be translated', async () => {
  const world = new World();
  for (const kind of kinds) world.addNode(kind);
  await world.run({ settings: { rollout: { ...wholeRollout, maxFailed: { unit: 'nodes', value: 2 } } } });
  const unknown = new Set<string>();
  const counts = new Map<string, number>();
  for (const event of world.events) {
    if (!('said' in event)) continue;
    const english = 'message' in event ? event.message : event.detail;
    assert.equal(wordsOf(event.said), english);
    wordsOf(event.said, (template) => {
      if (bundle[template] === undefined) unknown.add(template);
      return '';
    });
    if (typeof event.said === 'object') counts.set(event.type, (counts.get(event.type) ?? 0) + 1);
  }
  assert.deepEqual([...unknown], []);
  assert.ok((counts.get('node-step') ?? 0) > 5, 'steps');
  assert.ok((counts.get('node-finished') ?? 0) > 3, 'ends');
});
