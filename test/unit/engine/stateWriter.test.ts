import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import type { StateStore } from '@omnia-buildstream/engine/ports/stateStore';
import { StateWriter } from '@omnia-buildstream/engine/restart/stateWriter';
import { textOf } from '@omnia-buildstream/engine/files/replace';
import { niceJson, niceJsonPieces } from '@omnia-buildstream/engine/state/niceJson';
import { renderStateFiles, type StateFiles } from '@omnia-buildstream/engine/state/stateFiles';

const none: StateFiles = { jobId: 'j', timestamp: 't', inventory: [], booted: [], failed: [], results: [] };

test('writing takes three hundredths of the time, however long one write is', async () => {
  for (const writeMs of [1, 100, 600, 5_000]) {
    let nowMs = 0;
    const pausesMs: number[] = [];
    const clock = {
      now: () => nowMs,
      monotonic: () => nowMs,
      sleep: (ms: number) => {
        pausesMs.push(ms);
        nowMs += ms;
        return Promise.resolve();
      },
    };
    const write = async (): Promise<void> => {
      await Promise.resolve();
      nowMs += writeMs;
      // A node that finishes in the meantime causes the files to be written once more.
      if (pausesMs.length < 3) writer.schedule();
    };
    const writer = new StateWriter(
      { write } as unknown as StateStore,
      clock,
      () => none,
      (error) => {
        throw error;
      },
    );
    writer.schedule();
    await writer.finish();
    assert.equal(pausesMs.length, 4);
    for (const pauseMs of pausesMs) assert.ok(writeMs / (writeMs + pauseMs) <= 0.0301, `${String(writeMs)} ms each`);
  }
});

test('no piece of the state files is longer than one entry, and together they are what Omnia writes', () => {
  const nodes = Array.from({ length: 500 }, (_, i) => ({
    type: 'result' as const,
    at: 't',
    bmcIp: `10.0.0.${String(i)}`,
    hostname: `cn-${String(i)}`,
    serviceTag: `T${String(i)}`,
    failure: undefined,
    message: 'Restart OK',
  }));
  const booted = nodes.map(({ bmcIp, hostname }) => ({ bmcIp, hostname, bootedAt: 't', manuallyBooted: false }));
  for (const pieces of renderStateFiles({ ...none, inventory: nodes, booted, results: nodes }).values()) {
    for (const piece of pieces) assert.ok(piece.length < 400);
  }
});

test('a text in pieces is written in chunks, with a turn for others between them', async () => {
  const written: string[] = [];
  const handle = { writeFile: (text: string) => Promise.resolve(void written.push(text)) };
  const pieces = Array.from({ length: 300 }, (_, i) => `${String(i)}${'x'.repeat(1_000)}`);
  await textOf(pieces)(handle as never);
  assert.equal(written.join(''), pieces.join(''));
  assert.ok(written.length > 3 && written.every((chunk) => chunk.length < 70_000));
});

test('the pieces are the text that JSON.stringify gives, with keys in order and other than ASCII escaped', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = [...niceJsonPieces(value)].join('');
      assert.equal(text, niceJson(value));
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      assert.ok(!/[\u007f-\uffff]/.test(text));
      // JavaScript puts numeric keys first, whatever their original order.
      const sorted = JSON.parse(text) as unknown;
      if (!/"\d+": /.test(text)) assert.equal(text, ascii(JSON.stringify(sorted, undefined, 4)));
    }),
  );
});

function ascii(text: string): string {
  return text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
