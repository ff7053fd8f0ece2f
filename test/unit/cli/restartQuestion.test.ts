import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { cluster } from '../../support/cluster.ts';
import { folderOf } from '../../support/cli/files.ts';
import { runCli, type Ran } from '../../support/cli/runCli.ts';

/** Two of the five nodes have placeholders that firmware and people use for an unknown service tag, but real MACs. */
const byMac = cluster.replace('COMP001', 'NONE').replace('COMP002', 'UNKNOWN');
/** The same, but the two nodes also have no MAC to compare. */
const unnamed = byMac
  .replace('04:00:00:00:01:04', 'ff:ff:ff:ff:ff:ff')
  .replace('04:00:00:00:01:05', '00:00:00:00:00:00');

suite('the question before a restart', () => {
  function shows(context: Parameters<typeof folderOf>[0], text: string, ...args: readonly string[]): Promise<Ran> {
    const cwd = folderOf(context, { 'mapping.csv': text });
    return runCli(['run', 'restart', '--image', 'G', '--mapping', 'mapping.csv', '--dry-run', ...args], { cwd });
  }

  const cases: readonly (readonly [string, string, readonly string[], RegExp, RegExp | undefined])[] = [
    ['counts nobody when each row can be compared', cluster, [], /is compared with its row/, /cannot be compared/],
    ['counts nobody when a MAC is left', byMac, [], /is compared with its row/, /cannot be compared/],
    [
      'counts those that are not restarted',
      unnamed,
      [],
      /2 of these nodes cannot be compared.*will not be restarted:/,
      undefined,
    ],
    [
      'counts those that are included',
      unnamed,
      ['--identity', 'warn'],
      /2 of these nodes cannot be compared.*will be restarted without this check:/,
      undefined,
    ],
    [
      'counts those of the selection only',
      unnamed,
      ['--nodes', 'cn-001'],
      /1 of these nodes cannot be compared/,
      undefined,
    ],
    [
      'says that unknown machines are included',
      cluster,
      ['--identity', 'warn'],
      /reports nothing to compare is restarted without/,
      undefined,
    ],
    [
      'says what an open port cannot tell',
      cluster,
      [],
      /port 22 responds after it was seen closed.*cannot tell a fresh boot/,
      undefined,
    ],
    [
      'says as whom the nodes are asked',
      cluster,
      ['--report', 'ssh', '--ssh-user', 'admin'],
      /logs in as admin on port 22/,
      /seen closed/,
    ],
    [
      'says how nodes boot where it is not by PXE',
      cluster,
      ['--boot', 'uefi-http', '--boot-nic'],
      /by UEFI HTTP[^]*NIC with their ADMIN_MAC/,
      undefined,
    ],
    [
      'says that PXE stays',
      cluster,
      ['--continuous'],
      /PXE boot is set for every boot until you remove the setting\./,
      undefined,
    ],
    ['says nothing of PXE that does not stay', cluster, [], /is compared/, /every boot/],
  ];
  for (const [name, text, args, says, saysNot] of cases) {
    test(name, async (context) => {
      const { code, stdout, stderr } = await shows(context, text, ...args);
      assert.equal(code, 0, stderr);
      assert.match(stdout, says);
      if (saysNot !== undefined) assert.doesNotMatch(stdout, saysNot);
    });
  }

  for (const args of [
    ['--identity', 'maybe'],
    ['--boot', 'tftp'],
    ['--boot-nic', '--continuous'],
    ['--report', 'ssh:x'],
    ['--report', 'ssh', '--ssh-user', '-oProxyCommand'],
  ]) {
    test(`${args.join(' ')} is refused`, async (context) => {
      assert.equal((await shows(context, cluster, ...args)).code, 2);
    });
  }
});

test('without a program ssh no node is touched', async (context) => {
  const cwd = folderOf(context, { 'mapping.csv': cluster });
  const ssh = () => Promise.resolve({ code: undefined, stdout: '', stderr: '', isMissing: true });
  const env = { BUILDSTREAM_BMC_USER: 'u', BUILDSTREAM_BMC_PASSWORD: 'none of yours' };
  const args = [
    'run',
    'restart',
    '--image',
    'G',
    '--mapping',
    'mapping.csv',
    '--report',
    'ssh',
    '--yes',
    '--include-control',
    '2',
  ];
  const { code, stderr } = await runCli(args, { cwd, ssh, env });
  assert.equal(code, 2);
  assert.match(stderr, /The ssh program is missing.*No node was touched/);
});
