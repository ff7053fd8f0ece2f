import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { RestartDecision } from '@omnia-buildstream/core/plan/decideRestart';
import type { PlanNotice } from '@omnia-buildstream/core/plan/plan';
import { beyond } from '@omnia-buildstream/gitlab/omnia/agreement';
import type { Touches } from '@omnia-buildstream/gitlab/omnia/touches';

type Restarts = Extract<Touches, { kind: 'restarts' }>;

function deployOf(
  nodes: readonly string[],
  more: Partial<Restarts> = {},
  notices: readonly PlanNotice[] = [],
): Restarts {
  const planned = nodes.map((hostname) => ({
    action: 'boot',
    reason: 'new',
    target: { hostname, bmcIp: `10.6.0.${hostname.slice(1)}` },
  }));
  const decision = { plan: { nodes: planned, notices }, basis: 'state' } as unknown as RestartDecision;
  const plan = { run: { imageGroup: 'g', jobId: 'j' }, decision, version: '2.2', errors: 0, ends: [] } as const;
  return { kind: 'restarts', deploys: true, imageGroup: 'g-1', plan, since: { kind: 'not-known' }, runId: 1, ...more };
}

const agreed = deployOf(['n1', 'n2']);
const lost: PlanNotice = { kind: 'retired-row', count: 1, nodes: 'n9' };

suite('an agreement to deploy', () => {
  test('covers the same nodes and fewer, whatever form the name of the image has', () => {
    for (const now of [agreed, deployOf(['n2']), deployOf(['n1'], { imageGroup: 'g_1', runId: 7 })]) {
      assert.deepEqual(beyond(agreed, now), { kind: 'nothing' });
    }
  });

  test('does not cover a node more, or anything new to know: they are named', () => {
    const more = beyond(agreed, deployOf(['n1', 'n2', 'n3']));
    assert.deepEqual(more.kind === 'more' && more.nodes.map(({ target }) => target.hostname), ['n3']);
    assert.deepEqual(beyond(agreed, deployOf(['n1'], {}, [lost])), { kind: 'more', nodes: [], notices: [lost] });
  });

  test('covers no other deploy: another image, another file, a deploy in between, roles without image', () => {
    const lacking = [{ role: 'login_node_x86_64', count: 1, names: ['n1'] }];
    const images = { kind: 'checked', images: { lacking } } as unknown as Restarts['images'];
    const since = { kind: 'other', pipelineId: 5, imageGroup: 'h', atMs: 1 } as const;
    const others: readonly Touches[] = [
      deployOf(['n1'], { imageGroup: 'g-2' }),
      deployOf(['n1'], { plan: undefined }),
      deployOf(['n1'], { since }),
      deployOf(['n1'], { images }),
      deployOf(['n1'], { deploys: false }),
      { kind: 'starts' },
    ];
    for (const other of others) assert.deepEqual(beyond(agreed, other), { kind: 'another' });
  });

  test('of the branch of a run its file counts too', () => {
    const branchPlan = deployOf(['n3']).plan;
    assert.equal(beyond(agreed, deployOf(['n1'], branchPlan && { branchPlan })).kind, 'more');
  });
});
