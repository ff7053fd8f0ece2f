import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { folderOf } from '../../support/cli/files.ts';
import { runCli, type Ran } from '../../support/cli/runCli.ts';
import { recordedText } from '../../support/pages/recordedRun.ts';

suite('buildstream status --timeline', () => {
  const show = (context: TestContext, ...args: readonly string[]): Promise<Ran> => {
    const cwd = folderOf(context, {
      '.buildstream/history/20260410T160000Z-restart-abc.ndjson': recordedText(),
      '.buildstream/history/20260410T180000Z-restart-abe.ndjson': 'torn',
      '.buildstream/history/20260410T170000Z-restart-abd.ndjson': recordedText({ at: '2026-04-10T17:00:00.000Z' }),
    });
    return runCli(['status', '--timeline', ...args], { cwd });
  };

  test('has stages and tries as bars, who ran and retried them, the slowest nodes with their steps, and who was marked', async (context) => {
    const { stdout, code } = await show(context);
    assert.equal(code, 0);
    assert.match(stdout, /^BEGAN +STAGE +IMAGE GROUP +TRY +TOOK +RESULT +BY\n/);
    assert.match(stdout, /16:00:00.000Z +restart +rhel_10_r2 +1 +1 min 11 s +x{24} +1 succeeded, 1 failed +ada@desk\n/);
    assert.match(stdout, /17:00:00.000Z .* 2 .*ada@desk \(retried\)\n/);
    assert.match(
      stdout,
      /cn-1 +10\.6\.0\.1 +1 min 10 s +success +reach 10 s, report 1 min 00 s\ncn-2 .*failed +reach 15 s\n/,
    );
    assert.match(
      stdout,
      /Marked as booted by hand, and left alone: cn-3\n\nCannot be read: 20260410T180000Z-restart-abe\.ndjson\n$/,
    );
  });

  test('tells who marked nodes, as far as git knows', async (context) => {
    const list = (status: string): string => {
      return JSON.stringify({ failed_nodes: [{ bmc_ip: '10.6.0.3', hostname: 'cn-3', status }] });
    };
    const cwd = folderOf(context, { 'miscellaneous/failed_nodes.json': list('success') });
    const commits = ['c2\t1775840400\tGrace \u001b[2JHopper', 'c1\t1775836800\tOmnia', ''].join('\n');
    const git = (args: readonly string[]): Promise<string | undefined> => {
      if (args.includes('log')) return Promise.resolve(commits);
      return Promise.resolve(list(args.some((one) => one.startsWith('c2:')) ? 'success' : 'failed'));
    };
    const { stdout } = await runCli(['status', '--timeline'], { cwd, git });
    assert.match(
      stdout,
      /2026-04-10T17:00:00.000Z Grace .*Hopper committed failed_nodes.json, marked as booted: cn-3\n$/,
    );
    assert.ok(!stdout.includes('\u001b'));
  });

  test('for programs, times as such', async (context) => {
    const { tries } = JSON.parse((await show(context, '--json')).stdout) as {
      tries: { number: number; from: string; nodes: { steps: unknown[] }[] }[];
    };
    assert.deepEqual(
      tries.map(({ number, from, nodes }) => [number, from, nodes[0]?.steps.length]),
      [
        [1, '2026-04-10T16:00:00.000Z', 2],
        [2, '2026-04-10T17:00:00.000Z', 2],
      ],
    );
  });

  test('says when nothing has been run, and refuses what is about something else', async (context) => {
    const cwd = folderOf(context, {});
    assert.equal((await runCli(['status', '--timeline'], { cwd })).stdout, 'Nothing has been run from here.\n');
    const refusal = await show(context, '--state', '.');
    assert.deepEqual([refusal.code, refusal.stderr.includes('--timeline')], [2, true]);
  });
});
