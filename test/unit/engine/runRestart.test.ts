import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { StateError } from '@omnia-buildstream/engine/ports/stateError';
import { fail } from '../../support/engine/memoryFs.ts';
import { World } from '../../support/engine/world.ts';

interface Entry {
  readonly bmc_ip: string;
  readonly message: string;
  readonly manually_booted?: true;
}

function failedIn(world: World): Entry[] {
  return world.json('failed_nodes.json')['failed_nodes'] as Entry[];
}

function bootedIn(world: World): Entry[] {
  return world.json('restart_state.json')['booted_nodes'] as Entry[];
}

suite('restart stage', () => {
  test('boots every node and says so only after its report', async () => {
    const world = new World();
    for (let i = 0; i < 5; i++) world.addNode({ isOn: i !== 3 });
    const summary = await world.run();
    assert.deepEqual([summary.booted, summary.failed, summary.notTried], [5, 0, 0]);
    assert.ok(summary.durationMs >= 90_000, 'no node is booted before it reported');
    for (const node of world.fleet.nodes.values()) {
      assert.equal(node.resets, 1);
      assert.equal(node.openSessions, 0);
    }
    const results = world.json('node_results.json');
    assert.equal(results['success_count'], 5);
    const messages = (results['nodes'] as Entry[]).map(({ message }) => message);
    assert.equal(messages[0], 'PXE Boot: OK | Power: Restart OK');
    assert.equal(messages[3], 'PXE Boot: OK | Power: On OK');
    assert.deepEqual(failedIn(world), []);
  });

  test('a second run touches no node that is booted; new nodes are booted alone', async () => {
    const world = new World();
    world.addNode();
    await world.run();
    const added = world.addNode();
    const summary = await world.run();
    assert.equal(summary.booted, 1);
    assert.deepEqual(
      [...world.fleet.nodes.values()].map(({ resets }) => resets),
      [1, 1],
    );
    assert.equal(bootedIn(world).at(-1)?.bmc_ip, added);
  });

  test('another image group boots all nodes again', async () => {
    const world = new World();
    world.addNode();
    world.addNode();
    await world.run();
    const summary = await world.run({ imageGroup: 'H' });
    assert.equal(summary.booted, 2);
    assert.ok([...world.fleet.nodes.values()].every(({ resets }) => resets === 2));
  });

  test('failed nodes are listed and tried by the next run; a node marked success is not', async () => {
    const world = new World();
    world.addNode();
    const repaired = world.addNode({ faults: [{ on: 'login', gives: 'no-credentials', times: 1 }] });
    const marked = world.addNode({ isSilent: true });
    const first = await world.run();
    assert.deepEqual([first.booted, first.failed], [1, 2]);
    assert.deepEqual(
      failedIn(world).map(({ bmc_ip }) => bmc_ip),
      [repaired, marked],
    );
    const file = '/state/failed_nodes.json';
    const entries = failedIn(world).map((entry) => (entry.bmc_ip === marked ? { ...entry, status: 'success' } : entry));
    world.fs.files.set(file, JSON.stringify({ ...world.json('failed_nodes.json'), failed_nodes: entries }));
    const second = await world.run();
    assert.deepEqual([second.booted, second.failed], [1, 0]);
    assert.equal(world.fleet.nodes.get(marked)?.resets, 1, 'the marked node is left alone');
    assert.equal(bootedIn(world).find(({ bmc_ip }) => bmc_ip === marked)?.manually_booted, true);
    assert.deepEqual(failedIn(world), []);
  });

  test('a run of some nodes keeps the entries of the others', async () => {
    const world = new World();
    const one = world.addNode({ isSilent: true });
    const other = world.addNode({ isSilent: true });
    await world.run();
    await world.run({ only: ({ target }) => target.bmcIp === one });
    assert.deepEqual(
      failedIn(world).map(({ bmc_ip }) => bmc_ip),
      [one, other],
    );
    assert.equal(world.fleet.nodes.get(other)?.resets, 1);
  });

  test('no more BMCs are worked on at once than allowed, and waiting for a report takes no place', async () => {
    const world = new World();
    for (let i = 0; i < 20; i++) world.addNode();
    const summary = await world.run({ settings: { concurrency: 2 } });
    assert.equal(summary.booted, 20);
    assert.ok(summary.durationMs < 90_000 * 3, `boots overlap: ${String(summary.durationMs)}`);
  });

  test('resets are staggered in batches', async () => {
    const world = new World();
    for (let i = 0; i < 6; i++) world.addNode();
    const summary = await world.run({ settings: { stagger: { batch: 2, pauseMs: 600_000 } } });
    assert.equal(summary.booted, 6);
    assert.ok(summary.durationMs >= 2 * 600_000, 'two pauses for three batches');
  });

  test('stop: what is in flight is finished, nothing else is begun', async () => {
    const world = new World();
    for (let i = 0; i < 6; i++) world.addNode();
    const stop = new AbortController();
    const summary = await world.run({
      settings: { concurrency: 2 },
      stop: stop.signal,
      onEvent: ({ type }) => {
        if (type === 'node-started') stop.abort();
      },
    });
    assert.equal(summary.stopped, 'asked');
    assert.equal(summary.booted + summary.notTried, 6);
    assert.ok(summary.booted >= 1 && summary.booted <= 2);
    assert.deepEqual((await world.run()).booted, summary.notTried);
    assert.ok([...world.fleet.nodes.values()].every(({ resets }) => resets === 1));
  });

  test('stopped at once, the next run goes on and resets no node twice', async () => {
    const world = new World();
    for (let i = 0; i < 6; i++) world.addNode();
    const stopAtOnce = new AbortController();
    const first = await world.run({
      stopAtOnce: stopAtOnce.signal,
      onEvent: (event) => {
        if (event.type === 'node-step' && event.step === 'report') stopAtOnce.abort();
      },
    });
    assert.equal(first.stopped, 'at-once');
    const second = await world.run();
    assert.equal(second.booted, 6);
    assert.ok([...world.fleet.nodes.values()].every(({ resets, openSessions }) => resets === 1 && openSessions === 0));
  });

  test('three refused logins stop the stage; nodes that were not tried are no failures', async () => {
    const world = new World();
    for (let i = 0; i < 3; i++) world.addNode({ faults: [{ on: 'login', gives: 'unauthorized' }] });
    for (let i = 0; i < 5; i++) world.addNode({ faults: [{ on: 'login', gives: 'credentials-refused' }] });
    const summary = await world.run({ settings: { concurrency: 4 } });
    assert.deepEqual([summary.failed, summary.notTried, summary.stopped], [3, 5, 'credentials-refused']);
  });

  test('a full disk stops everything before a reset that nobody would know of', async () => {
    const world = new World();
    for (let i = 0; i < 4; i++) world.addNode();
    world.fs.disturb = (operation) => {
      if (operation === 'append') fail('ENOSPC');
    };
    await assert.rejects(world.run(), (error) => error instanceof StateError && error.reason === 'disk-full');
    assert.ok([...world.fleet.nodes.values()].every(({ resets, openSessions }) => resets === 0 && openSessions === 0));
    world.fs.disturb = () => undefined;
    assert.equal((await world.run()).booted, 4);
  });

  test('a disk that fills up while nodes boot loses none of them', async () => {
    const world = new World();
    for (let i = 0; i < 4; i++) world.addNode();
    let appends = 0;
    world.fs.disturb = (operation) => {
      if (operation === 'append' && ++appends > 3) fail('ENOSPC');
    };
    await assert.rejects(world.run(), StateError);
    world.fs.disturb = () => undefined;
    // Resets that were announced but not sent are in doubt: the run after that is a new intent.
    const { booted, failed } = await world.run();
    assert.deepEqual([booted + failed, failed > 0], [4, true]);
    await world.run();
    assert.equal((world.json('restart_state.json')['booted_nodes'] as object[]).length, 4);
    assert.ok([...world.fleet.nodes.values()].every(({ resets }) => resets === 1));
  });

  test('a read-only state folder is refused before anything is touched', async () => {
    const world = new World();
    world.addNode();
    world.fs.disturb = (operation) => {
      if (operation !== 'read') fail('EROFS');
    };
    await assert.rejects(world.run(), (error) => error instanceof StateError && error.reason === 'read-only');
    assert.deepEqual([...world.fleet.nodes.values()][0]?.calls, []);
  });

  test('a state folder that Omnia wrote is picked up', async () => {
    const world = new World();
    const booted = world.addNode();
    const failed = world.addNode();
    const files = world.fs.files;
    files.set('/state/restart_state.json', JSON.stringify({ booted_nodes: [{ bmc_ip: booted, hostname: 'x' }] }));
    const entry = { bmc_ip: failed, hostname: '', service_tag: '', status: 'failed', message: 'm' };
    files.set('/state/failed_nodes.json', JSON.stringify({ job_id: 'omnia-job', failed_nodes: [entry] }));
    const summary = await world.run();
    assert.equal(summary.booted, 1);
    assert.equal(world.json('failed_nodes.json')['job_id'], 'omnia-job');
    assert.equal(world.fleet.nodes.get(booted)?.calls.length, 0);
  });
});
