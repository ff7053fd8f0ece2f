// Large mapping files that are mostly correct, for property tests: a fleet, with errors in a few of its rows.
import { fc } from './properties/fastCheck.ts';
import {
  canonicalHeader,
  columnNames,
  dualStackHeader,
  type ColumnName,
} from '@omnia-buildstream/core/mapping/columns';
import type { NetworkSpec } from '@omnia-buildstream/core/context/context';
import { networkOf, parseIpv4 } from '@omnia-buildstream/core/mapping/addresses';
import { mappingLine } from './mappingText.ts';

const address = (text: string): number => parseIpv4(text) ?? 0;
const subnet = networkOf(address('10.37.0.0'), 25);
const dynamicRange = { first: address('10.37.0.100'), last: address('10.37.0.103') };
const router = address('10.37.0.110');

/** A network that contains most of a fleet. */
export const fleetNetwork: NetworkSpec = {
  oimSubnet: subnet,
  subnet: { network: subnet, strict: true, router, dynamicRange },
  additional: [],
  oimAdminIp: address('10.37.0.112'),
  oimBmcIp: undefined,
  router,
  dynamicRange,
  ibIpv4: networkOf(address('10.99.0.64'), 26),
  ibIpv6: undefined,
};

const headers: readonly (readonly ColumnName[])[] = [
  canonicalHeader,
  canonicalHeader,
  canonicalHeader.slice(0, 9),
  dualStackHeader,
  [...columnNames.slice(4, 11), ...columnNames.slice(0, 4)],
];

interface Shape {
  readonly rows: number;
  readonly roles: readonly string[];
  readonly groups: number;
  readonly parents: 'none' | 'workers' | 'dangling';
  readonly names: 'cn' | 'nid';
}

const roleSets = [
  ['slurm_node_x86_64'],
  ['slurm_node_x86_64', 'slurm_node_aarch64', 'login_compiler_node_x86_64'],
  ['slurm_node_x86_64', 'service_kube_node_x86_64', 'service_kube_control_plane_x86_64', 'os_x86_64'],
  ['slurm_node_rhel_10_0_x86_64', 'slurm_control_node_rhel_10_0_x86_64', 'service_kube_node_rhel_10_0_x86_64'],
  ['custom', 'baseos_x86_64', 'Slurm-Node_x86_64', 'service_kube_control_plane_first_x86_64'],
] as const;

/** All cells of a row by column; always the same for the same index and shape. */
function rowOf(shape: Shape, index: number): Record<ColumnName, string> {
  const roles = index === 0 ? ['slurm_control_node_x86_64'] : shape.roles;
  // Most rows have the first role.
  const role = roles[index % 9 < roles.length ? index % 9 : 0] ?? '';
  const hex = (index + 16).toString(16).padStart(4, '0').replace(/../g, ':$&');
  const parent = shape.parents === 'none' || !role.startsWith('slurm_node') ? '' : `P0000${String(index % 2)}X`;
  const isWorker = shape.parents === 'workers' && role.startsWith('service_kube_node');
  return {
    FUNCTIONAL_GROUP_NAME: role,
    GROUP_NAME: `grp${String(roles.indexOf(role) * 20 + (index % shape.groups))}`,
    SERVICE_TAG: isWorker ? `P0000${String(index % 2)}X` : `T${String(index).padStart(6, '0')}`,
    PARENT_SERVICE_TAG: parent,
    HOSTNAME: shape.names === 'nid' ? `nid${String(index).padStart(5, '0')}` : `cn-${String(index)}`,
    ADMIN_MAC: `04:3f:72:10${hex}`,
    ADMIN_IP: `10.37.${String(index >> 8)}.${String(index & 255)}`,
    BMC_MAC: `04:3f:72:20${hex}`,
    BMC_IP: `10.38.${String(index >> 8)}.${String(index & 255)}`,
    IB_NIC_NAME: 'InfiniBand.Slot.7-1',
    IB_IP: `10.99.${String(index >> 8)}.${String(index & 255)}`,
    IB_IPV4: `10.99.${String(index >> 8)}.${String(index & 255)}`,
    IB_IPV6: '',
  };
}

