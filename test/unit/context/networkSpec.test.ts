import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { adminNetworks } from '@omnia-buildstream/core/context/adminAddress';
import { parseNetworkSpec } from '@omnia-buildstream/core/context/parseNetworkSpec';
import { formatIpv4, formatNetwork } from '@omnia-buildstream/core/mapping/addresses';
import { omniaVersions, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';

const sample = readFileSync(path.resolve(import.meta.dirname, '../../fixtures/mapping/network_spec.yml'), 'utf8');

/** Keys that every schema requires, behind the others unless they are among them. */
const texts = ['oim_nic_name: eno1', 'primary_oim_bmc_ip: ""'];

function spec(admin: readonly string[], ...more: readonly string[]): string {
  const keyOf = (line: string): string | undefined => line.split(':')[0];
  const added = texts.filter((line) => !admin.some((given) => keyOf(given) === keyOf(line)));
  return [networks([...admin, ...added]).trimEnd(), ...more, ''].join('\n');
}

/** `code line:character` of each problem, counted from 0. */
function problems(text: string, version: OmniaVersion = '2.2'): string[] {
  return parseNetworkSpec(text, version).problems.map(
    ({ code, range: { start } }) => `${code} ${String(start.line)}:${String(start.character)}`,
  );
}

const range = (text: string): string => `dynamic_range: ${text}`;
const bare = ['primary_oim_admin_ip: 10.5.0.4', 'netmask_bits: "24"', 'subnet: 10.5.0.0', 'router: 10.5.0.1'];
const primary = [...bare, range('10.5.0.200-10.5.0.250')];

test('the sample gives the primary subnet, the additional one and InfiniBand', () => {
  const { value, problems: found } = parseNetworkSpec(sample, '2.3');
  assert.deepEqual(found, []);
  assert.equal(value?.oimSubnet && formatNetwork(value.oimSubnet), '10.37.0.0/22');
  assert.equal(value?.subnet?.strict, true);
  assert.deepEqual(
    value.additional.map(({ network }) => formatNetwork(network)),
    ['10.37.8.0/24'],
  );
  assert.deepEqual(value.dynamicRange && [value.dynamicRange.first, value.dynamicRange.last].map(formatIpv4), [
    '10.37.3.100',
    '10.37.3.200',
  ]);
  assert.equal(value.ibIpv4 && formatNetwork(value.ibIpv4), '10.99.0.0/22');
});

test('numbers may be strings or numbers, and empty values count as absent', () => {
  const text = spec(['primary_oim_admin_ip: "10.5.0.4"', 'netmask_bits: "24"', 'primary_oim_bmc_ip: ""', 'router:']);
  const { value, problems: found } = parseNetworkSpec(text, '2.2');
  assert.deepEqual(
    found.map(({ params }) => params['key']),
    ['router', 'dynamic_range'],
  );
  assert.equal(value?.oimSubnet && formatNetwork(value.oimSubnet), '10.5.0.0/24');
  assert.equal(value?.router, undefined);
});

test('2.2 takes the subnet from the OIM address, 2.3 from `subnet`', () => {
  assert.equal(parseNetworkSpec(spec(['netmask_bits: "24"', 'subnet: 10.5.0.0']), '2.2').value?.oimSubnet, undefined);
});

suite('each version tells the keys without which it refuses the file, at their place', () => {
  const demanded: Readonly<Record<OmniaVersion, readonly string[]>> = {
    '2.1': ['primary_oim_admin_ip', 'netmask_bits', 'dynamic_range'],
    '2.2': ['router', 'dynamic_range'],
    '2.3': ['subnet', 'netmask_bits', 'primary_oim_admin_ip', 'router', 'dynamic_range'],
    '2.3os': ['subnet', 'netmask_bits', 'primary_oim_admin_ip', 'router', 'dynamic_range'],
    next: ['subnet', 'netmask_bits', 'primary_oim_admin_ip', 'router', 'dynamic_range'],
  };
  const refusal = '{key} is missing in {section}. Omnia {version} refuses the file.';
  for (const version of omniaVersions) {
    for (const line of primary) {
      const [key = ''] = line.split(':');
      for (const rest of [[], [`${key}:`], [`${key}: ""`]]) {
        test(`${version} without ${key}, ${rest[0] ?? 'not written'}`, () => {
          const lines = [...primary.filter((other) => other !== line), ...rest];
          const found = parseNetworkSpec(spec(lines), version).problems.filter(({ message }) => message === refusal);
          assert.deepEqual(
            found.map(({ params }) => params['key']),
            demanded[version].includes(key) ? [key] : [],
          );
          assert.ok(found.every((problem) => problem.range.start.line === (rest.length === 0 ? 2 : 6)));
        });
      }
    }
  }

  test('an additional subnet needs a router and a range, but in 2.1, which has none', () => {
    const text = spec([...primary, 'additional_subnets: [{subnet: 10.6.0.0, netmask_bits: "24"}]']);
    for (const version of omniaVersions) {
      const keys = parseNetworkSpec(text, version).problems.map(({ params }) => params['key']);
      assert.deepEqual(keys, version === '2.1' ? [] : ['router', 'dynamic_range'], version);
    }
  });
});

test('2.3 without the primary netmask goes by the additional subnets', () => {
  const more =
    'additional_subnets: [{subnet: 10.6.0.0, netmask_bits: "24", router: 10.6.0.1, dynamic_range: 10.6.0.9-10.6.0.19}]';
  const lines = primary.filter((line) => !line.startsWith('netmask_bits'));
  const { value } = parseNetworkSpec(spec([...lines, more]), '2.3');
  assert.ok(value !== undefined);
  assert.deepEqual(adminNetworks(value, '2.3').map(formatNetwork), ['10.6.0.0/24']);
});

test('2.1 builds the network of the range from its start', () => {
  const elsewhere = spec([...bare, range('10.9.0.10-10.9.0.20')]);
  assert.deepEqual(problems(elsewhere, '2.1'), []);
  assert.deepEqual(problems(elsewhere, '2.2'), ['network-spec-range-outside 6:19']);
  assert.deepEqual(problems(spec([...bare, range('10.5.0.250-10.5.1.10')]), '2.1'), [
    'network-spec-range-outside 6:19',
  ]);
});

test('2.1 and 2.2 want one netmask for InfiniBand and the admin network', () => {
  const text = spec(primary, '- ib_network: {subnet: 10.99.0.0, netmask_bits: "22"}');
  for (const version of omniaVersions) {
    const expected = ['2.1', '2.2'].includes(version) ? ['network-spec-ib-netmask 9:48'] : [];
    assert.deepEqual(problems(text, version), expected, version);
  }
});

test('a second ib_network is told in every version', () => {
  const text = spec(
    primary,
    ...['10.98.0.0', '10.99.0.0'].map((at) => `- ib_network: {subnet: ${at}, netmask_bits: "24"}`),
  );
  for (const version of omniaVersions)
    assert.deepEqual(problems(text, version), ['network-spec-ib-count 10:14'], version);
});

test('a router outside is refused by 2.3, and odd before', () => {
  const lines = [...primary.filter((line) => !line.startsWith('router')), 'router: 10.7.0.1'];
  for (const version of omniaVersions) {
    const [found] = parseNetworkSpec(spec(lines), version).problems;
    assert.equal(found?.code, 'network-spec-router-outside');
    assert.equal(found.message.includes('refuses'), !['2.1', '2.2'].includes(version), version);
  }
});

test('the BMC of the OIM lies outside all ranges, from 2.3 also outside those of additional subnets', () => {
  const more =
    'additional_subnets: [{subnet: 10.6.0.0, netmask_bits: "24", router: 10.6.0.1, dynamic_range: 10.6.0.9-10.6.0.19}]';
  const text = spec([...primary, 'primary_oim_bmc_ip: 10.6.0.10', more]);
  assert.deepEqual(problems(text, '2.2'), []);
  assert.deepEqual(problems(text, '2.3'), ['network-spec-oim-in-range 7:24']);
});

test('Networks as a mapping, as a guide has it, is answered with how a list is written', () => {
  const text = ['Networks:', '  admin_network:', ...primary.map((line) => `    ${line}`), ''].join('\n');
  for (const version of omniaVersions) {
    const [found] = parseNetworkSpec(text, version).problems;
    assert.match(found?.message ?? '', /Expected a list/);
    assert.equal(found?.severity, 'error');
  }
});

for (const [name, text, at] of [
  ['no YAML', 'Networks: [', '0:11'],
  ['an empty file', '', '0:0'],
  ['a text', 'hello', '0:0'],
  ['no list', 'Networks: {}', '0:10'],
  ['no admin network', 'Networks:\n- ib_network: {}', '1:0'],
  ['an admin network without values', 'Networks:\n- admin_network:', '1:2'],
  ['a netmask out of range', spec([...primary.slice(0, 1), 'netmask_bits: 33']), '3:18'],
  ['an address that is none', spec(['primary_oim_admin_ip: 10.5.0', 'netmask_bits: "24"']), '2:26'],
  ['a range that is none', spec([...bare, 'dynamic_range: 10.5.0.9']), '6:19'],
  ['an additional subnet that is none', spec([...bare, 'additional_subnets: [{subnet: x, netmask_bits: 8}]']), '6:34'],
] as const) {
  test(`${name} is an error at its place`, () => {
    const [problem] = parseNetworkSpec(text, '2.2').problems;
    assert.equal(problem?.severity, 'error');
    assert.equal(problem.code, 'network-spec-invalid');
    assert.equal(`${String(problem.range.start.line)}:${String(problem.range.start.character)}`, at);
  });
}

test('an additional subnet that cannot be read leaves nothing to rely on', () => {
  const text = spec([...primary, 'additional_subnets: [{subnet: 10.6.0.0, netmask_bits: 99}]']);
  assert.equal(parseNetworkSpec(text, '2.2').value, undefined);
});

test("Omnia's own address checks are warnings", () => {
  assert.deepEqual(problems(spec([...bare, range('10.5.0.20-10.5.0.10')])), ['network-spec-range-order 6:19']);
  assert.deepEqual(problems(spec([...bare, range('10.5.0.20-10.5.1.10')])), ['network-spec-range-outside 6:19']);
  assert.deepEqual(problems(spec([...bare, range('10.5.0.2-10.5.0.10')])), ['network-spec-oim-in-range 2:26']);
  const overlapping =
    'additional_subnets: [{subnet: 10.5.0.128, netmask_bits: "25", router: 10.5.0.129, dynamic_range: 10.5.0.130-10.5.0.140}]';
  assert.deepEqual(problems(spec([...primary, overlapping])), ['network-spec-overlap 7:34']);
  const ib = '- ib_network: {subnet: 10.5.0.0, netmask_bits: "24"}';
  assert.deepEqual(problems(spec(primary, ib)), ['network-spec-overlap 9:23']);
});

test('2.3 demands a subnet without host bits', () => {
  const admin = ['subnet: 10.5.0.7', ...primary.filter((line) => !line.startsWith('subnet'))];
  assert.deepEqual(problems(spec(admin), '2.3'), ['network-spec-host-bits 2:12']);
  assert.equal(parseNetworkSpec(spec(admin), '2.3').value?.subnet?.strict, false);
});

test('InfiniBand may use the names after 2.3', () => {
  const ib =
    '- ib_network: {ipv4_subnet: 10.9.0.0, ipv4_netmask_bits: "16", ipv6_subnet: "fd00::", ipv6_netmask_bits: "64"}';
  const { value, problems: found } = parseNetworkSpec(spec(primary, ib), 'next');
  assert.deepEqual(found, []);
  assert.equal(value?.ibIpv4 && formatNetwork(value.ibIpv4), '10.9.0.0/16');
  assert.deepEqual(value?.ibIpv6, { base: [0xfd00, 0, 0, 0, 0, 0, 0, 0], bits: 64 });
});

test('aliases, merged keys, doubled keys and a byte order mark are read as Python does', () => {
  const text = `\ufeff${spec(['<<: &base {netmask_bits: 16}', 'primary_oim_admin_ip: 1.1.1.1', 'primary_oim_admin_ip: 10.5.0.4'])}`;
  const { value } = parseNetworkSpec(text, '2.2');
  assert.equal(value?.oimSubnet && formatNetwork(value.oimSubnet), '10.5.0.0/16');
});

const entries: readonly [title: string, lines: readonly string[], expected: readonly string[]][] = [
  ['ib_network in the entry of admin_network', ['  ib_network: {}'], ['network-spec-invalid 9:2']],
  ['additional_subnets beside it', ['  additional_subnets: []'], ['network-spec-invalid 9:2']],
  ['an entry of another name', ['- storage_network: {}'], ['network-spec-invalid 9:2']],
  ['its key once more, of which the last counts', ['  admin_network: { subnet: 10.5.0.0 }'], []],
  ['keys of another mapping', ['- <<: { ib_network: { subnet: 10.9.0.0, netmask_bits: "24" } }'], []],
];
for (const [title, more, expected] of entries) {
  test(`each entry is one network: ${title}`, () => {
    for (const version of omniaVersions) {
      const found = problems(spec(primary, ...more), version);
      assert.deepEqual(
        found.filter((problem) => problem.startsWith('network-spec-invalid')),
        expected,
        version,
      );
    }
  });
}

suite('what the schemas of all versions refuse in a network', () => {
  const whole = [...primary, ...texts];
  const without = (key: string): string[] => whole.filter((line) => !line.startsWith(key));
  const ib = '- ib_network: {subnet: 10.99.0.0, netmask_bits: "24"}';
  const cases: readonly [title: string, text: string, expected: readonly string[]][] = [
    ['nothing in a whole file', spec(whole, ib), []],
    ['no name of the NIC', networks(without('oim_nic_name')), ['network-spec-incomplete oim_nic_name']],
    ['no key for the BMC', networks(without('primary_oim_bmc')), ['network-spec-incomplete primary_oim_bmc_ip']],
    ['a key without text', spec([...without('oim_nic'), 'oim_nic_name:']), ['network-spec-incomplete oim_nic_name']],
    ['a number', spec([...without('netmask'), 'netmask_bits: 24']), ['network-spec-invalid netmask_bits']],
    ['a number of InfiniBand', spec(whole, ib.replaceAll('"', '')), ['network-spec-invalid netmask_bits']],
    ['a mistyped key', spec([...whole, 'dynamic_ranges: ""']), ['network-spec-invalid dynamic_ranges']],
    ['a key of another network', spec(whole, ib.replace('{', '{router: 10.99.0.1, ')), ['network-spec-invalid router']],
    ['nothing that another mapping adds', spec([...without('router'), '<<: {router: 10.5.0.1}']), []],
  ];
  for (const [title, text, expected] of cases) {
    test(title, () => {
      for (const version of omniaVersions) {
        const found = parseNetworkSpec(text, version);
        assert.deepEqual(
          found.problems.map(({ code, params }) => `${code} ${String(params['key'])}`),
          expected,
          version,
        );
        assert.ok(found.problems.every(({ severity }) => severity === 'warning'));
        assert.equal(found.value?.oimAdminIp, parseNetworkSpec(spec(whole), version).value?.oimAdminIp);
      }
    });
  }
});

/** Exactly these lines in the admin network. */
function networks(admin: readonly string[]): string {
  return ['Networks:', '- admin_network:', ...admin.map((line) => `    ${line}`), ''].join('\n');
}
