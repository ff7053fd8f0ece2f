import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isUserError } from '@omnia-buildstream/core/errors/userError';
import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { phrase, wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { Fate, ProcessIdentity } from '@omnia-buildstream/engine/state/processIdentity';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { OimJob } from '@omnia-buildstream/oim/model/job';
import { OimError } from '@omnia-buildstream/oim/oimError';
import { besideOthers, type Beginning, type OthersWatch } from '@omnia-buildstream/runner/others/besideOthers';
import { stagesAtOim } from '@omnia-buildstream/runner/oim/stagesAtOim';
import {
  lookForOthers,
  othersNotes,
  refuseOthers,
  type OtherPlace,
} from '@omnia-buildstream/runner/others/othersAtWork';
import { registerRun, runsHere } from '@omnia-buildstream/runner/others/runsHere';
import { fc } from '../../support/properties/fastCheck.ts';
import { fail, MemoryFs } from '../../support/engine/memoryFs.ts';
import { VirtualClock } from '../../support/engine/virtualClock.ts';

function target(n: number): StagePlan['nodes'][number] {
  const names = {
    hostname: `cn-${String(n)}`,
    serviceTag: '',
    functionalGroup: 'slurm_node_x86_64',
    groupName: 'grp1',
  };
  const why = phrase('new in the mapping file');
  return { target: { ...names, bmcIp: `10.6.0.${String(n)}`, adminIp: '', adminMac: '', line: n }, why };
}

const planOf = (...nodes: readonly number[]) => ({ nodes: nodes.map(target), backend: 'direct' as const });
const words = (notes: ReturnType<typeof othersNotes>): string[] => notes.map((note) => wordsOf(note));

/** A computer with processes, each of which has its own machine object. */
class Computer {
  readonly fs = new MemoryFs();
  readonly fates = new Map<number, Fate>();
  #ids = 0;

  machine(pid: number) {
    this.fates.set(pid, 'alive');
    const self: ProcessIdentity = { pid, startTime: '1', bootId: 'b', namespace: 'n', host: 'desk' };
    return {
      clock: new VirtualClock(),
      fs: this.fs.view(() => true),
      newId: () => `id${String(++this.#ids)}`,
      processes: { self, fateOf: (other: ProcessIdentity) => this.fates.get(other.pid) ?? 'dead' },
      runsFolder: () => '/home/ada/.local/state/omnia-buildstream/runs',
    };
  }

  get files(): string[] {
    return [...this.fs.files.keys()];
  }
}

const nowhere: OthersWatch = { places: [], unseen: (error) => assert.fail(String(error)) };
const beginning = (plan: Beginning['plan']): Beginning => {
  return { touches: true, name: 'restart', plan, project: '/projects/site', user: 'ada' };
};

async function refusal(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isUserError(error) || error.problem.kind !== 'others-at-work') return '';
  return error.problem.others.map((one) => wordsOf(one)).join(' ');
}

