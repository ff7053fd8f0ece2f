import type { AfterPassed, LabVersion } from '@omnia-buildstream/core/lab/connection';
import { rowOf } from '../fleet/mappingFile.ts';
import { cadenceCatalog } from '../gitlab/omnia/catalogs.ts';
import { failedNodesPath } from '../gitlab/omnia/failedNodes.ts';
import { omniaLayouts } from '../gitlab/omnia/layout.ts';
import type { Lab } from '../lab.ts';
import type { LabNetwork } from '../net/network.ts';
import { withMistakes } from './practice.ts';
import { projectReadme } from './readme.ts';

export interface ProjectSettings {
  /** Number of nodes, counted from the end, that are not in the mapping file yet. */
  readonly spare: number;
  readonly afterPassed: AfterPassed;
  /** 2.2 by default. */
  readonly omnia?: LabVersion;
}

/** Where files are in a GitLab project of this version. */
export function projectPaths(version: LabVersion): {
  readonly mapping: string;
  readonly failedNodes: string;
  readonly catalog: string;
} {
  return { mapping: omniaLayouts[version].mappingFile, failedNodes: failedNodesPath, catalog: 'catalog_rhel.json' };
}

/**
 * Files of the lab's GitLab project at its first commit: those that the mapping file is checked against, and some to
 * try out.
 */
export function projectFiles(
  lab: Pick<Lab, 'mappingFile' | 'bmcs' | 'network'>,
  { spare, afterPassed, omnia = '2.2' }: ProjectSettings,
): Readonly<Record<string, string>> {
  const roles = [...new Set(lab.bmcs.map(({ node }) => node.role))];
  const mapping = withoutLast(lab, spare);
  const { input } = omniaLayouts[omnia];
  const paths = projectPaths(omnia);
  return {
    'README.md': projectReadme({
      nodes: lab.bmcs.length - spare,
      spare,
      afterPassed,
      omnia,
      mappingFile: paths.mapping,
    }),
    [paths.mapping]: mapping,
    ...Object.fromEntries(inputs[omnia](lab.network).map(([name, text]) => [`${input}${name}`, text])),
    [paths.catalog]: nice(catalog(roles, '1.2')),
    ...(omniaLayouts[omnia].types.includes('cadence') ? { [cadenceCatalog]: nice(catalog(roles, '2.0')) } : {}),
    'practice/pxe_mapping_file.csv': withMistakes(mapping),
    'practice/new_nodes.csv': lastRows(lab, spare),
    '.gitattributes': '*.csv text eol=lf\n',
  };
}

/** A catalog. A build of version 1.2 creates the image group `rhel10-lab-v1.2`. */
function catalog(roles: readonly string[], version: string): object {
  const layer = roles.map((Name) => ({ Name }));
  return { Catalog: { Name: 'lab', Identifier: 'rhel10-lab', Version: version, FunctionalLayer: layer } };
}

/** The files next to the mapping file, by name. */
const inputs: Readonly<Record<LabVersion, (network: LabNetwork) => readonly (readonly [string, string])[]>> = {
  '2.2': (network) => [
    ['network_spec.yml', networkSpec(network, [])],
    ['software_config.json', nice(softwareConfig)],
    ['provision_config.yml', provisionConfig],
  ],
  '2.3': (network) => [
    ['network_spec.yml', networkSpec(network, [`subnet: ${topOf(network)}.0`.replace(/\.\d+\.0$/, '.0.0')])],
    ['orchestrator_config.yml', orchestratorConfig],
  ],
};

/** The mapping file without the last nodes, which exist and can be added as new ones. */
function withoutLast(lab: Pick<Lab, 'mappingFile'>, count: number): string {
  const lines = lab.mappingFile.trimEnd().split('\n');
  return `${lines.slice(0, lines.length - count).join('\n')}\n`;
}

/** The rows of the last nodes. */
function lastRows({ bmcs }: Pick<Lab, 'bmcs'>, count: number): string {
  return bmcs
    .slice(bmcs.length - count)
    .map(({ node }) => `${rowOf(node)}\n`)
    .join('');
}

/** The lab's nodes have loopback addresses, so the admin network is a part of the loopback network. */
function networkSpec(network: LabNetwork, more: readonly string[]): string {
  const { managementAddress } = network;
  const top = topOf(network);
  return `---
# The networks that the addresses of the mapping file must fit into.
Networks:
  - admin_network:
      oim_nic_name: lo
${more.map((line) => `      ${line}\n`).join('')}      netmask_bits: "16"
      primary_oim_admin_ip: ${managementAddress}
      primary_oim_bmc_ip: ""
      router: ${top}.253
      dynamic_range: ${top}.1-${top}.100
      dns: []
      ntp_servers: []
      additional_subnets: []
`;
}

function topOf({ managementAddress }: Pick<LabNetwork, 'managementAddress'>): string {
  return managementAddress.replace(/\.\d+$/, '');
}

const provisionConfig = `---
pxe_mapping_file_path: /opt/omnia/input/project_default/pxe_mapping_file.csv
language: en_US.UTF-8
default_lease_time: "86400"
dns_enabled: false
kernel_version_override: ""
additional_cloud_init_config_file: ""
`;

const orchestratorConfig = `---
pxe_mapping_file_path: ""
catalog_file_path: ""
dns_enabled: false
`;

const arch = ['x86_64'];
const softwareConfig = {
  cluster_os_type: 'rhel',
  cluster_os_version: '10.0',
  repo_config: 'always',
  softwares: [
    { name: 'default_packages', arch },
    { name: 'openldap', arch },
    { name: 'nfs', arch },
    { name: 'service_k8s', version: '1.34.1', arch },
    { name: 'slurm_custom', arch },
  ],
};

function nice(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
