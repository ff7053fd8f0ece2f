import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { AnswerBody } from '@omnia-buildstream/http/client/wire/answerBody';
import { TransportError } from '@omnia-buildstream/http/client/transportError';
import { FakeClock } from '../../support/time/fakeClock.ts';

const reset = new Error('reset');

for (const encoding of ['', 'gzip']) {
  for (const [how, destroy] of [
    ['closed', (raw: Readable) => raw.destroy()],
    ['broken', (raw: Readable) => raw.destroy(reset)],
  ] as const) {
    for (const idleMs of [undefined, 1_000]) {
      const limit = idleMs === undefined ? 'without' : 'with';
      test(`an answer whose connection was ${how} before it is read ends, packed by "${encoding}", ${limit} a limit between pieces`, async () => {
        const raw = new Readable({ read: () => undefined });
        let ends = 0;
        const onEnd = () => ends++;
        const body = new AnswerBody(raw, {
          encoding,
          limits: idleMs === undefined ? { bodyBytes: 10 } : { bodyBytes: 10, idleMs },
          clock: new FakeClock(),
          onEnd,
        });
        destroy(raw);
        await once(raw, 'close').catch(() => undefined);
        await assert.rejects(body.text(), (error) => error instanceof TransportError || error === reset);
        assert.equal(ends, 1);
      });
    }
  }
}

test('an answer that ends in time is read whole', async () => {
  const body = new AnswerBody(Readable.from([Buffer.from('a'), Buffer.from('b')]), {
    encoding: '',
    limits: { bodyBytes: 10 },
    clock: new FakeClock(),
    onEnd: () => undefined,
  });
  assert.equal(await body.text(), 'ab');
});
