import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { failedListOf, type FailedList } from '@omnia-buildstream/core/plan/failedList';
import { noFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import { decideDirect } from '@omnia-buildstream/core/plan/decideDirect';
import { decideRestart, type RestartSituation } from '@omnia-buildstream/core/plan/decideRestart';
import { stampOf } from '@omnia-buildstream/core/plan/listStamp';
import { planHeadline } from '@omnia-buildstream/core/plan/planDocument';
import { emptyRestartState, type RestartState } from '@omnia-buildstream/core/plan/restartState';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { cluster } from '../../support/cluster.ts';

const rows = targetsOf(cluster, '2.2');
const own = '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10';
const other = '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c11';

function listOf(jobId: string, ...bmcIps: readonly string[]): FailedList {
  const entries = bmcIps.map((bmcIp) => ({ bmc_ip: bmcIp, status: 'failed' }));
  return failedListOf(JSON.stringify({ job_id: jobId, failed_nodes: entries }), own);
}

function decide(more: Partial<RestartSituation>): { reasons: string[]; basis: string; headline: string } {
  const base = { rows, version: '2.2', imageGroup: 'G', list: { kind: 'missing' }, committed: undefined } as const;
  const decision = decideRestart({ ...base, ...more });
  assert.ok(decision.plan);
  const reasons = decision.plan.nodes.map(({ reason }) => reason);
  return { reasons, basis: decision.basis, headline: planHeadline(decision, renderMessage) };
}

const all = (reason: string): string[] => rows.map(() => reason);
const [first = assert.fail()] = rows;

suite('a restart that the management server runs', () => {
  test('after another job is not planned from that job: what is not known is said', () => {
    const { reasons, basis, headline } = decide({ list: listOf(other, first.bmcIp) });
    assert.deepEqual([reasons, basis], [all('not-known'), 'not-known']);
    assert.equal(headline, `Up to ${String(rows.length)} of ${String(rows.length)} nodes will be PXE-booted.`);
  });

  test('of a job that never restarted boots everything as new, whatever another job left', () => {
    const known = decide({ list: listOf(other, first.bmcIp), hasRestarted: false });
    assert.deepEqual([known.reasons, known.basis], [all('new'), 'never-restarted']);
  });

  test('with the list of its own job boots what failed and what is new', () => {
    const committed = rows.slice(0, -1);
    const { reasons, basis } = decide({ list: listOf(own, first.bmcIp), committed, hasRestarted: true });
    assert.deepEqual(reasons, ['failed', ...rows.slice(1, -1).map(() => 'booted'), 'new']);
    assert.equal(basis, 'assumed');
  });

  test('without any list knows new rows for certain, and nothing of the others', () => {
    const { reasons } = decide({ committed: rows.slice(0, -1), hasRestarted: true });
    assert.deepEqual(reasons, [...rows.slice(0, -1).map(() => 'not-known'), 'new']);
  });

  test('tells of nodes that are booted from here and that it boots again', () => {
    const decision = decideRestart({
      rows,
      version: '2.2',
      imageGroup: 'G',
      list: { kind: 'missing' },
      committed: undefined,
      hasRestarted: false,
      bootedElsewhere: new Set(rows.map(({ bmcIp }) => bmcIp)),
    });
    assert.deepEqual(decision.plan?.notices, [{ kind: 'booted-elsewhere', count: rows.length }]);
  });

  test('is decided without the list of another job, whatever is in it', () => {
    const situation = fc.record({
      entries: fc.array(fc.constantFrom(...rows.map(({ bmcIp }) => bmcIp))),
      hasRestarted: fc.constantFrom(true, false, undefined),
      count: fc.nat(rows.length),
    });
    fc.assert(
      fc.property(situation, ({ entries, hasRestarted, count }) => {
        const committed = rows.slice(0, count);
        const foreign = decide({ list: listOf(other, ...entries), hasRestarted, committed });
        assert.deepEqual(foreign, decide({ hasRestarted, committed }));
      }),
    );
  });
});

/** What is known about rows that a list does not name, depending on git: never "new" or "booted" if that is unknown. */
const unlisted = [
  { git: 'has the row', committed: rows, server: ['booted', 'assumed'], here: ['booted', 'assumed'] },
  { git: 'has no such row', committed: rows.slice(0, 1), server: ['new', 'assumed'], here: ['new', 'assumed'] },
  {
    git: 'is not there',
    committed: undefined,
    server: ['not-known', 'list-only'],
    here: ['not-known', 'list-only-here'],
  },
] as const;

suite('a row that the list of the last run does not name', () => {
  for (const { git, committed, server, here } of unlisted) {
    test(`is ${server[0]} when git ${git}`, () => {
      const list = listOf(own, first.bmcIp);
      const { reasons, basis, headline } = decide({ list, committed, hasRestarted: true });
      assert.deepEqual(reasons, ['failed', ...rows.slice(1).map(() => server[0])]);
      assert.equal(basis, server[1]);
      assert.equal(
        headline.startsWith('Up to'),
        committed === undefined,
        'the management server leaves what it booted',
      );
      const input = { rows, version: '2.2', imageGroup: 'G' } as const;
      const empty = { restartState: emptyRestartState, failedNodes: noFailedNodes };
      const omnia = { file: 'failed_nodes.json', list, committed };
      const direct = decideDirect({ ...input, own: empty, omnia });
      assert.ok(direct.plan);
      assert.deepEqual(
        direct.plan.nodes.map(({ reason }) => reason),
        ['failed', ...rows.slice(1).map(() => here[0])],
      );
      assert.equal(direct.basis, here[1]);
      assert.equal(planHeadline(direct, renderMessage).startsWith('Up to'), false, 'from here they are all booted');
    });
  }

  test('is as the run from here left it, when there was one, whatever git tells', () => {
    const restartState: RestartState = {
      ...emptyRestartState,
      imageGroup: 'G',
      previousInventory: rows.slice(0, -1),
      bootedNodes: rows.slice(1, -2).map((row) => ({ ...row, bootedAt: undefined, manuallyBooted: false })),
    };
    const input = { rows, version: '2.2', imageGroup: 'G' } as const;
    const omnia = { file: 'failed_nodes.json', list: listOf(own, first.bmcIp), committed: undefined };
    const decision = decideDirect({ ...input, own: { restartState, failedNodes: noFailedNodes }, omnia });
    assert.deepEqual(
      decision.plan?.nodes.map(({ reason }) => reason),
      ['not-booted', ...rows.slice(1, -2).map(() => 'booted'), 'not-booted', 'not-known'],
    );
  });

  test('is never new or booted where git tells nothing, whatever the list says', () => {
    const entry = fc.record({
      bmc_ip: fc.constantFrom(...rows.map(({ bmcIp }) => bmcIp)),
      status: fc.constantFrom('failed', 'success', 'Success'),
    });
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const list = failedListOf(JSON.stringify({ job_id: own, failed_nodes: entries }), own);
        const { reasons } = decide({ list, hasRestarted: true });
        assert.ok(!reasons.includes('new') && !reasons.includes('booted'), reasons.join(' '));
      }),
    );
  });
});

