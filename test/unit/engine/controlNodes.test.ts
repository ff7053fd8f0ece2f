import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { controlKindOf } from '@omnia-buildstream/core/plan/control/controlNodes';
import { omniaControlNotes } from '@omnia-buildstream/core/plan/control/omniaControl';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { wholeRollout, type Rollout } from '@omnia-buildstream/engine/restart/rollout';
import { defaultRestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { fc } from '../../support/properties/fastCheck.ts';
import type { FakeNodeOptions } from '../../support/engine/fakeFleet.ts';
import { World, type Life } from '../../support/engine/world.ts';

const names = { hostname: 'db-01', serviceTag: 'TAG1', bmcIp: '10.6.0.1' };
const worker = { functionalGroup: 'slurm_node_x86_64', ...names };

test('what a control node is: by its role, or because somebody protects it', () => {
  const roles = {
    slurm_control_node_x86_64: 'slurm-controller',
    slurm_control_node_rhel_10_0_x86_64: 'slurm-controller',
    service_kube_control_plane_x86_64: 'control-plane',
    service_kube_control_plane_first_x86_64: 'control-plane',
    login_node_aarch64: 'login',
    login_compiler_node_x86_64: 'login',
    service_kube_node_x86_64: undefined,
    slurm_node_x86_64: undefined,
    os_x86_64: undefined,
  };
  for (const [functionalGroup, kind] of Object.entries(roles)) {
    assert.equal(controlKindOf({ functionalGroup, ...names }, []), kind, functionalGroup);
  }
  for (const pattern of ['db-01', 'DB-*', '*-01', 'd*-*1', '*', 'tag1', '10.6.0.*', 'db-01*'])
    assert.equal(controlKindOf(worker, [pattern]), 'protected', pattern);
  for (const pattern of ['db', '-01', 'db-*2', 'db-01*1', '', '10.6.0.1*1', 'd.-01'])
    assert.equal(controlKindOf(worker, [pattern]), undefined, pattern);
});

test('a restart by Omnia tells of control nodes and of login nodes each what is so of them', () => {
  const notes = (...groups: readonly string[]) => {
    const nodes = groups.map((functionalGroup, index) => ({
      action: 'boot' as const,
      target: { ...names, functionalGroup, hostname: `n${String(index)}` },
    }));
    return omniaControlNotes({ nodes: nodes as never }).map((one) => wordsOf(one));
  };
  const roles = ['slurm_control_node_x86_64', 'login_node_x86_64', 'slurm_node_x86_64', 'login_compiler_node_x86_64'];
  const [control = '', login = '', ...rest] = notes(...roles, 'service_kube_control_plane_x86_64');
  assert.match(control, /^Control nodes among these \(2\): n0, n4\. .*whole cluster/);
  assert.match(login, /^Login nodes among these \(2\): n1, n3\. All users who are logged in/);
  assert.deepEqual([rest, notes('slurm_node_x86_64')], [[], []]);
});

suite('control nodes and protected nodes', () => {
  const groups = [
    'slurm_control_node_x86_64',
    'service_kube_control_plane_x86_64',
    'login_node_x86_64',
    'slurm_node_x86_64',
  ];
  const kinds = fc.constantFrom<FakeNodeOptions>(
    {},
    {},
    { isSilent: true },
    { faults: [{ on: 'reach', gives: 'unreachable' }] },
  );
  const nodes = fc.array(fc.tuple(fc.constantFrom(...groups), kinds), { minLength: 1, maxLength: 16 });

  test('are never two at a time between start and report, begin after the nodes that go first, and stop the run when one does not boot', async () => {
    await fc.assert(
      fc.asyncProperty(
        nodes,
        fc.nat(2),
        fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
        async (given, canary, inFlight) => {
          const world = new World();
          const alone = new Set<string>();
          for (const [group, options] of given) {
            const bmcIp = world.addNode(options, group);
            if (group !== 'slurm_node_x86_64' || bmcIp.endsWith('.3')) alone.add(bmcIp);
          }
          const control = { isOneByOne: true, protectedNodes: ['10.6.*.3'] };
          const summary = await world.run({ settings: { control, rollout: { ...wholeRollout, canary, inFlight } } });
          let now = 0;
          let hasFailed = false;
          for (const event of world.events) {
            if (event.type === 'node-started' && alone.has(event.bmcIp)) {
              assert.equal(++now, 1, 'one at a time');
              assert.ok(!hasFailed, 'none after one that did not boot');
            }
            if (event.type === 'node-finished' && alone.has(event.bmcIp)) {
              now--;
              hasFailed ||= event.failure === 'no-report';
            }
          }
          assert.equal(summary.booted + summary.failed + summary.notTried, given.length);
          if (hasFailed) assert.ok(summary.stopped !== undefined);
          if (summary.stopped === undefined) assert.equal(summary.notTried, 0);
          const first = world.events.find(({ type }) => type === 'node-started');
          const isFirstOther = given.some(([group], index) => group === 'slurm_node_x86_64' && index !== 2);
          if (canary > 0 && isFirstOther && first?.type === 'node-started') assert.ok(!alone.has(first.bmcIp));
        },
      ),
      { numRuns: 60 },
    );
  });

  const plane = 'service_kube_control_plane_x86_64';
  const first = { reset: 'a reset of the first', result: 'the result of the first' } as const;

  /** Three control plane nodes, the first of which does not report; killed after this was seen of the first. */
  const killedAfter = async (seen: keyof typeof first, rollout: Rollout): Promise<World> => {
    const world = new World();
    for (let n = 0; n < 3; n++) world.addNode({ isSilent: n === 0 }, plane);
    const life: Life = { isAlive: true, step: () => undefined };
    let onSeen = (): void => undefined;
    const killed = new Promise<void>((resolve) => {
      onSeen = resolve;
    });
    const looked = `"type":"${seen}"`;
    world.fs.disturb = () => {
      if (!life.isAlive || !(world.fs.files.get('/state/restart_journal.ndjson') ?? '').includes(looked)) return;
      if (seen === 'reset' && [...world.fleet.nodes.values()].every(({ resets }) => resets === 0)) return;
      world.kill(life);
      onSeen();
    };
    await Promise.race([world.run({ settings: { rollout } }, life), killed]);
    world.fs.disturb = () => undefined;
    assert.ok(!life.isAlive, first[seen]);
    return world;
  };

  for (const [what, canary] of [
    ['without a canary', 0],
    ['whose canary is met', 1],
  ] as const) {
    for (const seen of ['reset', 'result'] as const) {
      test(`of an interrupted run ${what} are waited for, and stop the next one: killed after ${first[seen]}`, async () => {
        const rollout = { ...wholeRollout, canary };
        const world = await killedAfter(seen, rollout);
        const resumed = await world.run({ settings: { rollout } });
        const resets = [...world.fleet.nodes.values()].map((node) => node.resets);
        assert.deepEqual([resets, resumed.stopped, resumed.failed], [[1, 0, 0], 'control-failed', 1]);
        // That run has ended: the next one is new and tries the node again.
        assert.equal((await world.run({ settings: { rollout } })).failed, 1);
        assert.equal(world.fleet.nodes.get('10.6.0.1')?.resets, 2);
      });
    }
  }

  test('are restarted like any other where Omnia is played', async () => {
    const world = new World();
    for (let n = 0; n < 3; n++) world.addNode({ isSilent: true }, 'service_kube_control_plane_x86_64');
    const control = { ...defaultRestartSettings.control, isOneByOne: false };
    assert.equal((await world.run({ settings: { control } })).failed, 3);
  });
});
