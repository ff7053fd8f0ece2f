import assert from 'node:assert/strict';
import { mock, test, type TestContext } from 'node:test';
import { machineClock } from '@omnia-buildstream/server/node/machineClock';
import { MappingDocument } from '@omnia-buildstream/server/mappingDocument';
import { Publisher } from '@omnia-buildstream/server/diagnostics/publisher';
import { mappingUri } from './harness.ts';

/** A publisher each of whose publications takes `costMs` on an otherwise stopped clock. */
function setUp(t: TestContext, costMs: number): { published: () => number; schedule: () => void; forget: () => void } {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => {
    mock.timers.reset();
  });
  let now = 0;
  let published = 0;
  const publish = (): void => {
    published++;
    now += costMs;
  };
  const publisher = new Publisher(publish, { ...machineClock, now: () => now });
  const document = new MappingDocument(mappingUri, 1, '');
  return {
    published: () => published,
    schedule: () => {
      publisher.schedule(document);
    },
    forget: () => {
      publisher.forget(mappingUri);
    },
  };
}

test('edits that arrive together are published once, at once', (t) => {
  const { published, schedule } = setUp(t, 1);
  for (let i = 0; i < 3; i++) schedule();
  mock.timers.tick(1);
  assert.equal(published(), 1);
});

test('while publishing is slow, it waits for a pause in the typing', (t) => {
  const { published, schedule } = setUp(t, 100);
  schedule();
  mock.timers.tick(1);
  for (let i = 0; i < 5; i++) {
    schedule();
    mock.timers.tick(150);
  }
  assert.equal(published(), 1);
  mock.timers.tick(50);
  assert.equal(published(), 2);
});

test('a closed file is not published any more', (t) => {
  const { published, schedule, forget } = setUp(t, 1);
  schedule();
  forget();
  mock.timers.tick(1_000);
  assert.equal(published(), 0);
});