suite('another run on this computer', () => {
  const other = { stage: 'deploy', project: '/projects/other', user: 'bob', since: '2026-04-10T16:00:00.000Z' };

  test('is in the way when it has nodes of the plan, whatever its folder, and not when it has others', async () => {
    const computer = new Computer();
    await registerRun(computer.machine(7), { ...other, bmcIps: ['10.6.0.1', '10.6.0.2'] });
    const mine = computer.machine(8);
    const seen = await lookForOthers([runsHere(mine)], planOf(2, 3));
    const said =
      'The deploy stage is running in /projects/other since 2026-04-10T16:00:00.000Z, begun by bob (process 7), with 1 of these nodes.';
    assert.deepEqual(words(othersNotes(seen)), [`Other runs: ${said}`]);
    assert.throws(() => {
      refuseOthers(seen);
    });
    assert.equal(await refusal(besideOthers(beginning(planOf(2)), nowhere, mine, () => Promise.resolve())), said);
    assert.equal(await besideOthers(beginning(planOf(3)), nowhere, mine, () => Promise.resolve('run')), 'run');
    const elsewhere = await lookForOthers([runsHere(mine)], planOf(3));
    assert.deepEqual(words(othersNotes(elsewhere)), ['Other runs: none. Checked: this computer.']);
  });

  test('that was killed is none, and its entry goes; of one that nobody can judge the file is named', async () => {
    const computer = new Computer();
    await registerRun(computer.machine(7), { ...other, bmcIps: ['10.6.0.1'] });
    const mine = computer.machine(8);
    computer.fates.set(7, 'unknown');
    const [note] = words(othersNotes(await lookForOthers([runsHere(mine)], planOf(1))));
    assert.match(note ?? '', /begun in \/projects\/other .* on desk.* delete \/home\/ada\/.*\/runs\/id1\.json\.$/);
    computer.fates.set(7, 'dead');
    await besideOthers(beginning(planOf(1)), nowhere, mine, () => Promise.resolve());
    assert.deepEqual(computer.files, []);
  });

  test("that ends, whichever way, is in nobody's way any more", async () => {
    const computer = new Computer();
    const machine = computer.machine(7);
    for (const work of [() => Promise.resolve(1), () => Promise.reject(new Error('broken'))]) {
      await besideOthers(beginning(planOf(1)), nowhere, machine, async () => {
        assert.equal(computer.files.length, 1);
        await work();
      }).catch(() => undefined);
      assert.deepEqual(computer.files, []);
    }
  });

  test('of several that begin at the same moment never two run with the same node', async () => {
    const sets = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1 }), {
      minLength: 2,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(sets, fc.array(fc.nat(3), { maxLength: 20 }), async (plans, delays) => {
        const computer = new Computer();
        const running = new Set<number>();
        let turn = 0;
        await Promise.all(
          plans.map(async (nodes, index) => {
            for (let n = delays[turn++ % Math.max(1, delays.length)] ?? 0; n > 0; n--) await Promise.resolve();
            const work = async (): Promise<void> => {
              for (const node of nodes) assert.ok(!running.has(node), `node ${String(node)} twice`);
              for (const node of nodes) running.add(node);
              for (let n = 0; n < 50; n++) await Promise.resolve();
              for (const node of nodes) running.delete(node);
            };
            const ended = besideOthers(beginning(planOf(...nodes)), nowhere, computer.machine(index + 1), work);
            await ended.catch((error: unknown) => {
              if (!isUserError(error)) throw error;
            });
          }),
        );
        assert.deepEqual(computer.files, []);
      }),
      { numRuns: 100 },
    );
  });

  test('two runs of one process, as two windows share a host, see each other', async () => {
    const computer = new Computer();
    const machine = computer.machine(7);
    await besideOthers(beginning(planOf(1)), nowhere, machine, async () => {
      assert.match(
        await refusal(besideOthers(beginning(planOf(1)), nowhere, machine, () => Promise.resolve())),
        /restart/,
      );
    });
  });

  test("a home that cannot be written or read is said, and stands in nobody's way", async () => {
    for (const code of ['EROFS', 'ENOSPC', 'EACCES']) {
      const computer = new Computer();
      computer.fs.disturb = () => fail(code);
      const unseen: unknown[] = [];
      const watch = { places: [], unseen: (error: unknown) => void unseen.push(error) };
      const machine = computer.machine(7);
      assert.equal(await besideOthers(beginning(planOf(1)), watch, machine, () => Promise.resolve('run')), 'run');
      assert.equal(unseen.length, 1);
      const [note] = words(othersNotes(await lookForOthers([runsHere(machine)], planOf(1))));
      assert.match(note ?? '', new RegExp(`^Other runs: unknown for this computer \\(.*${code}`));
    }
  });

  test('what touches nothing looks for nobody', async () => {
    const computer = new Computer();
    computer.fs.disturb = () => assert.fail('nothing is read');
    const begun = { ...beginning(planOf(1)), touches: false };
    assert.equal(await besideOthers(begun, nowhere, computer.machine(7), () => Promise.resolve(1)), 1);
  });
});

