import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { PatientClock } from '@omnia-buildstream/engine/time/patientClock';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { fc } from '../../support/properties/fastCheck.ts';

/** A machine whose time passes when a test says so, and whose sleepers get their turn only then. */
class Machine implements Clock {
  #ms = 0;
  #wake: (() => void)[] = [];

  now(): number {
    return 1_000_000 + this.#ms;
  }

  monotonic(): number {
    return this.#ms;
  }

  sleep(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake.push(resolve);
    });
  }

  /** Time passes without a turn for anybody. */
  pass(ms: number): void {
    this.#ms += ms;
  }

  async turn(): Promise<void> {
    for (const wake of this.#wake.splice(0)) wake();
    await new Promise(setImmediate);
  }
}

const gaps = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 30 });

suite('time as far as the process was able to work', () => {
  test('is that of the machine while the process gets its turn', async () => {
    const machine = new Machine();
    const clock = new PatientClock(machine, new AbortController().signal);
    for (let turn = 0; turn < 100; turn++) {
      machine.pass(50);
      await machine.turn();
    }
    assert.equal(clock.monotonic(), 5_000);
    assert.equal(clock.now(), machine.now());
  });

  test('nearly stands still while it does not', async () => {
    const machine = new Machine();
    const clock = new PatientClock(machine, new AbortController().signal);
    machine.pass(60_000);
    assert.equal(clock.monotonic(), 100);
    await machine.turn();
    assert.equal(clock.monotonic(), 100);
    machine.pass(30);
    assert.equal(clock.monotonic(), 130);
  });

  test('never goes back, is never ahead, and counts each gap up to a tenth of a second', async () => {
    await fc.assert(
      fc.asyncProperty(gaps, async (all) => {
        const machine = new Machine();
        const clock = new PatientClock(machine, new AbortController().signal);
        let last = 0;
        for (const gap of all) {
          machine.pass(gap);
          const read = clock.monotonic();
          await machine.turn();
          assert.ok(read >= last && clock.monotonic() === read);
          last = read;
        }
        assert.equal(
          last,
          all.reduce((sum, gap) => sum + Math.min(gap, 100), 0),
        );
        assert.ok(last <= machine.monotonic());
      }),
      { numRuns: 30 },
    );
  });
});
