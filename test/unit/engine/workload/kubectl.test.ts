import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { jobsText } from '@omnia-buildstream/core/plan/jobs/jobNotes';
import type { NodeWork } from '@omnia-buildstream/core/plan/jobs/nodeWork';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { DrainEnd, WorkloadManager } from '@omnia-buildstream/engine/ports/workload';
import type { ProgramAnswer } from '@omnia-buildstream/engine/processes/program';
import { Kubectl } from '@omnia-buildstream/engine/workload/kubernetes/kubectl';
import { SeveralManagers } from '@omnia-buildstream/engine/workload/severalManagers';

const signal = new AbortController().signal;
const node = { hostname: 'kn1', bmcIp: '10.6.0.1' };

/** Name, address of type Hostname, whether it is cordoned, annotation. */
const idle = ['kn1', 'kn1', '', ''].join('\t');
const ours = ['kn1', 'kn1', 'true', 'buildstream: restart, run 1'].join('\t');

function inWords(work: NodeWork | undefined): string {
  if (work?.kind === 'busy') return wordsOf(jobsText(work.jobs));
  return work?.kind === 'not-known' ? `not known: ${wordsOf(work.why)}` : (work?.kind ?? '');
}

interface Asked {
  readonly kube: Kubectl;
  /** The commands that were run, without the options common to all. */
  readonly calls: string[];
}

function kubectl(nodes: string, pods = '', answer: Partial<ProgramAnswer> = {}): Asked {
  const calls: string[] = [];
  const run = (args: readonly string[]): Promise<ProgramAnswer> => {
    const [context, timeout, ...rest] = args;
    assert.deepEqual([context, timeout], ['--context=site', '--request-timeout=20s']);
    calls.push(rest.filter((arg) => !arg.startsWith('--output')).join(' '));
    const stdout = rest[1] === 'nodes' ? nodes : pods;
    return Promise.resolve({ code: 0, stdout, stderr: '', isMissing: false, ...answer });
  };
  return { kube: new Kubectl({ context: 'site', run }), calls };
}

suite('Kubernetes through kubectl', () => {
  const workOf = async (...given: Parameters<typeof kubectl>): Promise<NodeWork | undefined> =>
    (await kubectl(...given).kube.workOn([node], signal)).get(node.bmcIp);

  test('counts the pods that would end with the node, by their namespaces', async () => {
    const pods = [
      ['kn1', 'shop', 'Running', 'ReplicaSet'],
      ['kn1', 'batch', 'Pending', 'Job'],
      ['kn1', 'lone', 'Running', ''],
      ['kn1', 'kube-system', 'Running', 'DaemonSet'],
      ['kn1', 'kube-system', 'Running', 'Node'],
      ['kn1', 'batch', 'Succeeded', 'Job'],
      ['kn1', 'batch', 'Failed', 'Job'],
      ['kn2', 'shop', 'Running', 'ReplicaSet'],
      ['', 'shop', 'Pending', 'ReplicaSet'],
    ];
    const text = pods.map((pod) => `${pod.join('\t')}\n`).join('');
    assert.equal(inWords(await workOf(`${idle}\n`, text)), '3 pods of batch, lone, shop');
    assert.equal(inWords(await workOf(`${idle}\n`, 'kn1\tkube-system\tRunning\tDaemonSet\n')), 'free');
  });

  const unread: Readonly<Record<string, Parameters<typeof kubectl>>> = {
    'a node that is not listed': ['kn2\tkn2\t\t\n'],
    'two nodes of one short name': ['kn1.a\tkn1.a\t\t\nkn1.b\tkn1.b\t\t\n'],
    'a line that is none': [`${idle}\nerror\n`],
    'a pod without its fields': [`${idle}\n`, 'kn1 shop\n'],
    'no kubectl': [`${idle}\n`, '', { code: undefined, isMissing: true }],
    'a cluster that refuses': [
      `${idle}\n`,
      '',
      { code: 1, stderr: 'Error from server (Forbidden): pods is forbidden\n' },
    ],
    'an answer that was cut off': [`${idle}\n`, '', { isCut: true }],
  };
  for (const [what, given] of Object.entries(unread)) {
    test(`${what} is not known, never "no pods"`, async () => {
      assert.equal((await workOf(...given))?.kind, 'not-known');
    });
  }

  test('cordons a node with an annotation that names the run, and takes back only that', async () => {
    const reason = 'buildstream: restart, run 1';
    const given = kubectl(`${idle}\n`);
    let announced = 0;
    const before = (): void => {
      announced++;
    };
    assert.equal((await given.kube.drain(node, reason, before, signal)).kind, 'done');
    const annotate = 'annotate node kn1 omnia-buildstream/drained';
    assert.deepEqual([announced, given.calls.slice(1)], [1, [`${annotate}=${reason} --overwrite`, 'cordon kn1']]);
    const taken = kubectl(`${ours}\n`);
    assert.equal((await taken.kube.resume(node, signal)).kind, 'done');
    assert.deepEqual(taken.calls.slice(1), ['uncordon kn1', `${annotate}-`]);
    const others = kubectl('kn1\tkn1\ttrue\t\n');
    assert.equal((await others.kube.drain(node, reason, before, signal)).kind, 'by-others');
    assert.equal((await others.kube.resume(node, signal)).kind, 'by-others');
    assert.deepEqual([announced, others.calls.length], [1, 2], 'only looked at');
  });
});

suite('Slurm and Kubernetes together', () => {
  const busy: NodeWork = { kind: 'busy', jobs: { unit: 'jobs', count: 1, users: ['a'], latestEnd: undefined } };
  const free: NodeWork = { kind: 'free' };
  const silent: NodeWork = { kind: 'not-known', reason: 'no-answer', why: 'silent' };
  const unlisted: NodeWork = { kind: 'not-known', reason: 'not-listed', why: 'not listed' };

  const fake = (work: NodeWork, end: DrainEnd = { kind: 'done' }): WorkloadManager => ({
    workOn: () => Promise.resolve(new Map([[node.bmcIp, work]])),
    drain: () => Promise.resolve(end),
    resume: () => Promise.resolve(end),
  });

  const table: readonly (readonly [NodeWork, NodeWork, string])[] = [
    [busy, free, '1 job of a'],
    [busy, silent, '1 job of a'],
    [free, unlisted, 'free'],
    [free, silent, 'not known: silent'],
    [unlisted, silent, 'not known: silent'],
    [unlisted, unlisted, 'not known: not listed'],
  ];
  for (const [one, other, is] of table) {
    test(`${inWords(one)} and ${inWords(other)} is ${is}, in either order`, async () => {
      for (const both of [
        [one, other],
        [other, one],
      ]) {
        const known = await new SeveralManagers(both.map((work) => fake(work))).workOn([node], signal);
        assert.equal(inWords(known.get(node.bmcIp)), is);
      }
    });
  }

  test('a drain that one of them did not do is not done', async () => {
    const ends = (...kinds: readonly DrainEnd[]): Promise<DrainEnd> =>
      new SeveralManagers(kinds.map((end) => fake(free, end))).drain(node, '', () => undefined, signal);
    assert.equal((await ends({ kind: 'done' }, { kind: 'not-listed' })).kind, 'done');
    assert.equal((await ends({ kind: 'not-listed' }, { kind: 'not-done', why: '' })).kind, 'not-done');
    assert.equal((await ends({ kind: 'by-others', reason: '' }, { kind: 'done' })).kind, 'by-others');
    assert.equal((await ends({ kind: 'not-listed' }, { kind: 'not-listed' })).kind, 'not-listed');
  });
});
