import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { SlurmManager } from '@omnia-buildstream/engine/workload/slurm/slurmManager';
import { SlurmRest, type RestCall } from '@omnia-buildstream/engine/workload/slurm/slurmRest';

/** A simulated slurmrestd, with the shapes of its OpenAPI documents (docs/facts/slurm.md section 4). */

const signal = new AbortController().signal;
const nodes = ['cn-1', 'cn-2', 'cn-3', 'cn-4', 'cn-9'].map((hostname, index) => ({
  bmcIp: `10.6.0.${String(index)}`,
  hostname,
}));

function pathsOf(...versions: readonly string[]): object {
  const entries = versions.flatMap((version) => [
    [`/slurm/${version}/nodes/`, { get: {} }],
    [`/slurm/${version}/jobs/`, { get: {} }],
    [`/slurm/${version}/node/{node_name}`, version === 'v0.0.38' ? { get: {} } : { get: {}, post: {} }],
  ]);
  return { paths: Object.fromEntries(entries) as object };
}

const number = (value: number) => ({ set: true, infinite: false, number: value });
const none = { set: false, infinite: true, number: 0 };
const shapes = {
  'v0.0.38': {
    nodes: [
      { name: 'cn-1', hostname: 'cn-1', state: 'mixed', state_flags: [], alloc_cpus: 2, reason: '' },
      { name: 'cn-2', hostname: 'cn-2', state: 'idle', state_flags: ['DRAIN'], alloc_cpus: 0, reason: 'disk' },
      { name: 'cn-3', hostname: 'cn-3', state: 'idle', state_flags: [], alloc_cpus: 0, reason: '' },
      { name: 'cn-4', hostname: 'cn-4', state: 'unknown', state_flags: [], alloc_cpus: 0, reason: '' },
    ],
    jobs: [
      { job_id: 7, job_state: 'RUNNING', user_name: 'ada', nodes: 'cn-[1-1]', end_time: 1_767_323_040, time_limit: 60 },
      { job_id: 6, job_state: 'COMPLETED', user_name: 'ada', nodes: 'cn-3', end_time: 5, time_limit: 60 },
      { job_id: 8, job_state: 'PENDING', user_name: 'bob', nodes: '', end_time: 0, time_limit: 60 },
    ],
  },
  'v0.0.41': {
    nodes: [
      { name: 'cn-1', hostname: 'cn-1', state: ['MIXED'], alloc_cpus: 2, reason: '' },
      { name: 'cn-2', hostname: 'cn-2', state: ['IDLE', 'DRAIN'], alloc_cpus: 0, reason: 'disk' },
      { name: 'cn-3', hostname: 'cn-3', state: ['IDLE'], alloc_cpus: 0, reason: '' },
      { name: 'cn-4', hostname: 'cn-4', state: ['UNKNOWN'], alloc_cpus: 0, reason: '' },
    ],
    jobs: [
      {
        job_id: 7,
        job_state: ['RUNNING'],
        user_name: 'ada',
        nodes: 'cn-1',
        end_time: number(1_767_323_040),
        time_limit: number(60),
      },
      {
        job_id: 6,
        job_state: ['COMPLETED'],
        user_name: 'ada',
        nodes: 'cn-3',
        end_time: number(5),
        time_limit: number(60),
      },
      { job_id: 8, job_state: ['PENDING'], user_name: 'bob', nodes: '', end_time: number(0), time_limit: none },
    ],
  },
} as const;

interface Played {
  readonly manager: SlurmManager;
  readonly asked: { readonly method: string; readonly path: string; readonly body: unknown }[];
}

function played(version: keyof typeof shapes, more: Readonly<Record<string, object>> = {}, status = 200): Played {
  const asked: Played['asked'] = [];
  const call: RestCall = ({ method, path, body }) => {
    asked.push({ method, path, body });
    if (path === '/openapi/v3') return Promise.resolve({ status: 200, body: pathsOf('v0.0.37', version) });
    const kind = path.includes('/nodes') ? 'nodes' : path.includes('/jobs') ? 'jobs' : 'node';
    const list = kind === 'node' ? {} : { [kind]: shapes[version][kind] };
    return Promise.resolve({ status, body: { errors: [], ...list, ...more[kind] } });
  };
  return { manager: new SlurmManager(new SlurmRest('ctl:6820', call)), asked };
}

suite('slurmrestd', () => {
  for (const version of ['v0.0.38', 'v0.0.41'] as const) {
    test(`${version} tells whose jobs run where, by the newest version that it has`, async () => {
      const { manager, asked } = played(version);
      const known = await manager.workOn(nodes, signal);
      const kinds = nodes.map(({ bmcIp }) => known.get(bmcIp)?.kind);
      assert.deepEqual(kinds, ['busy', 'free', 'free', 'not-known', 'not-known']);
      const busy = known.get('10.6.0.0');
      assert.deepEqual(busy?.kind === 'busy' ? busy.jobs : undefined, {
        unit: 'jobs',
        count: 1,
        users: ['ada'],
        latestEnd: 1_767_323_040_000,
      });
      assert.deepEqual(
        asked.map(({ method, path }) => `${method} ${path}`),
        ['GET /openapi/v3', `GET /slurm/${version}/nodes/`, `GET /slurm/${version}/jobs/`],
      );
    });
  }

  test('drains and resumes a node, and leaves one that somebody else has drained', async () => {
    const { manager, asked } = played('v0.0.41');
    const before = (): void => undefined;
    const [, drained, free] = nodes;
    assert.ok(drained && free);
    assert.equal((await manager.drain(free, 'buildstream: restart', before, signal)).kind, 'done');
    assert.deepEqual(asked.at(-1), {
      method: 'POST',
      path: '/slurm/v0.0.41/node/cn-3',
      body: { state: ['DRAIN'], reason: 'buildstream: restart' },
    });
    assert.equal((await manager.drain(drained, 'buildstream: restart', before, signal)).kind, 'by-others');
    assert.equal((await manager.resume(drained, signal)).kind, 'by-others');
    const ours = [{ ...shapes['v0.0.41'].nodes[1], reason: 'buildstream: restart' }];
    const own = played('v0.0.41', { nodes: { nodes: ours } });
    assert.equal((await own.manager.resume(drained, signal)).kind, 'done');
    assert.deepEqual(own.asked.at(-1)?.body, { state: ['RESUME'] });
  });

  test('of before v0.0.39 cannot drain, and says so', async () => {
    const end = await played('v0.0.38').manager.drain(
      { bmcIp: 'x', hostname: 'cn-3' },
      'buildstream: x',
      () => undefined,
      signal,
    );
    assert.equal(end.kind, 'not-done');
  });

  const unusable: readonly (readonly [string, Played])[] = [
    ['refuses', played('v0.0.41', {}, 401)],
    ['names an error', played('v0.0.41', { jobs: { errors: [{ error: 'down', description: 'slurmctld' }] } })],
    ['lists no jobs', played('v0.0.41', { jobs: { jobs: undefined as never } })],
    ['lists a node in another form', played('v0.0.41', { nodes: { nodes: [{ name: 'cn-1' }] } })],
    ['lists a job in another form', played('v0.0.41', { jobs: { jobs: [{ job_id: 'x' }] } })],
  ];
  for (const [name, { manager }] of unusable) {
    test(`that ${name} leaves it not known, for every node`, async () => {
      const known = await manager.workOn(nodes, signal);
      assert.deepEqual(new Set([...known.values()].map(({ kind }) => kind)), new Set(['not-known']));
    });
  }
});