suite('a restart from here', () => {
  const empty = { restartState: emptyRestartState, failedNodes: noFailedNodes };
  const input = { rows, version: '2.2', imageGroup: 'G', own: empty } as const;
  const reasonsOf = (more: Partial<Parameters<typeof decideDirect>[0]>): string[] =>
    decideDirect({ ...input, omnia: undefined, ...more }).plan?.nodes.map(({ reason }) => reason) ?? [];

  test('spares what Omnia booted and tries what failed there, when it has not run itself', () => {
    const omnia = { file: 'failed_nodes.json', list: listOf(own, first.bmcIp), committed: rows };
    assert.deepEqual(reasonsOf({ omnia }), ['failed', ...rows.slice(1).map(() => 'booted')]);
  });

  test('goes by its own state for every node that it has seen', () => {
    const restartState: RestartState = {
      imageGroup: 'G',
      updatedAt: '2026-04-10T16:00:00Z',
      previousInventory: rows,
      bootedNodes: [],
    };
    const omnia = { file: 'failed_nodes.json', list: listOf(own), committed: rows };
    assert.deepEqual(reasonsOf({ own: { ...empty, restartState }, omnia }), all('not-booted'));
  });

  test('takes nothing from the list of another job, and says that nothing is known instead of "new"', () => {
    const omnia = { file: 'failed_nodes.json', list: listOf(other), committed: rows.slice(1) };
    assert.deepEqual(reasonsOf({ omnia }), ['new', ...rows.slice(1).map(() => 'not-known')]);
    const decision = decideDirect({ ...input, omnia });
    assert.ok(decision.plan);
    assert.equal(decision.basis, 'no-run-known');
    // It boots all of them anyway: the headline states the exact number, not "up to".
    const count = String(rows.length);
    assert.equal(planHeadline(decision, renderMessage), `${count} of ${count} nodes will be PXE-booted.`);
  });

  test('tries again what Omnia failed to boot after the last run from here, whatever the clocks say', () => {
    const booted = rows.map(({ bmcIp, hostname }) => ({
      bmcIp,
      hostname,
      bootedAt: '2031-01-01T00:00:00Z',
      manuallyBooted: false,
    }));
    const restartState: RestartState = {
      imageGroup: 'G',
      updatedAt: '2031-01-01T00:00:00Z',
      previousInventory: rows,
      bootedNodes: booted,
    };
    const list = listOf(own, first.bmcIp);
    const omnia = { file: 'failed_nodes.json', list, committed: rows };
    const after = (afterList: string | undefined) => reasonsOf({ own: { ...empty, restartState, afterList }, omnia });
    assert.deepEqual(after(stampOf(list)), all('booted'), 'the run from here saw this list, so it came later');
    assert.deepEqual(after(stampOf({ kind: 'missing' })), ['failed', ...rows.slice(1).map(() => 'booted')]);
    assert.deepEqual(after(undefined), all('booted'), 'nobody knows which came first: who has seen it is believed');
  });

  test('for the image group of the last run from here needs no name', () => {
    const restartState: RestartState = { ...emptyRestartState, imageGroup: 'G', previousInventory: rows };
    const [named, unnamed] = ['G', ''].map((imageGroup) => reasonsOf({ imageGroup, own: { ...empty, restartState } }));
    assert.deepEqual(unnamed, named);
    assert.deepEqual(named, all('not-booted'));
  });

  test('of another image group starts from nothing', () => {
    const restartState: RestartState = { ...emptyRestartState, imageGroup: 'F', previousInventory: rows };
    const omnia = { file: 'failed_nodes.json', list: listOf(own), committed: rows };
    assert.deepEqual(reasonsOf({ own: { ...empty, restartState }, omnia }), all('another-image-group'));
  });

  test('is refused when nothing but a list that cannot be read would tell what is booted', () => {
    const omnia = { file: 'failed_nodes.json', list: failedListOf('{', own), committed: rows };
    assert.equal(decideDirect({ ...input, omnia }).plan, undefined);
  });
});

test('a key that stands twice in the list is told by every plan that reads the list', () => {
  const entry = (status: string) => `{"bmc_ip":"${first.bmcIp}","status":"failed","status":"${status}"}`;
  const texts = [
    `{"job_id":"${own}","failed_nodes":[${entry('failed')}],"failed_nodes":[]}`,
    `{"job_id":"${own}","failed_nodes":[${entry('success')}]}`,
  ];
  const state = { restartState: { ...emptyRestartState, imageGroup: 'G', previousInventory: rows } };
  for (const text of texts) {
    for (const committed of [undefined, rows, rows.slice(1)]) {
      for (const restartState of [emptyRestartState, state.restartState]) {
        const list = failedListOf(text, own);
        const input = { rows, version: '2.2', imageGroup: 'G' } as const;
        const omnia = { file: 'failed_nodes.json', list, committed };
        const direct = decideDirect({ ...input, own: { restartState, failedNodes: noFailedNodes }, omnia });
        const server = decideRestart({ ...input, list, committed, state: restartState });
        for (const { plan } of [direct, server]) {
          assert.ok(
            plan?.notices.some(({ kind }) => kind === 'doubled-keys'),
            text,
          );
        }
      }
    }
  }
});