const oddValues = [
  ...[
    '',
    ' ',
    'x',
    '"quoted"',
    '"a,b"',
    'a"b',
    '"open',
    ' padded ',
    'Ä1',
    '\u200bhidden',
    'tab\there',
    '#',
    '<<<<<<<',
    '=',
  ],
  ...['10.37.0.1', '10.37.0.4', '10.37.0.5', '10.37.0.7', '10.98.0.1', '010.37.0.1', '10.37.0', '0.0.0.0', '1.2.3.4.5'],
  ...['04-3F-72-10-00-11', '04:3f-72:10:00:11', '01:00:00:00:00:01', '00:00:00:00:00:00', '04:3f:72:20:00:12'],
  ...[
    'T000005',
    't000005',
    'P00000X',
    'P99999X',
    '12345',
    '123456',
    '1E+06',
    'CN-5',
    'cn-5',
    'nid001',
    'nid00001',
    '9x',
  ],
  ...[
    'localhost',
    'dns',
    'hostname',
    'BMC_IP',
    'grp1',
    'SU1',
    'grp101',
    'slurm_node_aarch64',
    'kube_x',
    'fd00::1',
    'ib0',
  ],
];

type Change = (lines: string[][], at: number, other: number, column: number) => void;

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom(...oddValues).map((value): Change => (lines, at, _other, column) => {
    (lines[at] ?? [])[column] = value;
  }),
  // A value from another row, unchanged or in another spelling, in the same column or two columns on.
  fc
    .tuple(fc.constantFrom('same', 'upper', 'dashes', 'quoted'), fc.boolean())
    .map(([spelling, isNext]): Change => (lines, at, other, column) => {
      const value = lines[other]?.[column] ?? '';
      const spelt = {
        same: value,
        upper: value.toUpperCase(),
        dashes: value.replaceAll(':', '-'),
        quoted: `"${value}"`,
      };
      (lines[at] ?? [])[isNext ? column + 2 : column] = spelt[spelling];
    }),
  mappingLine.map((line): Change => (lines, at) => {
    lines.splice(at, 1, [line]);
  }),
  fc
    .constantFrom('# note', '', '   ', '<<<<<<< HEAD', '\r', canonicalHeader.join(','))
    .map((line): Change => (lines, at) => {
      lines.splice(at, 0, [line]);
    }),
);

const shape: fc.Arbitrary<Shape> = fc.record({
  rows: fc.integer({ min: 40, max: 130 }),
  roles: fc.constantFrom<readonly string[]>(...roleSets),
  groups: fc.integer({ min: 1, max: 6 }),
  parents: fc.constantFrom('none', 'workers', 'dangling'),
  names: fc.constantFrom('cn', 'cn', 'nid'),
});

/** The text of a fleet with 40 or more rows. */
export const fleetText: fc.Arbitrary<string> = fc
  .record({
    shape,
    header: fc.constantFrom(...headers),
    spelling: fc.constantFrom('', '', '', 'lower', 'bom', 'title'),
    changes: fc.array(fc.tuple(change, fc.nat(), fc.nat(), fc.nat()), { maxLength: 5 }),
    eol: fc.constantFrom('\n', '\n', '\r\n'),
    isEnded: fc.boolean(),
  })
  .map(({ shape: fleet, header, spelling, changes, eol, isEnded }) => {
    const lines = Array.from({ length: fleet.rows }, (_, index) => {
      const cells = rowOf(fleet, index);
      return header.map((column) => cells[column]);
    });
    for (const [apply, at, other, column] of changes) {
      apply(lines, at % lines.length, other % lines.length, column % header.length);
    }
    const names = header.join(',');
    const first = spelling === 'lower' ? names.toLowerCase() : spelling === 'title' ? `# Rack 1${eol}${names}` : names;
    const text = [first, ...lines.map((cells) => cells.join(','))].join(eol) + (isEnded ? eol : '');
    return spelling === 'bom' ? `\ufeff${text}` : text;
  });
