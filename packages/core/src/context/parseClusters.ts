import { broadcastOf, networkOf, parseIpv4 } from '../mapping/addresses.ts';
import type { AddressRange } from './context.ts';
import type { Parsed } from './problem.ts';
import { readYamlFile } from './yamlFile.ts';

const messages = {
  deployments:
    '{count} Kubernetes clusters have deployment: true. Omnia requires exactly one, and refuses the file if the mapping file has Kubernetes nodes.',
  range:
    'pod_external_ip_range is {value}. Expected two IPv4 addresses with a hyphen, or a network such as 10.11.0.0/24.',
  address: 'virtual_ip_address is {value}, which is not a valid IPv4 address.',
} as const;

/** Reads the Kubernetes cluster that omnia_config.yml deploys (omnia.md section 2). Never throws. */
export function parseOmniaConfig(text: string): Parsed<AddressRange | undefined> {
  return readYamlFile('cluster-config-invalid', text, (root, warn) => {
    const list = root?.get('service_k8s_cluster');
    const clusters = list?.items() ?? [];
    const deployed = clusters.filter((cluster) => cluster.get('deployment')?.boolean === true);
    if (list !== undefined && clusters.length > 0 && deployed.length !== 1) {
      warn(list.range, messages.deployments, { count: deployed.length });
    }
    const range = deployed[0]?.get('pod_external_ip_range');
    if (range === undefined || range.isBlank) return undefined;
    const value = addressRange(range.text ?? '');
    if (value === undefined) warn(range.range, messages.range, { value: range.text ?? '' });
    return value;
  });
}

/** Reads the virtual address of the control planes in high_availability_config.yml. Never throws. */
export function parseHighAvailability(text: string): Parsed<number | undefined> {
  return readYamlFile('cluster-config-invalid', text, (root, warn) => {
    const [entry] = root?.get('service_k8s_cluster_ha')?.items() ?? [];
    const found = entry?.get('virtual_ip_address');
    if (found === undefined || found.isBlank) return undefined;
    const value = parseIpv4(found.text ?? '');
    if (value === undefined) warn(found.range, messages.address, { value: found.text ?? '' });
    return value;
  });
}

function addressRange(text: string): AddressRange | undefined {
  if (text.includes('/')) {
    const [address = '', bits = ''] = text.split('/');
    const base = parseIpv4(address.trim());
    const length = /^[0-9]{1,2}$/.test(bits.trim()) ? Number(bits) : 33;
    if (base === undefined || length > 32) return undefined;
    const network = networkOf(base, length);
    return { first: network.base, last: broadcastOf(network) };
  }
  const [first, last, ...more] = text.split('-').map((part) => parseIpv4(part.trim()));
  if (first === undefined || last === undefined || more.length > 0 || first > last) return undefined;
  return { first, last };
}
