import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ValidationContext } from '@omnia-buildstream/core/context/context';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { rangeOf } from '@omnia-buildstream/core/validation/placeRange';
import { severityOf } from '@omnia-buildstream/core/validation/settings';

/** Unusual files, and the errors (`code@line`) that Omnia's own validators find in them. */

interface Case {
  readonly title: string;
  readonly version: OmniaVersion;
  readonly text: string;
  readonly context?: ValidationContext;
  readonly errors: readonly string[];
}

const nine =
  'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP';
const eleven = `${nine},IB_NIC_NAME,IB_IP`;

/** Cells of a row in the usual order, including two InfiniBand cells. */
interface Node {
  readonly role?: string;
  readonly group?: string;
  readonly tag?: string;
  readonly parent?: string;
  readonly host?: string;
  readonly ip?: string;
  readonly ib?: string;
}

/** Row number `n`, valid in 2.2 and early 2.3. */
function node(n: number, cells: Node = {}): string {
  const { role = 'login_node_x86_64', group = `grp${String(n)}`, tag = `TAG000${String(n)}`, parent = '' } = cells;
  const { host = `nid00${String(n)}`, ip = `10.37.0.2${String(n)}`, ib = ',' } = cells;
  const admin = `02:00:00:00:00:0${String(n)}`;
  return [
    role,
    group,
    tag,
    parent,
    host,
    admin,
    ip,
    `02:00:00:00:01:0${String(n)}`,
    `10.37.16.2${String(n)}`,
    ib,
  ].join();
}

const file = (...lines: string[]): string => `${lines.join('\n')}\n`;

