import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { jobsText } from '@omnia-buildstream/core/plan/jobs/jobNotes';
import type { NodeWork } from '@omnia-buildstream/core/plan/jobs/nodeWork';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { ProgramAnswer } from '@omnia-buildstream/engine/processes/program';
import { SlurmManager } from '@omnia-buildstream/engine/workload/slurm/slurmManager';
import { SlurmOverSsh } from '@omnia-buildstream/engine/workload/slurm/slurmOverSsh';

const signal = new AbortController().signal;

/** The output of Slurm's commands: nodes, and jobs. */
function printed(nodes: readonly string[], jobs: readonly string[] = []): string {
  return ['--nodes--', ...nodes, '--jobs--', ...jobs, ''].join('\n');
}

async function asked(answer: Partial<ProgramAnswer>, ...hostnames: readonly string[]): Promise<readonly NodeWork[]> {
  const run = () => Promise.resolve({ code: 0, stdout: '', stderr: '', isMissing: false, ...answer });
  const slurm = new SlurmManager(new SlurmOverSsh({ host: 'ctl', user: undefined, port: undefined, run }));
  const nodes = hostnames.map((hostname, index) => ({ hostname, bmcIp: `10.6.0.${String(index)}` }));
  return [...(await slurm.workOn(nodes, signal)).values()];
}

function inWords(work: NodeWork | undefined): string {
  if (work?.kind === 'busy') return wordsOf(jobsText(work.jobs));
  return work?.kind === 'not-known' ? `not known: ${wordsOf(work.why)}` : (work?.kind ?? '');
}

