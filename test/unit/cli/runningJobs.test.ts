import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { cluster } from '../../support/cluster.ts';
import { folderOf } from '../../support/cli/files.ts';
import { runCli, type Ran } from '../../support/cli/runCli.ts';

/** The cluster's five nodes except one, as Slurm lists them; two of them have jobs. */
const listed = [
  '--nodes--',
  'cn-001|cn-001|mixed|2/2/0/4|none',
  'cn-002|cn-002|allocated|4/0/0/4|none',
  ...['kcp1', 'slurm1'].map((name) => `${name}|${name}|idle|0/4/0/4|none`),
  '--jobs--',
  '7|RUNNING|alice|1767323040|cn-[001-002]',
  '8|RUNNING|bob|NONE|cn-002',
  '',
].join('\n');

suite('jobs on the nodes of a restart', () => {
  function shows(context: TestContext, stdout: string, ...args: readonly string[]): Promise<Ran> {
    const cwd = folderOf(context, { 'mapping.csv': cluster });
    const ssh = () => Promise.resolve({ code: 0, stdout, stderr: '', isMissing: false });
    return runCli(['run', 'restart', '--image', 'G', '--mapping', 'mapping.csv', '--dry-run', ...args], { cwd, ssh });
  }
  const digestOf = ({ stdout }: Ran): string => /^Digest of this plan: (\w+)$/m.exec(stdout)?.[1] ?? stdout;

  test('are not known where nobody is configured, and the question says so', async (context) => {
    const { stdout } = await shows(context, listed);
    assert.match(stdout, /^Running jobs: unknown, because no workload manager is configured/m);
    assert.doesNotMatch(stdout, /Of these only/);
  });

  test('leave their nodes out, with how many of whom until when', async (context) => {
    const { stdout } = await shows(context, listed, '--slurm', 'root@ctl');
    assert.match(
      stdout,
      /^Left out, because jobs are running on them \(2\): cn-001 \(1 job of alice, until 2026-01-02 03:04 UTC at the latest\), cn-002 \(2 jobs of alice, bob, without time limit\)\. /m,
    );
    const [, only = ''] = /^Of these only: (.*)$/m.exec(stdout) ?? [];
    assert.ok(only !== '' && !only.includes('cn-001') && !only.includes('cn-002'), only);
    assert.match(stdout, /^Running jobs: unknown for 1 of these nodes: kn1\. Slurm does not list them\.$/m);
    assert.match(stdout, /checked again right before its restart/);
  });

  test('are killed where the nodes are named, or those with jobs are included', async (context) => {
    for (const chosen of [['--nodes', 'cn-002'], ['--with-jobs']]) {
      const { stdout } = await shows(context, listed, '--slurm', 'ctl', ...chosen);
      assert.match(stdout, /^Jobs are running on \d of these nodes, and the restart kills them: .*cn-002 \(2 jobs/m);
      assert.doesNotMatch(stdout, /Left out/);
    }
  });

  test('which nodes are left out, and whose jobs are killed, is part of what is approved', async (context) => {
    const idle = listed
      .replaceAll(/^\d\|.*\n/gm, '')
      .replace('mixed|2/2', 'idle|0/4')
      .replace('allocated|4/0', 'idle|0/4');
    const less = listed.replace('8|RUNNING|bob|NONE|cn-002\n', '');
    const digests: string[] = [];
    for (const [answer, ...args] of [
      [idle],
      [listed],
      [listed, '--with-jobs'],
      [listed, '--nodes', 'cn-002'],
      [idle, '--nodes', 'cn-002'],
    ] as const) {
      digests.push(digestOf(await shows(context, answer, '--slurm', 'ctl', ...args)));
    }
    assert.equal(new Set(digests).size, digests.length);
    assert.equal(digestOf(await shows(context, less, '--slurm', 'ctl')), digests[1], 'not how many jobs they have');
  });

  test('that leave no node are no success', async (context) => {
    const cwd = folderOf(context, { 'mapping.csv': cluster });
    const ssh = () => Promise.resolve({ code: 0, stdout: listed, stderr: '', isMissing: false });
    const only = ['--shard', '4/5', '--slurm', 'ctl', '--yes'];
    const { code, stdout } = await runCli(['run', 'restart', '--image', 'G', '--mapping', 'mapping.csv', ...only], {
      cwd,
      ssh,
    });
    assert.equal(code, 3, stdout);
  });

  for (const place of ['-oProxyCommand=x', 'a b', 'user@', 'ctl:x', 'ctl:99999', '$(x)', 'a@b@c', 'ctl;reboot']) {
    test(`--slurm "${place}" is refused`, async (context) => {
      assert.equal((await shows(context, listed, `--slurm=${place}`)).code, 2);
    });
  }
});