const cases: readonly Case[] = [
  {
    title: 'a byte order mark hides only the first of two equal headers',
    version: '2.2',
    text: file(`\ufeffgroup_name,${eleven}`, `x,${node(1)}`),
    errors: [],
  },
  {
    title: 'a byte order mark hides the first header',
    version: '2.2',
    text: file(`\ufeff${eleven}`, node(1)),
    errors: ['missing-column@1'],
  },
  {
    title: 'a byte order mark spoils the one right spelling of two equal headers',
    version: '2.2',
    text: file(`\ufeff${nine},functional_group_name`, `${node(1).slice(0, -2)},login_node_x86_64`),
    errors: ['crash-header-spelling@1'],
  },
  {
    title: 'a byte order mark makes a blank line the header',
    version: '2.2',
    text: file('\ufeff', `IB_IP,${nine},IB_NIC_NAME`, `,${node(1).slice(0, -1)}`),
    errors: ['missing-column@1'],
  },
  {
    title: 'the last of two equal headers counts, whatever its case',
    version: '2.2',
    text: file(`${eleven},hostname`, `${node(1)},bad_name`, node(2)),
    errors: ['bad-hostname@2', 'empty-cell@3'],
  },
  {
    title: 'a row may end before its optional cells',
    version: '2.2',
    text: file(eleven, node(1).slice(0, -2)),
    errors: [],
  },
  {
    title: 'white space of Python makes blank lines and surrounds values',
    version: '2.2',
    text: [eleven, '\x1c\x85', node(1, { host: '\u2028nid001\x1f' }), '\u3000', node(2, { group: 'grp' })].join('\r'),
    errors: ['bad-group-name@5'],
  },
  {
    title: 'a zero-width no-break space is no white space',
    version: '2.2',
    text: file(eleven, '\ufeff', node(1)),
    errors: ['bad-functional-group-chars@2', 'empty-cell@2', 'unknown-functional-group@2'],
  },
  {
    title: 'a quoted number sign begins no comment',
    version: '2.2',
    text: file(eleven, node(1, { role: '"#login_node_x86_64"' })),
    errors: ['bad-functional-group-chars@2', 'unknown-functional-group@2'],
  },
  {
    title: 'a comment may hide inside a quoted cell',
    version: '2.2',
    text: file(`${nine},NOTE`, `${node(1).slice(0, -2)},"first`, '  # second"'),
    errors: ['comment-line@2'],
  },
  {
    title: 'numbers of every script are alphanumeric',
    version: '2.2',
    text: file(eleven, node(1, { tag: 'Ⅷ½²٣一' }), node(2, { tag: 'A\u0301' })),
    errors: ['bad-service-tag@3'],
  },
  {
    title: 'only ASCII is alphanumeric',
    version: '2.3',
    text: file(eleven, node(1, { tag: 'Ⅷ½²٣一' }), node(2, { parent: '٣' })),
    errors: ['bad-service-tag@2', 'bad-parent-tag@3'],
  },
  {
    title: 'scalable units take leading zeros below 100',
    version: '2.2',
    text: file(
      eleven,
      ...['SUA00099', 'su1', 'Sux100', 'SU0', 'SU0100', 'SU101', 'SUé1'].map((group, n) => node(n + 1, { group })),
    ),
    errors: ['bad-group-name@5', 'bad-group-name@6', 'bad-group-name@7', 'bad-group-name@8'],
  },
  {
    title: 'a worker whose tag has blanks is nobody’s parent',
    version: '2.2',
    text: file(
      eleven,
      node(1, { role: 'service_kube_node_x86_64', tag: ' TAG0001' }),
      node(2, { role: 'slurm_node_x86_64', parent: 'TAG0001' }),
    ),
    errors: ['parent-not-kube-node@3'],
  },
  {
    title: 'addresses are compared as text and judged without leading zeros or other digits',
    version: '2.3',
    text: file(eleven, node(1, { ip: '10.37.0.021' }), node(2, { ip: '10.37.0.2２' }), node(3, { ip: '10.37.0.+3' })),
    errors: ['bad-ipv4@2', 'bad-ipv4@3', 'bad-ipv4@4'],
  },
  {
    title: 'a quoted header is the header',
    version: '2.3',
    text: file(eleven.replaceAll(/\w+/g, '"$&"'), ',,,,,,,,,,', '\t,"",', node(1)),
    errors: [],
  },
  {
    title: 'a comment may be quoted',
    version: '2.3',
    text: file('"# rack 1, 2",,', '" #"', eleven, node(1), '"# rack 3, 4"', `"#${node(2).replace(',', '",')}`),
    errors: [],
  },
  {
    title: 'empty cells above the header are passed over',
    version: '2.3',
    text: file(',,,,,,,,,,', '" "', eleven, node(1)),
    errors: [],
  },
  {
    title: 'empty cells above the header are the header',
    version: '2.2',
    text: file(',,', eleven, node(1)),
    errors: ['missing-column@1'],
  },
  {
    title: 'a row of another width is judged no further',
    version: '2.3',
    text: file(eleven, `${node(1, { host: 'A_B' })},`, node(2, { tag: 'TAG0001' })),
    errors: ['ragged-row@2'],
  },
  {
    title: 'a bare quote is text, text after a quote stops Omnia; the other rows are judged all the same',
    version: '2.3',
    text: file(eleven, node(1, { host: 'a"b' }), node(2, { host: '"c"d' })),
    errors: ['bad-hostname@2', 'csv-syntax@3'],
  },
  {
    title: 'workers of Kubernetes and of Slurm share a group, nobody else does',
    version: '2.3',
    text: file(
      eleven,
      node(1, { role: 'service_kube_node_rhel_10_0_x86_64', group: 'SU1' }),
      node(2, { role: 'slurm_node_aarch64', group: 'SU1' }),
      node(3, { role: 'slurm_node_x86_64', group: 'SU2' }),
      node(4, { role: 'slurm_node_sles_x86_64', group: 'SU2' }),
    ),
    errors: ['group-shared@5'],
  },
  {
    title: 'an OS without a version is a release',
    version: '2.3os',
    text: file(
      eleven,
      node(1, { role: 'os_sles_x86_64' }),
      node(2, { role: 'OS_x86_64' }),
      node(3, { role: 'my_os_x86_64' }),
    ),
    errors: ['missing-os-version@3'],
  },
  {
    title: 'an unclosed quote in the last cell makes the rows below part of it',
    version: '2.2',
    text: `${nine}\n${node(1)
      .replace(/,,$/, '')
      .replace(/([^,]*)$/, '"$1')}\n${node(2).replace(/,,$/, '')}\n`,
    errors: ['bad-ipv4@2'],
  },
  {
    title: 'an unclosed quote in the last cell of the file is harmless',
    version: '2.2',
    text: `${nine}\n${node(1)
      .replace(/,,$/, '')
      .replace(/([^,]*)$/, '"$1')}\n\n`,
    errors: [],
  },
  {
    title: 'a header that lacks a column is refused before the lack of rows',
    version: '2.2',
    text: `${nine.replace(',HOSTNAME', '')}\n`,
    errors: ['missing-column@1'],
  },
  {
    title: 'a header of another version is refused before the lack of rows',
    version: '2.3',
    text: `${nine}\n`,
    errors: ['header-contract@1'],
  },
  {
    title: 'a node that is commented out is refused for its functional group first',
    version: '2.1',
    text: `${nine}\n#${node(1).replace(/,,$/, '')}\n${node(2).replace(/,,$/, '')}\n`,
    errors: ['bad-functional-group-chars@2', 'comment-line@2'],
  },
  {
    title: 'names of DNS are judged after the form of the name',
    version: '2.3',
    context: { dnsEnabled: true },
    text: file(eleven, node(1, { host: 'NID001' }), node(2, { host: 'nid000' }), node(3)),
    errors: ['bad-hostname@2', 'hostname-not-nid@3'],
  },
];

for (const { title, version, text, context = {}, errors } of cases) {
  test(`${version}: ${title}`, () => {
    const document = new CsvDocument(text);
    const settings = { version, context, overrides: new Map<string, never>(), encoding: { kind: 'utf8' } } as const;
    const found = new MappingModel(document, mappingRules, settings)
      .sortedFindings()
      .filter((finding) => severityOf(finding, settings) === 'error')
      .map(({ rule, place }) => `${rule.code}@${String(rangeOf(document, place).start.line + 1)}`);
    assert.deepEqual([...new Set(found)].sort(), [...errors].sort());
  });
}
