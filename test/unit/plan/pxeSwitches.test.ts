import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { bootOverrides, parsePxeBootConfig } from '@omnia-buildstream/core/context/pxeBootConfig';
import { canonicalHeader } from '@omnia-buildstream/core/mapping/columns';
import { omniaVersions, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { decideRestart } from '@omnia-buildstream/core/plan/decideRestart';
import { pxeSwitches, switchObstacles } from '@omnia-buildstream/core/plan/pxeSwitches';
import { noticeTexts } from '@omnia-buildstream/core/plan/planTexts';
import { omniaTargetsOf } from '@omnia-buildstream/core/plan/targets';

/**
 * How Omnia's settings in files next to the mapping file change the plan of its restart stage (omnia.md section 4.3).
 */

const row = (n: number): string =>
  `login_node_x86_64,grp1,TAG000${String(n)},,node${String(n)},02:00:00:00:01:0${String(n)},10.5.0.${String(n)},02:00:00:00:02:0${String(n)},10.6.0.${String(n)},,`;
const mapping = [canonicalHeader.join(','), row(1), row(2), ''].join('\n');
const [bootFile, orchestratorFile] = ['set_pxe_boot_config.yml', 'orchestrator_config.yml'];

function planned(files: Readonly<Record<string, string>>, version: OmniaVersion = '2.3') {
  const switches = pxeSwitches((name) => files[name], version);
  const decision = decideRestart({
    rows: omniaTargetsOf(mapping, version),
    version,
    imageGroup: '',
    list: { kind: 'missing' },
    committed: [],
    hasRestarted: false,
    switches,
  });
  const nodes = decision.plan?.nodes ?? [];
  return {
    boot: nodes.filter(({ action }) => action === 'boot').length,
    reasons: [...new Set(nodes.map(({ reason }) => reason))],
    kinds: (decision.plan?.notices ?? []).map(({ kind }) => kind).filter((kind) => kind !== 'rows-moved'),
    obstacles: switchObstacles(switches),
    plan: decision.plan,
  };
}

const kinds: [title: string, files: Record<string, string>, boot: number, kinds: string[]][] = [
  ['no files', {}, 2, []],
  ['PXE boot off', { [orchestratorFile]: 'enable_pxe_boot: false' }, 0, ['pxe-boot-off']],
  [
    'off, whatever the other file says',
    { [orchestratorFile]: 'enable_pxe_boot: no', [bootFile]: 'restart_host: maybe' },
    0,
    ['pxe-boot-off'],
  ],
  ['PXE boot on', { [orchestratorFile]: 'enable_pxe_boot: true' }, 2, []],
  [
    'off where only the documentation has it',
    { [bootFile]: 'enable_pxe_boot: false' },
    2,
    ['pxe-boot-off-elsewhere', 'override-continuous'],
  ],
  ['an empty file', { [bootFile]: '# nothing\n' }, 2, ['override-continuous']],
  ['boot source only', { [bootFile]: 'restart_host: false' }, 0, ['boot-source-only', 'override-continuous']],
  ['graceful', { [bootFile]: 'force_restart: "false"' }, 2, ['graceful-restart', 'override-continuous']],
  ['once', { [bootFile]: 'boot_source_override_enabled: once' }, 2, ['override-once']],
  ['no override', { [bootFile]: 'boot_source_override_enabled: disabled' }, 2, ['override-disabled']],
  [
    'the disk',
    { [bootFile]: 'boot_source_override_target: hdd\nboot_source_override_enabled: once' },
    2,
    ['other-boot-target', 'override-once'],
  ],
  [
    'UEFI HTTP is the network too',
    { [bootFile]: 'boot_source_override_target: uefi_http\nboot_source_override_enabled: once' },
    2,
    ['override-once'],
  ],
  ['no registration', { [bootFile]: 'enable_node_registration: false' }, 2, ['override-continuous', 'no-registration']],
  ['by its old name', { [bootFile]: 'enable_phone_home: off' }, 2, ['override-continuous', 'no-registration']],
  [
    'the new name wins',
    { [bootFile]: 'enable_phone_home: false\nenable_node_registration: true' },
    2,
    ['override-continuous'],
  ],
  ['longer waits', { [bootFile]: 'node_registration_retries: 240' }, 2, ['override-continuous', 'registration-wait']],
];

suite("switches of Omnia's restart stage in its plan", () => {
  for (const [title, files, boot, expected] of kinds) {
    test(title, () => {
      const found = planned(files);
      assert.deepEqual([found.boot, found.kinds, found.obstacles], [boot, expected, []]);
      for (const kind of expected) assert.ok(kind in noticeTexts);
    });

    test(`${title}: nothing in 2.1 and 2.2, which have no such files`, () => {
      for (const version of ['2.1', '2.2'] as const) {
        const found = planned(files, version);
        assert.deepEqual([found.boot, found.kinds], [2, []]);
      }
    });
  }

  test('how long the nodes are waited for', () => {
    const text = 'phone_home_pause_minutes: 5\nnode_registration_retries: "10"\nnode_registration_delay: 90\n';
    const notice = planned({ [bootFile]: text }).plan?.notices.find(({ kind }) => kind === 'registration-wait');
    assert.deepEqual(notice, { kind: 'registration-wait', minutes: 20 });
  });

  const wrong = [
    ['enable_node_registration: maybe', 'enable_node_registration'],
    ['restart_host: "yes"', 'restart_host'],
    ['restart_host: 1', 'restart_host'],
    ['force_restart: ""', 'force_restart'],
    ['node_registration_pause_minutes: -1', 'node_registration_pause_minutes'],
    ['node_registration_retries: 0', 'node_registration_retries'],
    ['node_registration_delay: 1.5', 'node_registration_delay'],
    ['boot_source_override_enabled: Once', 'boot_source_override_enabled'],
    ['boot_source_override_target: PXE', 'boot_source_override_target'],
    ['[]', bootFile],
    ['restart_host: [', bootFile],
  ] as const;
  for (const [text, key] of wrong) {
    test(`${text} ends the stage`, () => {
      const { obstacles, kinds: told } = planned({ [bootFile]: text });
      assert.deepEqual(obstacles, [{ kind: 'bad-pxe-boot-config', lines: [0], values: [key] }]);
      assert.ok(told.includes('bad-pxe-boot-config'));
    });
  }

  test('values that Omnia takes are never an obstacle, others always', () => {
    const boolean = fc.constantFrom('true', 'false', 'yes', 'off', '"True"', "'false'");
    const good = fc.record({
      restart_host: boolean,
      force_restart: boolean,
      enable_node_registration: boolean,
      node_registration_pause_minutes: fc.nat(99).map(String),
      node_registration_retries: fc.integer({ min: 1, max: 999 }).map((n) => `"${String(n)}"`),
      node_registration_delay: fc.integer({ min: 1, max: 999 }).map(String),
      boot_source_override_enabled: fc.constantFrom(...bootOverrides),
    });
    const bad = fc.constantFrom('maybe', '-1', '1.5', '[]', '"Once"', '""');
    const textOf = (values: object): string =>
      Object.entries(values)
        .map(([key, value]) => `${key}: ${String(value)}`)
        .join('\n');
    fc.assert(
      fc.property(good, fc.nat(6), bad, (values, at, value) => {
        assert.deepEqual(parsePxeBootConfig(textOf(values)).problems, []);
        const key = Object.keys(values)[at] ?? '';
        const { value: config } = parsePxeBootConfig(textOf({ ...values, [key]: value }));
        assert.deepEqual(
          config?.refused.map((refused) => refused.value),
          [key],
        );
      }),
    );
  });

  test('names: a typing error is told with the name that is meant, an old name with the new one', () => {
    const { problems } = parsePxeBootConfig('restart_hosts: false\nphone_home_delay: 9\nzzz: 1\n');
    assert.deepEqual(
      problems.map(({ params }) => [params['key'], params['now']]),
      [
        ['restart_hosts', 'restart_host'],
        ['phone_home_delay', 'node_registration_delay'],
        ['zzz', undefined],
      ],
    );
  });

  test('every later version has them', () => {
    for (const version of omniaVersions.slice(2)) {
      assert.equal(planned({ [orchestratorFile]: 'enable_pxe_boot: false' }, version).boot, 0, version);
    }
  });
});
