import { UserError, isUserError } from '@omnia-buildstream/core/errors/userError';
import assert from 'node:assert/strict';
import { shownText } from '@omnia-buildstream/cli/shown';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import type { Io } from '@omnia-buildstream/cli/io';
import { readCredentials } from '@omnia-buildstream/cli/run/credentials';
import { parseRunOptions } from '@omnia-buildstream/cli/run/restart/options';
import { durationText, Progress } from '@omnia-buildstream/cli/run/restart/progress';
import { selectionOf, type Selection } from '@omnia-buildstream/runner/selection';
import { noFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import { controlKindOf } from '@omnia-buildstream/core/plan/control/controlNodes';
import { planRestart } from '@omnia-buildstream/core/plan/plan';
import { emptyRestartState } from '@omnia-buildstream/core/plan/restartState';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { cluster } from '../../support/cluster.ts';

const at = '2026-04-10T16:00:00Z';

function outputTo(lines: string[], isTerminal: boolean): Io['stdout'] {
  return {
    isTerminal,
    isClosed: false,
    write: (shown) => {
      lines.push(shownText(shown, isTerminal));
      return Promise.resolve();
    },
  };
}

function ioWith(env: Io['env']): Io {
  const output = outputTo([], false);
  const none = (): Promise<never> => Promise.reject(new Error('not here'));
  return {
    stdin: none,
    ask: () => Promise.resolve(undefined),
    stdout: output,
    stderr: output,
    env,
    cwd: '/',
  } as Partial<Io> as Io;
}

suite('arguments of run restart', () => {
  test('have the defaults of the engine', () => {
    const { settings, bmcPort, report } = parseRunOptions(['--image', 'G']);
    assert.deepEqual([settings.concurrency, settings.lasting, settings.restart, bmcPort], [32, 'once', 'force', 443]);
    assert.deepEqual(report, { kind: 'tcp', port: 22 });
  });

  test('set limits, stagger, report and pins', () => {
    const pin = `10.6.*=sha256:${'ab:'.repeat(31)}ab`;
    const how = ['--limit', 'power=90', '--limit', 'request=2.5', '--stagger', '50:30', '--pin', pin];
    const options = parseRunOptions([...how, '--report', 'phone-home:10.5.0.1:8080', '--continuous']);
    assert.equal(options.settings.limits.powerMs, 90_000);
    assert.equal(options.requestMs, 2_500);
    assert.deepEqual(options.settings.stagger, { batch: 50, pauseMs: 30_000 });
    assert.deepEqual(options.report, { kind: 'phone-home', host: '10.5.0.1', port: 8080 });
    assert.equal(options.settings.lasting, 'continuous');
    assert.equal(options.pins[0]?.hosts, '10.6.*');
  });

  for (const args of [
    ['--shard', '0/2'],
    ['--limit', 'sleep=3'],
    ['--limit', 'power=soon'],
    ['--pin', '10.6.*=abc'],
    ['--report', 'smoke'],
    ['--format', 'xml'],
    ['--nodes', 'a', '--failed'],
    ['--password', 'x'],
    ['cn-001'],
  ]) {
    test(`${args.join(' ')} is refused`, () => {
      assert.throws(() => parseRunOptions(args), UserError);
    });
  }
});

suite('selection', () => {
  const rows = targetsOf(cluster, '2.2');
  const plan = planRestart({
    rows,
    failedNodes: noFailedNodes,
    restartState: emptyRestartState,
    imageGroup: 'G',
    version: '2.2',
  });
  const namesOf = (options: Partial<Selection>, protectedNodes: readonly string[] = []): string[] => {
    const select = selectionOf(plan, { names: [], failed: false, shard: undefined, ...options }, protectedNodes);
    return plan.nodes.filter((node) => select?.(node) ?? true).map(({ target }) => target.hostname);
  };

  test('names are hostnames, service tags or addresses of BMCs', () => {
    assert.deepEqual(namesOf({ names: ['cn-001', 'comp002', '10.6.0.11'] }), ['kcp1', 'cn-001', 'cn-002']);
    assert.throws(
      () => namesOf({ names: ['cn-001', 'nobody'] }),
      (error) =>
        isUserError(error) && error.problem.kind === 'unknown-nodes' && error.problem.names.join() === 'nobody',
    );
  });

  test('shards have every node once', () => {
    const shards = [1, 2, 3].map((index) => namesOf({ shard: { index, count: 3 } }));
    assert.deepEqual(shards.flat().sort(), rows.map(({ hostname }) => hostname).sort());
  });

  test('control nodes and protected nodes are all in the first shard, which restarts them one after another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.subarray(rows.map(({ hostname }) => hostname)), (count, named) => {
        const shards = Array.from({ length: count }, (_, at) => namesOf({ shard: { index: at + 1, count } }, named));
        const careful = rows.filter((row) => controlKindOf(row, named) !== undefined).map(({ hostname }) => hostname);
        assert.ok(careful.length > 0);
        assert.deepEqual(
          careful.filter((name) => shards[0]?.includes(name) !== true),
          [],
        );
        assert.deepEqual(shards.flat().sort(), rows.map(({ hostname }) => hostname).sort());
      }),
    );
  });
});

