import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readBeside } from '@omnia-buildstream/core/context/besideFiles';
import { besideKinds, besideNames } from '@omnia-buildstream/core/context/besideNames';
import type { ValidationContext } from '@omnia-buildstream/core/context/context';
import { omniaVersions, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';

const folder = path.resolve(import.meta.dirname, '../../../docs/rules');
const versionNames: readonly string[] = ['2.1', '2.2', '2.3 early', '2.3 late', 'next'];

/** The bad example on a rule's page, changed where only a person could repair it. */
export interface RuleExample {
  readonly text: string;
  readonly version: OmniaVersion;
  readonly context: ValidationContext;
  /** Input files next to it, by name. */
  readonly beside: Readonly<Record<string, string>>;
}

const kubeNode =
  'service_kube_node_x86_64,grp5,7KN001X,,kn-1,04:3f:72:10:00:61,10.37.0.61,04:3f:72:20:00:61,10.37.16.61\n';

/** Replaces the second row by a copy of the first. */
const twice = (text: string): string => {
  const [header = '', first = '', , ...others] = text.split('\n');
  return [header, first, first, ...others].join('\n');
};

/** Changes for examples that only a person can repair, or that would be too long for a page. */
const repairable: Readonly<Record<string, (text: string) => string>> = {
  'cell-too-long': (text) => text.replace('LONG', 'x'.repeat(131_073)),
  'dup-service-tag': twice,
  'dup-admin-mac': twice,
  'dup-bmc-mac': twice,
  'service-tag-not-ascii': (text) => text.replace('7КT004X', '７KT004X'),
  'reserved-hostname': (text) =>
    text +
    (text.split('\n')[1] ?? '')
      .replace('7KT004X', '7KT005X')
      .replace('gateway', 'login-1')
      .replaceAll('.24', '.25')
      .replaceAll(':04', ':05') +
    '\n',
  'no-data': () => '\n',
  'bad-ipv6': (text) => text.replace('fd00:99:::24', 'fd00:99::24\u200b'),
  'bad-ib-nic': (text) => text.replace(',ib0,', ',infiniband.slot.7-1,'),
  'dangling-parent': (text) => text.replace('slurm_node_x86_64,grp1', 'os_x86_64,grp1') + kubeNode,
};

/** Without a network it is unknown which addresses are free. */
const network =
  "Networks: [{admin_network: {subnet: 10.37.0.0, netmask_bits: '22', primary_oim_admin_ip: 10.37.0.4, router: 10.37.0.1, dynamic_range: 10.37.3.100-10.37.3.200}}]";
const alsoBeside: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'kube-address-taken': { 'network_spec.yml': network },
};

export function exampleOf(code: string): RuleExample {
  const page = readFileSync(path.join(folder, `${code}.md`), 'utf8');
  const named = /^Bad in Omnia (.+):$/m.exec(page)?.[1] ?? '';
  const version = omniaVersions[versionNames.indexOf(named)] ?? assert.fail(`${code}: ${named}`);
  const shown = /^```csv example\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? assert.fail(code);
  const text = repairable[code]?.(shown) ?? shown;
  const blocks = page.matchAll(/^```(?:yaml|json) (\S+)(?: example)?\n([\s\S]*?)^```$/gm);
  const files = [...blocks].toReversed().map(([, name = '', content = '']): [string, string] => [name, content]);
  const beside = { ...alsoBeside[code], ...Object.fromEntries(files) };
  const context: ValidationContext = {};
  for (const [name, content] of Object.entries(beside)) {
    const kind = name === 'catalog_rhel.json' ? 'catalog' : besideKinds.find((one) => besideNames[one].includes(name));
    if (kind !== undefined) Object.assign(context, readBeside(kind, content, version, '').facts);
    if (name === 'settings.json') Object.assign(context, { share: content.includes('local') ? 'local' : 'nfs' });
  }
  return { text, version, context, beside };
}
