import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { noFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import { decideFacts } from '@omnia-buildstream/core/nodes/decideFacts';
import type { NodeFact, RunPhase } from '@omnia-buildstream/core/nodes/nodeFacts';
import type { NodeState } from '@omnia-buildstream/core/nodes/nodeState';
import { failedListOf } from '@omnia-buildstream/core/plan/failedList';
import { emptyRestartState } from '@omnia-buildstream/core/plan/restartState';
import { targetsOf, type Target } from '@omnia-buildstream/core/plan/targets';
import { fileOf, header, node1 } from '../../support/cluster.ts';

const rows = targetsOf(fileOf(header, node1), '2.2');
const [row = assert.fail()] = rows;
const { bmcIp } = row;
const stamp = (written: string): string => `j ${written}`;

const mapping = (isCommitted: boolean | undefined): NodeFact => ({
  source: 'mapping',
  rows,
  version: '2.2',
  isCommitted,
});
/** The project's failed_nodes.json. */
function list(written: string, status?: string): NodeFact {
  const entries = status === undefined ? [] : [{ bmc_ip: bmcIp, status }];
  const text = JSON.stringify({ job_id: 'j', timestamp: written, failed_nodes: entries });
  return { source: 'failed-nodes', list: failedListOf(text, undefined) };
}
function told(after: string, hasFailed: boolean): NodeFact {
  const entry = { bmcIp, hostname: '', serviceTag: '', status: 'failed', message: '', failureStage: undefined };
  const failed = hasFailed ? [entry] : [];
  return {
    source: 'failed-nodes-told',
    told: { jobId: 'j', at: 'T', afterList: after, known: new Set([bmcIp]), failed },
  };
}
/** The stage engine's state after a run that saw a list. */
function here(after: string | undefined, outcome: 'booted' | 'failed' | 'not-reached'): NodeFact {
  const booted = outcome === 'booted' ? [{ ...row, bootedAt: undefined, manuallyBooted: false }] : [];
  const entry = { bmcIp, hostname: '', serviceTag: '', status: 'failed', message: '', failureStage: undefined };
  const restartState = { ...emptyRestartState, imageGroup: 'G', previousInventory: rows, bootedNodes: booted };
  const failedNodes = { ...noFailedNodes, entries: outcome === 'failed' ? [entry] : [] };
  return { source: 'state-here', side: { restartState, failedNodes, afterList: after } };
}
function server(known: readonly Target[], isBooted: boolean): NodeFact {
  const bootedNodes = isBooted ? [{ ...row, bootedAt: undefined, manuallyBooted: false }] : [];
  const state = { ...emptyRestartState, previousInventory: known, bootedNodes };
  return { source: 'state-oim', state, failedNodes: noFailedNodes };
}
const job = (hasRestarted: boolean): NodeFact => ({ source: 'job', hasRestarted });
const run = (phase: RunPhase, isOver: boolean, number = 1): NodeFact => {
  return { source: 'run', run: number, isOver, phase, word: phase, message: '' };
};
const power = (text: string, at: number): NodeFact => ({ source: 'power', at, text });
const validation = (text: string, attempt: number): NodeFact => ({ source: 'validation', attempt, text });

/** Facts, each with the resulting state of the node. */
const table: readonly (readonly [title: string, state: NodeState, ...facts: readonly NodeFact[]])[] = [
  ['nothing at all', 'unknown'],
  ['only its row', 'unknown', mapping(true)],
  ['a row that git does not have yet', 'new', mapping(false)],
  ['a row of which git tells nothing', 'unknown', mapping(undefined)],
  ['a list that does not name it', 'ok', mapping(true), list('T1')],
  ['a list that does not name it, without git', 'unknown', mapping(undefined), list('T1')],
  ['a list that names it', 'failed', mapping(true), list('T1', 'failed')],
  ['a mark', 'marked', mapping(true), list('T1', 'success')],
  ['a job that is known never to have restarted', 'new', mapping(true), job(false)],
  ['the same beside an older list', 'new', mapping(true), list('T1'), job(false)],
  ['a job that has restarted, and nothing more', 'unknown', mapping(true), job(true)],
  ['the state of the server: booted', 'booted', mapping(true), server(rows, true)],
  ['the state of the server: known, not booted', 'not-booted', mapping(true), server(rows, false)],
  ['the state of the server: unheard of', 'new', mapping(true), server([], false)],
  ['a run from here', 'booted', mapping(true), here('none', 'booted')],
  ['a run from here that saw the list', 'booted', mapping(true), list('T1', 'failed'), here(stamp('T1'), 'booted')],
  [
    'a list written after the run from here',
    'failed',
    mapping(true),
    list('T2', 'failed'),
    here(stamp('T1'), 'booted'),
  ],
  ['a run from here that failed after the list', 'failed', mapping(true), list('T1'), here(stamp('T1'), 'failed')],
  ['a run from here that did not reach it', 'not-booted', mapping(true), list('T1'), here(stamp('T1'), 'not-reached')],
  ['told booted after the list', 'ok', mapping(true), list('T1', 'failed'), told(stamp('T1'), false)],
  ['told booted, without git', 'ok', mapping(undefined), told('none', false)],
  ['told failed after the list', 'failed', mapping(true), list('T1'), told(stamp('T1'), true)],
  ['told booted, and a list written since', 'failed', mapping(true), list('T2', 'failed'), told(stamp('T1'), false)],
  ['power on after a failure', 'failed', mapping(true), list('T1', 'failed'), power('on', 9e15)],
  ['tests that passed after a failure', 'failed', mapping(true), list('T1', 'failed'), validation('2 tests passed', 9)],
  ['a run of this window that is over', 'failed', mapping(true), list('T1', 'failed'), run('booted', true)],
];

suite('what is known of a node', () => {
  for (const [title, state, ...facts] of table) {
    test(`${title}: ${state}`, () => {
      assert.equal(decideFacts(facts).state, state);
    });
  }

  test('a run that goes on stands before it, the last one only, and the state stays what it was', () => {
    const facts = [mapping(true), list('T1', 'failed')];
    const running = decideFacts([...facts, run('booted', true, 1), run('running', false, 2)]);
    assert.deepEqual([running.run?.phase, running.state], ['running', 'failed']);
    assert.equal(decideFacts([...facts, run('running', false, 1), run('booted', true, 2)]).run, undefined);
  });

  test('of attempts and of times of one source the last counts', () => {
    const { validation: tests, power: told } = decideFacts([
      validation('old', 1),
      validation('new', 2),
      power('off', 5),
      power('on', 4),
    ]);
    assert.deepEqual([tests, told], ['new', 'off']);
  });

  const one = fc.constantFrom<NodeFact>(
    ...table.flatMap(([, , ...facts]) => facts),
    run('running', false),
    run('failed', false),
    run('running', false, 2),
    power('off', 1),
    validation('1 of 2 tests failed', 1),
  );
  /** A window has one fact of each source, except for those that it observes repeatedly. */
  const again = new Set(['run', 'validation', 'image', 'power']);
  const known = fc
    .array(one, { maxLength: 12 })
    .map((facts) =>
      facts.filter(({ source }, at) => again.has(source) || facts.findIndex((fact) => fact.source === source) === at),
    );

  test('does not depend on the order in which it came to be known', () => {
    const both = known.chain((facts) =>
      fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
    );
    fc.assert(
      fc.property(both, ([facts, shuffled]) => {
        assert.deepEqual(decideFacts(shuffled), decideFacts(facts));
      }),
    );
  });

  test('is not changed by power, images and tests', () => {
    const attribute = fc.constantFrom<NodeFact>(
      power('on', 7),
      power('off', 8),
      validation('passed', 3),
      validation('failed', 4),
    );
    fc.assert(
      fc.property(known, fc.array(attribute), (facts, attributes) => {
        const [plain, more] = [decideFacts(facts), decideFacts([...facts, ...attributes])];
        assert.deepEqual([more.state, more.decision, more.run], [plain.state, plain.decision, plain.run]);
      }),
    );
  });
});
