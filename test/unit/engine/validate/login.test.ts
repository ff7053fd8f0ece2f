import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { clockProbe } from '@omnia-buildstream/engine/validate/probes/clockSkew';
import type { ExpectedImage } from '@omnia-buildstream/engine/validate/check';
import { imageProbe, isMarkerPath } from '@omnia-buildstream/engine/validate/probes/image';
import type { Login } from '@omnia-buildstream/engine/validate/probes/login';
import { sshArguments, type SshAnswer, type SshSettings } from '@omnia-buildstream/engine/validate/probes/ssh';
import { VirtualClock } from '../../../support/engine/virtualClock.ts';

const settings: SshSettings = {
  user: 'root',
  key: '/keys/id',
  port: 22,
  hostKeys: 'yes',
  knownHosts: undefined,
  connectTimeoutMs: 10_000,
};
const signal = new AbortController().signal;
const node = { id: 'x', title: 'x', hostname: 'cn-001', address: '10.5.0.14' };

function answering(answer: Partial<SshAnswer>, calls: (readonly string[])[] = []): Login {
  return {
    settings,
    run: (args) => {
      calls.push(args);
      return Promise.resolve({ code: 0, stdout: '', stderr: '', isMissing: false, ...answer });
    },
  };
}

suite('arguments of ssh', () => {
  test('never ask, check host keys, and end before the host', () => {
    const args = sshArguments({ ...settings, knownHosts: '/my keys/known' }, '10.5.0.14', 'date +%s.%N') ?? [];
    assert.ok(args.includes('BatchMode=yes') && args.includes('StrictHostKeyChecking=yes'));
    assert.ok(args.includes('UserKnownHostsFile="/my keys/known"'));
    assert.deepEqual(args.slice(-3), ['--', '10.5.0.14', 'date +%s.%N']);
  });

  test('log in anew and leave known_hosts alone, whatever the user has configured', () => {
    const args = sshArguments(settings, '10.5.0.14', 'true') ?? [];
    assert.ok(args.includes('ControlPath=none') && args.includes('UpdateHostKeys=no'));
  });

  test('name files as they are called', () => {
    const args =
      sshArguments({ ...settings, key: '/50%d/id', knownHosts: '/my 50%h/known' }, '10.5.0.14', 'true') ?? [];
    assert.ok(args.includes('IdentityFile=/50%%d/id') && args.includes('UserKnownHostsFile="/my 50%%h/known"'));
  });

  for (const host of ['-oProxyCommand=touch x', '', 'a b', 'a;b', '$(x)', 'a`b`', 'user@host', "'"]) {
    test(`are refused for the host "${host}"`, () => {
      assert.equal(sshArguments(settings, host, 'true'), undefined);
    });
  }

  test('are refused for a user that is an option', () => {
    assert.equal(sshArguments({ ...settings, user: '-l' }, '10.5.0.14', 'true'), undefined);
  });

  test('are never made for a cell that is no address', async () => {
    const calls: (readonly string[])[] = [];
    const probe = imageProbe(answering({}, calls), { kind: 'cmdline' });
    const check = { ...node, kind: 'image', expected: named('G'), address: '-oProxyCommand=x' } as const;
    assert.equal((await probe(check, signal)).outcome, 'error');
    assert.deepEqual(calls, []);
  });
});

const named = (name: string): ExpectedImage => ({ kind: 'named', names: [name] });

suite('the image of a node', () => {
  const cmdline = 'initrd=initrd root=live:http://10.5.0.1:9000/boot-images/rhel10-slurm.squashfs ip=dhcp';
  for (const [expected, stdout, outcome] of [
    ['rhel10-slurm', cmdline, 'passed'],
    ['RHEL10-slurm', cmdline, 'passed'],
    ['rhel10', cmdline, 'failed'],
    ['slurm', cmdline, 'failed'],
    ['rhel10.slurm', cmdline, 'failed'],
    ['rhel-10', 'image=rhel-10.1', 'failed'],
    ['rhel-10.1', 'image=rhel-10.1', 'passed'],
  ] as const) {
    test(`${expected} in "${stdout.slice(-40)}" has ${outcome}`, async () => {
      const probe = imageProbe(answering({ stdout }), { kind: 'cmdline' });
      assert.equal((await probe({ ...node, kind: 'image', expected: named(expected) }, signal)).outcome, outcome);
    });
  }

  test('is not asked for when nobody says which is right', async () => {
    const calls: (readonly string[])[] = [];
    const probe = imageProbe(answering({}, calls), { kind: 'os-release' });
    const said = async (expected: ExpectedImage) => probe({ ...node, kind: 'image', expected }, signal);
    assert.equal((await said({ kind: 'not-said' })).outcome, 'skipped');
    const none = await said({ kind: 'no-image', role: 'slurm_node_x86_64' });
    assert.deepEqual(
      [none.outcome, wordsOf(none.message)],
      ['skipped', 'the image group has no image for slurm_node_x86_64'],
    );
    assert.deepEqual(calls, []);
  });

  test('a marker file has an absolute path that no shell can misread', () => {
    assert.ok(isMarkerPath('/etc/image-name'));
    for (const path of ['etc/x', '/etc/x; reboot', '/etc/$(x)', '/a b']) assert.ok(!isMarkerPath(path));
  });

  for (const [why, answer, outcome, mayCome] of [
    ['a refused key', { code: 255, stderr: 'root@h: Permission denied (publickey).' }, 'error', false],
    ['another host key', { code: 255, stderr: 'Host key verification failed.' }, 'error', false],
    ['no connection', { code: 255, stderr: 'ssh: connect to host h port 22: Connection refused' }, 'failed', true],
    ['a command that fails', { code: 1, stderr: 'cat: /x: No such file' }, 'error', false],
    ['no ssh on this machine', { code: undefined, isMissing: true }, 'error', false],
  ] as const) {
    test(`${why} is told apart`, async () => {
      const finding = await imageProbe(answering(answer), { kind: 'cmdline' })(
        { ...node, kind: 'image', expected: named('G') },
        signal,
      );
      assert.deepEqual([finding.outcome, finding.mayCome], [outcome, mayCome]);
      assert.notEqual(finding.advice, '');
    });
  }
});

suite('the clock of a node', () => {
  /** The login takes four seconds, and the node's clock is this far ahead of ours. */
  async function outcomeWith(aheadMs: number): Promise<string> {
    const clock = new VirtualClock();
    const run = async (): Promise<SshAnswer> => {
      await clock.sleep(2_000);
      const stdout = `${((clock.now() + aheadMs) / 1000).toFixed(9)}\n`;
      await clock.sleep(2_000);
      return { code: 0, stdout, stderr: '', isMissing: false };
    };
    const probe = clockProbe({ settings, run }, clock, 1_000);
    return (await probe({ ...node, kind: 'clock' }, signal)).outcome;
  }

  for (const [aheadMs, outcome] of [
    [0, 'passed'],
    [2_900, 'passed'],
    [-2_900, 'passed'],
    [3_100, 'failed'],
    [-3_100, 'failed'],
  ] as const) {
    test(`${String(aheadMs)} ms with a slow login has ${outcome}`, async () => {
      assert.equal(await outcomeWith(aheadMs), outcome);
    });
  }

  test('what is no time is an error', async () => {
    const probe = clockProbe(answering({ stdout: 'motd' }), new VirtualClock(), 1_000);
    assert.equal((await probe({ ...node, kind: 'clock' }, signal)).outcome, 'error');
  });
});