suite('elsewhere', () => {
  const place = (name: string, look: OtherPlace['look']): OtherPlace => ({ name: phrase('{name}', { name }), look });

  test('whoever is at work there is looked for once more after the yes', async () => {
    const others: ReturnType<typeof phrase>[] = [];
    const watch = { ...nowhere, places: [place('GitLab', () => Promise.resolve({ others: [...others] }))] };
    const machine = new Computer().machine(7);
    assert.deepEqual(words(othersNotes(await lookForOthers(watch.places, planOf(1)))), [
      'Other runs: none. Checked: GitLab.',
    ]);
    others.push(phrase('Pipeline #{id} is at work.', { id: 5 }));
    let isBegun = false;
    const work = (): Promise<void> => {
      isBegun = true;
      return Promise.resolve();
    };
    assert.equal(await refusal(besideOthers(beginning(planOf(1)), watch, machine, work)), 'Pipeline #5 is at work.');
    assert.equal(isBegun, false);
  });

  test('what could not be looked at is said with the reason, and a server that hangs holds nobody up', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const places = [
      place('GitLab', () => Promise.reject(new Error('GitLab does not accept the token'))),
      place('the management server', () => new Promise(() => undefined)),
    ];
    const looking = lookForOthers(places, planOf(1));
    await new Promise(setImmediate);
    context.mock.timers.tick(15_000);
    assert.deepEqual(words(othersNotes(await looking)), [
      'Other runs: unknown for GitLab (GitLab does not accept the token).',
      'Other runs: unknown for the management server (no response within 15 s).',
    ]);
  });
});

suite('the management server', () => {
  const group = (id: string, status = 'DEPLOYED'): ImageGroup => ({ id, jobId: `job-${id}`, status, images: [] });
  const jobWith = (id: string, stages: Readonly<Record<string, string>>): OimJob => ({
    id,
    state: 'RUNNING',
    correlationId: undefined,
    createdAt: undefined,
    updatedAt: undefined,
    stateTimes: new Map(),
    stages: Object.entries(stages).map(([name, state]) => ({
      name,
      state,
      startedAt: undefined,
      endedAt: undefined,
      attempt: undefined,
      errorCode: undefined,
      errorSummary: undefined,
      logFile: undefined,
      resultDetail: undefined,
    })),
  });
  const notes = async (groups: readonly ImageGroup[], jobs: readonly OimJob[], own?: string): Promise<string[]> => {
    const client = {
      images: () => Promise.resolve([...groups]),
      job: (id: string) => {
        const job = jobs.find((one) => one.id === id);
        return job === undefined ? Promise.reject(new OimError('not-found', [])) : Promise.resolve(job);
      },
    };
    return words(othersNotes(await lookForOthers([stagesAtOim(client, own)], planOf(1))));
  };

  test('is at work with a deploy or restart of any other job, and with nothing else', async () => {
    const running = [jobWith('job-a', { deploy: 'COMPLETED', restart: 'IN_PROGRESS' })];
    const said = 'The restart stage of the image group a is running on the management server.';
    assert.deepEqual(await notes([group('a')], running), [`Other runs: ${said}`]);
    const none = 'Other runs: none. Checked: the management server.';
    assert.deepEqual(await notes([group('a')], running, 'job-a'), [none]);
    const testing = [jobWith('job-a', { deploy: 'COMPLETED', restart: 'COMPLETED', validate: 'IN_PROGRESS' })];
    assert.deepEqual(await notes([group('a')], testing), [none]);
  });

  test('says of a job that cannot be read that it is not known', async () => {
    const [note] = await notes([group('a', 'DEPLOYING')], []);
    assert.match(note ?? '', /^Other runs: unknown for the management server \(The image group a is DEPLOYING/);
  });
});
