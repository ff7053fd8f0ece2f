// Mapping files with many faults, for property tests.
import { fc } from './properties/fastCheck.ts';
import { canonicalHeader, dualStackHeader } from '@omnia-buildstream/core/mapping/columns';
import { parseIpv4, networkOf } from '@omnia-buildstream/core/mapping/addresses';
import type { NetworkSpec, ValidationContext } from '@omnia-buildstream/core/context/context';
import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import type { ValidationSettings } from '@omnia-buildstream/core/validation/settings';

const pick = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const few = (from: number, to: number): fc.Arbitrary<string> => fc.integer({ min: from, max: to }).map(String);

const cell: Record<string, fc.Arbitrary<string>> = {
  role: pick(
    'slurm_node_x86_64',
    'slurm_node_aarch64',
    'slurm_control_node_x86_64',
    'service_kube_node_x86_64',
    'service_kube_control_plane_x86_64',
    'service_kube_control_plane_first_x86_64',
    'login_compiler_node_aarch64',
    'login_compiler_node_x86_64',
    'os_x86_64',
    'baseos_x86_64',
    'Slurm-Node_x86_64',
    'slurm_node_rhel_10_0_x86_64',
    'custom',
    '',
  ),
  group: pick('grp0', 'grp1', 'grp2', 'SU1', 'GRP3', 'grp101', ''),
  tag: pick('AAAAAA1', 'AAAAAA2', 'aaaaaa1', 'BBBBBB3', 'Ä1', '7/X', ''),
  host: pick('cn-001', 'cn-002', 'CN-001', 'nid001', '9x', 'a_b', ''),
  mac: pick(
    '04:3f:72:10:00:01',
    '04-3F-72-10-00-01',
    '04:3f:72:10:00:02',
    '04:3f-72:10:00:02',
    '043f72100002',
    'x',
    '',
  ),
  ip: few(0, 9).map((n) => `10.37.0.${n}`),
  bmc: pick('10.37.16.1', '10.37.16.2', '10.37.0.3', '10.37.16', ''),
  nic: pick('', '', 'InfiniBand.Slot.7-1', 'ib0', 'infiniband.slot.7-1'),
  ib: pick('', '', '10.99.0.1', '10.98.0.1', 'fd00::1'),
};

const row = fc
  .tuple(
    cell['role'] ?? pick(''),
    cell['group'] ?? pick(''),
    cell['tag'] ?? pick(''),
    fc.oneof(pick(''), cell['tag'] ?? pick('')),
    cell['host'] ?? pick(''),
    cell['mac'] ?? pick(''),
    cell['ip'] ?? pick(''),
    cell['mac'] ?? pick(''),
    cell['bmc'] ?? pick(''),
    cell['nic'] ?? pick(''),
    cell['ib'] ?? pick(''),
  )
  .map((cells) => cells.join(','));

/** One line of a mapping file: mostly a row, sometimes a comment, a blank line or a damaged row. */
export const mappingLine: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: row },
  {
    weight: 1,
    arbitrary: pick('', '  ', '# comment', 'a,b', ',,,,,,,,,,', '"q",,,,,,,,,,', ' padded ,grp1,,,,,,,,,', 'x,"y,z'),
  },
  { weight: 1, arbitrary: row.map((text) => `${text},surplus`) },
);

const header = pick(
  canonicalHeader.join(','),
  canonicalHeader.join(','),
  canonicalHeader.join(','),
  canonicalHeader.slice(0, 9).join(','),
  dualStackHeader.join(','),
  canonicalHeader.join(',').toLowerCase(),
  [...canonicalHeader].reverse().join(','),
  `${canonicalHeader.slice(0, 9).join(',')},IB_MAC,HOSTNAME`,
);

export const mappingText: fc.Arbitrary<string> = fc
  .tuple(header, fc.array(mappingLine, { maxLength: 9 }), pick('\n', '\r\n'))
  .map(([first, lines, eol]) => [first, ...lines].join(eol));

const address = (text: string): number => parseIpv4(text) ?? 0;

/** Network facts with a primary subnet, a DHCP range and an InfiniBand network, and without additional subnets. */
export const networkSpec: NetworkSpec = {
  oimSubnet: networkOf(address('10.37.0.4'), 29),
  subnet: {
    network: networkOf(address('10.37.0.0'), 29),
    strict: true,
    router: address('10.37.0.1'),
    dynamicRange: { first: address('10.37.0.5'), last: address('10.37.0.6') },
  },
  additional: [],
  oimAdminIp: address('10.37.0.4'),
  oimBmcIp: undefined,
  router: address('10.37.0.1'),
  dynamicRange: { first: address('10.37.0.5'), last: address('10.37.0.6') },
  ibIpv4: networkOf(address('10.99.0.0'), 24),
  ibIpv6: undefined,
};

const context = fc.constantFrom<ValidationContext>(
  {},
  { network: networkSpec, share: 'local', dnsEnabled: true, software: new Set(['slurm_custom']) },
  { catalog: new Set(['slurm_node_rhel_10_0_x86_64']), dnsEnabled: false },
);

export const validationSettings: fc.Arbitrary<ValidationSettings> = fc.record({
  version: fc.constantFrom(...omniaVersions),
  context,
  overrides: fc.constant(new Map()),
  encoding: fc.constantFrom({ kind: 'utf8' } as const, { kind: 'unchecked' } as const),
});
