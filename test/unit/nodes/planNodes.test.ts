import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { noFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import type { EngineState } from '@omnia-buildstream/core/restart/engineState';
import { failedListOf } from '@omnia-buildstream/core/plan/failedList';
import { stampOf } from '@omnia-buildstream/core/plan/listStamp';
import type { ToldList } from '@omnia-buildstream/core/plan/toldList';
import { modelTargets } from '@omnia-buildstream/core/nodes/modelTargets';
import { NodeModel } from '@omnia-buildstream/core/nodes/nodeModel';
import { planNodes } from '@omnia-buildstream/core/nodes/planNodes';
import { sayProblems } from '@omnia-buildstream/core/plan/planProblems';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { cluster } from '../../support/cluster.ts';
import { bothFailed, entry1, entry2, failedNodesText } from '../../support/failedNodesText.ts';
import { csvText } from '../../support/csvText.ts';
import { mappingText } from '../../support/mappingText.ts';
import { modelAt, say } from '../../support/modelAt.ts';

const { model: mapping } = modelAt(cluster);

test('an edited file has the same targets as its text', () => {
  fc.assert(
    fc.property(fc.oneof(csvText, mappingText), fc.constantFrom('2.2', '2.3'), (text, version) => {
      const settings = { version, context: {}, overrides: new Map(), encoding: { kind: 'unchecked' } } as const;
      const model = new MappingModel(new CsvDocument(text), [], settings);
      assert.deepEqual(modelTargets(model), targetsOf(text, version));
    }),
  );
});

interface Left {
  readonly inventory: readonly string[];
  readonly booted: readonly string[];
  readonly failed: readonly string[];
  readonly afterList?: string | undefined;
}

/** State left by the stage engine, by BMC_IP. */
function engineWith({ inventory, booted, failed, afterList }: Left): EngineState {
  const at = '2026-04-10T16:00:00Z';
  const node = (bmcIp: string) => ({ bmcIp, hostname: bmcIp, serviceTag: '' });
  return {
    restartState: {
      imageGroup: 'G',
      updatedAt: at,
      previousInventory: inventory.map(node),
      bootedNodes: booted.map((bmcIp) => ({ ...node(bmcIp), bootedAt: at, manuallyBooted: false })),
    },
    failedNodes: {
      ...noFailedNodes,
      entries: failed.map((bmcIp) => ({ ...node(bmcIp), status: 'failed', message: 'm', failureStage: undefined })),
    },
    jobId: 'j',
    interrupted: undefined,
    afterList,
  };
}

/** What the management server reported after a run. */
function toldWith({
  known,
  failed,
  afterList,
}: Omit<Left, 'inventory' | 'booted'> & { readonly known: readonly string[] }): ToldList {
  const entries = failed.map((bmcIp) => ({
    bmcIp,
    hostname: bmcIp,
    serviceTag: '',
    status: 'failed',
    message: 'm',
    failureStage: undefined,
  }));
  return { jobId: 'j', at: '2026-04-11T16:00:00Z', afterList, known: new Set(known), failed: entries };
}

/** The stamp of every list that `failedNodesText` creates. */
const stampOfEntries = stampOf(failedListOf(failedNodesText(entry1), undefined));

test('one node is planned as in the whole plan, whatever was left here and by Omnia', () => {
  const address = fc.constantFrom('10.6.0.11', '10.6.0.12', '10.6.0.14', '10.6.0.15', '10.9.9.9');
  const entry = fc.record({ bmc_ip: address, status: fc.constantFrom('failed', 'success', 'Success') });
  const committedText = fc.option(fc.constantFrom(cluster, cluster.slice(0, -110)), { nil: undefined });
  const known = fc.uniqueArray(address, { maxLength: 4 });
  const engineState = fc
    .option(
      fc.record({ inventory: known, booted: known, failed: known, afterList: fc.constantFrom(undefined, 'none', 'x') }),
      { nil: undefined },
    )
    .map((left) => (left === undefined ? undefined : engineWith(left)));
  const toldList = fc
    .option(fc.record({ known, failed: known, afterList: fc.constantFrom('none', undefined, stampOfEntries) }), {
      nil: undefined,
    })
    .map((left) => (left === undefined ? undefined : toldWith(left)));
  const list = fc.option(fc.array(entry), { nil: undefined });
  fc.assert(
    fc.property(list, committedText, engineState, toldList, (entries, text, engine, told) => {
      const failed = entries === undefined ? undefined : readFailedNodesDocument(failedNodesText(...entries));
      const committed = text === undefined ? undefined : targetsOf(text, '2.2');
      const whole = planNodes({ mapping, failed, committed, engine, told });
      assert.ok(whole.plan);
      const committedIps = committed === undefined ? undefined : new Set(committed.map(({ bmcIp }) => bmcIp));
      const nodes = new NodeModel({ mapping, failed, engine, told, committed: committedIps });
      for (const node of whole.plan.nodes) {
        assert.deepEqual(nodes.planOne(node.target.bmcIp), node);
      }
    }),
  );
});

test('rows that are not committed are new, the others were booted', () => {
  const committed = targetsOf(cluster.split('\n').slice(0, 5).join('\n'), '2.2');
  const failed = readFailedNodesDocument(failedNodesText(entry1));
  const answer = planNodes({ mapping, failed, committed });
  assert.deepEqual(
    answer.plan?.nodes.map(({ reason }) => reason),
    ['booted', 'booted', 'booted', 'failed', 'new'],
  );
});

test('a state that somebody has counts before the assumption', () => {
  const restartStateText = JSON.stringify({ booted_nodes: [{ bmc_ip: '10.6.0.15' }] });
  const answer = planNodes({ mapping, failed: readFailedNodesDocument(bothFailed), restartStateText });
  assert.ok(answer.plan);
  assert.equal(answer.basis, 'state');
  assert.equal(answer.plan.nodes.at(-1)?.reason, 'booted');
});

for (const [title, failedText, restartStateText, expected] of [
  ['broken JSON', '{"failed_nodes": [', undefined, /it is not JSON/],
  ['an empty file', '', undefined, /it is not JSON/],
  ['an entry without status', failedNodesText(entry1, { bmc_ip: '10.6.0.15' }), undefined, /entry 2 has no status/],
  ['an entry without bmc_ip', failedNodesText({ status: 'failed' }), undefined, /entry 1 has no bmc_ip/],
  ['a broken state', failedNodesText(entry2), '{', /restart_state\.json cannot be used: it is not JSON/],
  ['a state that is a list', failedNodesText(entry2), '[]', /it is not a JSON object/],
] as const) {
  test(`there is no plan with ${title}, and the reason is told`, () => {
    const answer = planNodes({ mapping, failed: readFailedNodesDocument(failedText), restartStateText });
    assert.equal(answer.plan, undefined);
    assert.match(sayProblems(answer.problems, say), expected);
  });
}
