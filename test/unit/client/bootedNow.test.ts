import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { bootedNow } from '@omnia-buildstream/client/stages/bmc/bootedNow';
import { UserError, type Problem } from '@omnia-buildstream/core/errors/userError';
import type { Obstacle, StageNode } from '@omnia-buildstream/core/stage/preparedStage';
import { StateError } from '@omnia-buildstream/engine/ports/stateError';

const target = { bmcIp: '10.6.0.1', hostname: 'cn-1', serviceTag: 'A', adminMac: '', line: 2 };
const nodes = [{ target, why: { text: 'x', params: {} } }] as unknown as readonly StageNode[];

function planned(obstacles: readonly Obstacle[] = []) {
  const seen = { closed: 0 };
  const plan = { nodes, obstacles, close: async () => void (await Promise.resolve(), seen.closed++) };
  return { seen, plan: () => Promise.resolve(plan) };
}

suite('the choice to ask only the BMCs that a restart would boot', () => {
  test('is of the nodes of the plan, which is closed', async () => {
    const { seen, plan } = planned();
    assert.deepEqual(await bootedNow(plan), ['cn-1']);
    assert.equal(seen.closed, 1);
  });

  const obstacles: readonly Obstacle[] = [
    { kind: 'no-mapping' },
    { kind: 'mapping-errors', errors: 2 },
    { kind: 'failed-nodes', file: 'failed_nodes.json', problems: [] },
    { kind: 'unknown-nodes', names: ['x'] },
    { kind: 'stage-order', why: [] },
    { kind: 'no-image', roles: [{ role: 'r', lines: [1] }], imageGroup: 'g' },
  ];
  for (const obstacle of obstacles) {
    test(`is not offered with ${obstacle.kind} in the way, and the plan is closed`, async () => {
      const { seen, plan } = planned([obstacle]);
      assert.deepEqual(await bootedNow(plan), []);
      assert.equal(seen.closed, 1);
    });
  }

  test('is not offered while another run uses the state', async () => {
    assert.deepEqual(await bootedNow(() => Promise.reject(new StateError('locked', 'in use'))), []);
  });

  const problems: readonly Problem[] = [
    { kind: 'file', message: 'failed_nodes.json cannot be read' },
    { kind: 'arguments', message: 'm' },
    { kind: 'output', message: 'm' },
    { kind: 'refused', message: 'm' },
    { kind: 'plan-changed' },
    { kind: 'cannot-listen', host: '127.0.0.1', port: 1 },
  ];
  for (const problem of problems) {
    test(`does not hide what went wrong: ${problem.kind}`, async () => {
      const error = new UserError(problem);
      await assert.rejects(
        bootedNow(() => Promise.reject(error)),
        error,
      );
    });
  }
});
