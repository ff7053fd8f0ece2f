import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lastRunOf } from '@omnia-buildstream/core/restart/interruptedRun';
import { journalLine, readJournal, type ResetIntent } from '@omnia-buildstream/core/restart/journalRecord';
import { fc } from '../../support/properties/fastCheck.ts';
import { World } from '../../support/engine/world.ts';

const at = '2026-03-01T10:00:00.000Z';
const begin = journalLine({ type: 'begin', at, run: 'r', jobId: 'j', imageGroup: 'G' });
const intent: ResetIntent = {
  type: 'reset',
  at,
  bmcIp: '',
  power: 'On',
  lastResetTime: undefined,
  override: 'Once',
  kind: 'ForceRestart',
};

const bmcIp = fc.constantFrom('10.6.0.1', '10.6.0.2', '10.6.0.3');
const moment = fc.oneof(fc.constant(at), fc.constantFrom('', 'soon', '99', '2026-13-45T99:00:00Z'));
/** Lines as we write them, as a later version may write them, and as they should never be. */
const line = fc.oneof(
  fc.record({ ip: bmcIp, when: moment }).map(({ ip, when }) => JSON.stringify({ ...intent, bmcIp: ip, at: when })),
  bmcIp.map((ip) => JSON.stringify({ ...intent, bmcIp: ip, kind: 'GracefulShutdown' })),
  bmcIp.map((ip) => JSON.stringify({ ...intent, bmcIp: ip, kind: 'SomethingLater' })),
  bmcIp.map((ip) => JSON.stringify({ type: 'sent', at, bmcIp: ip })),
  bmcIp.map((ip) => JSON.stringify({ type: 'refused', at, bmcIp: ip })),
  bmcIp.map((ip) => JSON.stringify({ type: 'result', at, bmcIp: ip, hostname: '', serviceTag: '', message: 'ok' })),
  fc.record({ ip: bmcIp, type: fc.string() }).map(({ ip, type }) => JSON.stringify({ type, at, bmcIp: ip })),
  fc.constantFrom('{"type":"later"}', '[]', 'null', '{"type":"rese', '{"type":"reset"}', '{"type":"reset","bmcIp":7}'),
  fc.json(),
);
const journal = fc.array(line, { maxLength: 12 }).map((lines) => `${begin}${lines.map((one) => `${one}\n`).join('')}`);

suite('any journal', () => {
  test('never loses a node: whoever is named after its last result is known, and in doubt where it cannot be told', () => {
    fc.assert(
      fc.property(journal, (text) => {
        const last = lastRunOf(readJournal(text));
        assert.ok(last !== undefined && last !== 'no-beginning');
        const { nodes, isUnclear } = last.run;
        let isOpen = true;
        const lines = text.split('\n').slice(1, -1);
        // A refusal cancels earlier announcements.
        const lastRefusal = new Map<unknown, number>();
        for (const [index, one] of lines.entries()) {
          const record = parsed(one);
          if (record?.type === 'refused') lastRefusal.set(record.bmcIp, index);
        }
        for (const [index, one] of lines.entries()) {
          const record = parsed(one);
          if (record === undefined || one.trim() === '') continue;
          isOpen = record.type !== 'end';
          const ip = typeof record.bmcIp === 'string' && record.bmcIp !== '' ? record.bmcIp : undefined;
          const isTakenBack = index <= (lastRefusal.get(ip) ?? -1);
          const isKnown = isTakenBack || (ip === undefined ? isUnclear : nodes.has(ip));
          assert.ok(isKnown || record.type === 'end' || record.type === 'begin', `${one} is dropped`);
        }
        for (const progress of nodes.values()) {
          if (progress.stage === 'maybe-reset') assert.ok(!Number.isNaN(Date.parse(progress.intent.at)));
        }
        assert.equal(last.isOpen, isOpen);
      }),
    );
  });

  test('a reset that was refused counts as not announced, and what was before it still holds', () => {
    const bmcIp = '10.6.0.1';
    const shutdown = journalLine({ ...intent, bmcIp, kind: 'GracefulShutdown' });
    const reset = journalLine({ ...intent, bmcIp });
    const refused = journalLine({ type: 'refused', at, bmcIp });
    const stageAfter = (...lines: readonly string[]): string | undefined => {
      const last = lastRunOf(readJournal([begin, ...lines].join('')));
      assert.ok(last !== undefined && last !== 'no-beginning');
      const progress = last.run.nodes.get(bmcIp);
      return progress?.stage === 'maybe-reset' ? progress.intent.kind : progress?.stage;
    };
    assert.equal(stageAfter(reset, refused), undefined);
    assert.equal(stageAfter(reset, refused, reset), 'ForceRestart');
    assert.equal(stageAfter(shutdown, reset, refused), 'GracefulShutdown');
    assert.equal(stageAfter(shutdown, reset, refused, reset, refused), 'GracefulShutdown');
    assert.equal(stageAfter(journalLine({ type: 'sent', at, bmcIp }), refused), 'reset');
  });

  test('a journal without a readable beginning is refused once it says anything', () => {
    const rest = journalLine({ type: 'sent', at, bmcIp: '10.6.0.1' });
    for (const text of [rest, `not JSON\n${rest}`, `{"type":"begin","at":"t"}\n${rest}`]) {
      assert.equal(lastRunOf(readJournal(text)), 'no-beginning');
    }
    assert.equal(lastRunOf(readJournal('')), undefined);
  });

  test('is run on with to an end, and no node that may have been reset is reset by it', async () => {
    await fc.assert(
      fc.asyncProperty(journal, async (text) => {
        const world = new World();
        for (let index = 0; index < 3; index++) world.addNode();
        world.fs.files.set('/state/restart_journal.ndjson', text);
        const last = lastRunOf(readJournal(text));
        assert.ok(last !== undefined && last !== 'no-beginning');
        const { run, isOpen } = last;
        await world.run();
        for (const target of world.targets) {
          const progress = run.nodes.get(target.bmcIp);
          const isBegun = progress !== undefined && progress.stage !== 'finished';
          const mayNot = isBegun || (progress === undefined && run.isUnclear);
          if (isOpen && mayNot) assert.equal(world.fleet.nodes.get(target.bmcIp)?.resets, 0, `${target.bmcIp} ${text}`);
        }
      }),
      { numRuns: 60 },
    );
  });
});

function parsed(text: string): { readonly type?: unknown; readonly bmcIp?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}