suite('Slurm over ssh', () => {
  test('tells how many jobs of whom run on a node, and until when', async () => {
    const nodes = [
      'n1|n1|mixed|2/2/0/4|none',
      'n2|n2|allocated|4/0/0/4|none',
      'n3|n3|idle|0/4/0/4|none',
      'n4|n4|idle*|0/4/0/4|none',
    ];
    const jobs = [
      '7|RUNNING|alice|1767323040|n[1-2]',
      '8|COMPLETING|bob|1767326640|n2',
      '9|PENDING|carol|N/A|',
      '10|SUSPENDED|dora|NONE|n4',
    ];
    assert.deepEqual((await asked({ stdout: printed(nodes, jobs) }, 'n1', 'n2', 'n3', 'n4')).map(inWords), [
      '1 job of alice, until 2026-01-02 03:04 UTC at the latest',
      '2 jobs of alice, bob, until 2026-01-02 04:04 UTC at the latest',
      'free',
      '1 job of dora, without time limit',
    ]);
  });

  const states: readonly (readonly [string, string, NodeWork['kind']])[] = [
    ['idle', '0/4/0/4', 'free'],
    ['idle~', '0/4/0/4', 'free'],
    ['drained', '0/0/4/4', 'free'],
    ['drained*', '0/0/4/4', 'free'],
    ['down*', '0/0/4/4', 'free'],
    ['maint', '0/4/0/4', 'free'],
    ['reserved', '0/4/0/4', 'free'],
    ['maint', '2/2/0/4', 'busy'],
    ['reserved', '4/0/0/4', 'busy'],
    ['allocated', '4/0/0/4', 'busy'],
    ['allocated+', '4/0/0/4', 'busy'],
    ['mixed$', '1/3/0/4', 'busy'],
    ['draining', '0/0/4/4', 'busy'],
    ['draining@', '4/0/0/4', 'busy'],
    ['completing', '0/4/0/4', 'busy'],
    ['unknown*', '0/0/4/4', 'not-known'],
    ['new_state', '0/4/0/4', 'not-known'],
  ];
  for (const [state, cpus, kind] of states) {
    test(`a node that is ${state} with CPUs ${cpus} is ${kind}, though no job is shown: others may be hidden`, async () => {
      const [work] = await asked({ stdout: printed([`n1|n1|${state}|${cpus}|none`]) }, 'n1');
      assert.equal(work?.kind, kind);
      if (kind === 'busy') assert.equal(inWords(work), 'running jobs');
    });
  }

  const names: readonly (readonly [string, readonly string[], string])[] = [
    ['n1', ['n1|n1|idle|0/4/0/4|none'], 'free'],
    ['n1.example.org', ['n1|n1|idle|0/4/0/4|none'], 'free'],
    ['N1', ['n1.example.org|n1.example.org|idle|0/4/0/4|none'], 'free'],
    ['cn-1', ['n1|cn-1|mixed|1/3/0/4|a|b'], 'running jobs'],
    [
      'n1',
      ['n1.a|n1.a|idle|0/4/0/4|none', 'n1.b|n1.b|idle|0/4/0/4|none'],
      'not known: Slurm has several nodes of this name',
    ],
    ['n1', ['n1|host|idle|0/4/0/4|none', 'n2|host|allocated|4/0/0/4|none'], 'free'],
    ['n1', ['n1|n1|idle|0/4/0/4|none', 'n1|n1|mixed|1/3/0/4|none'], 'running jobs'],
    ['n11', ['n1|n1|idle|0/4/0/4|none'], 'not known: Slurm does not list them'],
    ['n1', [], 'not known: Slurm does not list them'],
  ];
  for (const [hostname, nodes, is] of names) {
    test(`${hostname} among ${nodes.join(' and ') || 'no nodes'}: ${is}`, async () => {
      assert.equal(inWords((await asked({ stdout: printed(nodes) }, hostname))[0]), is);
    });
  }

  const idle = 'n1|n1|idle|0/4/0/4|none';
  const unread: Readonly<Record<string, Partial<ProgramAnswer>>> = {
    'no ssh': { code: undefined, isMissing: true },
    'a login that is refused': { code: 255, stderr: 'root@ctl: Permission denied (publickey).\n' },
    'a controller that is away': {
      code: 1,
      stdout: printed([idle]),
      stderr: 'slurm_load_jobs error: Unable to contact slurm controller\n',
    },
    'an answer that was cut off': { stdout: printed([idle]), isCut: true },
    'nothing at all': {},
    'nodes without jobs': { stdout: `--nodes--\n${idle}\n` },
    'a job whose nodes cannot be read': { stdout: printed([idle], ['7|RUNNING|alice|NONE|n[1']) },
    'a job with more fields': { stdout: printed([idle], ['7|RUNNING|alice|x|NONE|n1']) },
    'a node without CPUs': { stdout: printed(['n1|n1|idle||none']) },
    'a node with a name that is none': { stdout: printed(['-n1|n1|idle|0/4/0/4|none']) },
    'another program': { stdout: 'Welcome to ctl!\n' },
  };
  for (const [what, answer] of Object.entries(unread)) {
    test(`${what} is not known, never "no jobs"`, async () => {
      const [work] = await asked(answer, 'n1');
      assert.equal(work?.kind === 'not-known' && work.reason, 'no-answer', inWords(work));
    });
  }

  test('is read behind what the login prints by itself', async () => {
    assert.equal(inWords((await asked({ stdout: `Welcome to ctl!\n${printed([idle])}` }, 'n1'))[0]), 'free');
  });

  test("asks with the user's own ssh, a known host key, and commands that only read", async () => {
    const calls: (readonly string[])[] = [];
    const run = (args: readonly string[]) => {
      calls.push(args);
      return Promise.resolve({ code: 0, stdout: printed([idle]), stderr: '', isMissing: false });
    };
    const nodes = [{ hostname: 'n1; reboot', bmcIp: '10.6.0.1' }];
    await new SlurmManager(new SlurmOverSsh({ host: 'ctl', user: undefined, port: undefined, run })).workOn(
      nodes,
      signal,
    );
    await new SlurmManager(new SlurmOverSsh({ host: 'ctl', user: 'admin', port: 2222, run })).workOn(nodes, signal);
    const [own = [], named = []] = calls;
    assert.ok(own.includes('StrictHostKeyChecking=yes') && own.includes('BatchMode=yes'));
    assert.ok(!own.includes('-l') && !own.includes('-p'), 'user and port are those of the configuration');
    assert.deepEqual([named[named.indexOf('-l') + 1], named[named.indexOf('-p') + 1]], ['admin', '2222']);
    const command = own.at(-1) ?? '';
    assert.match(command, /^echo --nodes-- && env [^;&|]*sinfo [^&]*&& echo --jobs-- && env [^;&]*squeue [^&]*$/);
    assert.doesNotMatch(command, /scontrol|scancel|reboot/);
  });
});
