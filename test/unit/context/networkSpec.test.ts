import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseNetworkSpec } from '@omnia-buildstream/core/context/parseNetworkSpec';
import { formatIpv4, formatNetwork } from '@omnia-buildstream/core/mapping/addresses';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';

const sample = readFileSync(path.resolve(import.meta.dirname, '../../fixtures/mapping/network_spec.yml'), 'utf8');

function spec(admin: readonly string[], ...more: readonly string[]): string {
  return ['Networks:', '- admin_network:', ...admin.map((line) => `    ${line}`), ...more, ''].join('\n');
}

/** `code line:character` of each problem, from 0. */
function problems(text: string, version: OmniaVersion = '2.2'): string[] {
  return parseNetworkSpec(text, version).problems.map(
    ({ code, range: { start } }) => `${code} ${String(start.line)}:${String(start.character)}`,
  );
}

const primary = ['primary_oim_admin_ip: 10.5.0.4', 'netmask_bits: 24', 'subnet: 10.5.0.0', 'router: 10.5.0.1'];

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
  assert.deepEqual(found, []);
  assert.equal(value?.oimSubnet && formatNetwork(value.oimSubnet), '10.5.0.0/24');
  assert.equal(value?.router, undefined);
});

test('2.2 takes the subnet from the OIM address, 2.3 from `subnet`; what is missing is told', () => {
  assert.deepEqual(problems(spec(['netmask_bits: 24', 'subnet: 10.5.0.0'])), ['network-spec-incomplete 2:4']);
  assert.deepEqual(problems(spec(['netmask_bits: 24', 'primary_oim_admin_ip: 10.5.0.4']), '2.3'), [
    'network-spec-incomplete 2:4',
  ]);
  assert.equal(parseNetworkSpec(spec(['netmask_bits: 24', 'subnet: 10.5.0.0']), '2.2').value?.oimSubnet, undefined);
});

for (const [name, text, at] of [
  ['no YAML', 'Networks: [', '0:11'],
  ['an empty file', '', '0:0'],
  ['a text', 'hello', '0:0'],
  ['no list', 'Networks: {}', '0:10'],
  ['no admin network', 'Networks:\n- ib_network: {}', '1:0'],
  ['an admin network without values', 'Networks:\n- admin_network:', '1:2'],
  ['a netmask out of range', spec([...primary.slice(0, 1), 'netmask_bits: 33']), '3:18'],
  ['an address that is none', spec(['primary_oim_admin_ip: 10.5.0', 'netmask_bits: 24']), '2:26'],
  ['a range that is none', spec([...primary, 'dynamic_range: 10.5.0.9']), '6:19'],
  [
    'an additional subnet that is none',
    spec([...primary, 'additional_subnets: [{subnet: x, netmask_bits: 8}]']),
    '6:34',
  ],
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
  const range = (text: string): string => `dynamic_range: ${text}`;
  assert.deepEqual(problems(spec([...primary, range('10.5.0.20-10.5.0.10')])), ['network-spec-range-order 6:19']);
  assert.deepEqual(problems(spec([...primary, range('10.5.0.20-10.5.1.10')])), ['network-spec-range-outside 6:19']);
  assert.deepEqual(problems(spec([...primary, range('10.5.0.2-10.5.0.10')])), ['network-spec-oim-in-range 2:26']);
  const overlapping = 'additional_subnets: [{subnet: 10.5.0.128, netmask_bits: 25}]';
  assert.deepEqual(problems(spec([...primary, overlapping])), ['network-spec-overlap 6:34']);
  const ib = '- ib_network: {subnet: 10.5.0.0, netmask_bits: 24}';
  assert.deepEqual(problems(spec(primary, ib)), ['network-spec-overlap 6:23']);
});

test('2.3 demands a router and a subnet without host bits', () => {
  const admin = ['subnet: 10.5.0.7', 'netmask_bits: 24'];
  assert.deepEqual(problems(spec(admin), '2.3'), ['network-spec-incomplete 2:12', 'network-spec-host-bits 2:12']);
  assert.equal(parseNetworkSpec(spec(admin), '2.3').value?.subnet?.strict, false);
});

test('InfiniBand may use the names after 2.3', () => {
  const ib =
    '- ib_network: {ipv4_subnet: 10.9.0.0, ipv4_netmask_bits: 16, ipv6_subnet: "fd00::", ipv6_netmask_bits: 64}';
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