suite('credentials from the environment', () => {
  const list = JSON.stringify([{ hosts: '10.6.*', user: 'a', password: 'secret-a' }]);
  const signal = new AbortController().signal;

  test('by host, then for all', async () => {
    const env = { BUILDSTREAM_BMC_CREDENTIALS: list, BUILDSTREAM_BMC_USER: 'b', BUILDSTREAM_BMC_PASSWORD: 'secret-b' };
    const source = await readCredentials(ioWith(env), ['10.7.0.1']);
    assert.equal((await source('10.6.0.1', signal))?.reveal().user, 'a');
    assert.equal((await source('10.7.0.1', signal))?.reveal().user, 'b');
    assert.equal(await source('10.7.0.2', signal), undefined);
  });

  for (const broken of [
    list.slice(1),
    '{"password":"secret-a"}',
    '[{"hosts":"*","password":"secret-a"}]',
    '[{"hosts":"10.6*","user":"a","password":"secret-a"}]',
  ]) {
    test(`a list that cannot be read is refused without quoting it: ${broken.slice(0, 12)}…`, async () => {
      await assert.rejects(readCredentials(ioWith({ BUILDSTREAM_BMC_CREDENTIALS: broken }), []), (error) => {
        return isUserError(error) && !error.message.includes('secret');
      });
    });
  }
});

suite('progress', () => {
  const started = { type: 'stage-started', at, stage: 'restart', imageGroup: 'G', jobId: 'j' } as const;
  const finished = { type: 'node-finished', at, bmcIp: '10.6.0.1', hostname: 'cn-1', status: 'success' } as const;
  const rest = { step: undefined, failure: undefined, message: 'm', said: 'm', advice: '', durationMs: 1 } as const;

  test('a terminal shows a bar with count, rate and remaining time', async () => {
    const lines: string[] = [];
    let nowMs = 0;
    const progress = new Progress(outputTo(lines, true), () => nowMs);
    progress.show({ ...started, total: 4, finishedBefore: 0, resumed: false });
    nowMs = 60_000;
    progress.show({ ...finished, ...rest });
    await progress.flush();
    assert.match(lines.join(''), /\[#{6}-{18}\] 1\/4, 1\.0 a minute, about 3 min 00 s left/);
  });

  test('without a terminal there is a line for each node and nothing else', async () => {
    const lines: string[] = [];
    const progress = new Progress(outputTo(lines, false), () => 0);
    progress.show({ ...started, total: 1, finishedBefore: 0, resumed: false });
    progress.show({ ...finished, ...rest });
    await progress.flush();
    assert.deepEqual(lines, ['booted  cn-1 (10.6.0.1)\n']);
  });

  test('what a BMC says cannot steer the terminal', async () => {
    const lines: string[] = [];
    const progress = new Progress(outputTo(lines, false), () => 0);
    progress.show({ ...started, total: 1, finishedBefore: 0, resumed: false });
    const message = 'Refused\u001b]0;title\u0007 \u001b[2J(\u009b31m)';
    progress.show({ ...finished, ...rest, status: 'failed', failure: 'reset-refused', message, said: message });
    await progress.flush();
    assert.deepEqual(lines, ['FAILED  cn-1 (10.6.0.1): Refused (31m)\n']);
  });

  test('durations are short', () => {
    assert.deepEqual([12_000, 200_000, 3_900_000].map(durationText), ['12 s', '3 min 20 s', '1 h 05 min']);
  });
});
