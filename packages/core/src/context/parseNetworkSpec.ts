import type { Range } from '../text/position.ts';
import type { Template } from '../text/message.ts';
import { traitsOf, type OmniaVersion } from '../mapping/versions.ts';
import { checkNetworkSpec } from './checkNetworkSpec.ts';
import type { NetworkSpec } from './context.ts';
import { withoutPlaces, type LocatedSpec, type LocatedSubnet } from './locatedSpec.ts';
import { networkSpecMessages as messages } from './networkSpecMessages.ts';
import { locatedNetwork, NetworkSpecReader } from './networkSpecReader.ts';
import type { Parsed } from './problem.ts';
import { parseYaml, type YamlValue } from './yamlValue.ts';

/**
 * Reads network_spec.yml (omnia.md section 2) as `version` does: 2.1 and 2.2 take the primary subnet from
 * `primary_oim_admin_ip`, 2.3 from `subnet`. Never throws. Without a value the file says nothing that can be relied on:
 * it is not YAML, has no admin network, or an additional subnet cannot be read, so that any address might be inside.
 */
export function parseNetworkSpec(text: string, version: OmniaVersion): Parsed<NetworkSpec> {
  const reader = new NetworkSpecReader();
  const failed = { value: undefined, problems: reader.problems };
  const { root, fault } = parseYaml(text);
  if (root === undefined) {
    if (fault !== undefined) reader.invalid(fault.range, messages.notYaml, { reason: fault.value });
    return failed;
  }
  const networks = root.get('Networks');
  const entries = networks?.items();
  if (entries === undefined) {
    const place = networks?.range ?? { ...root.range, end: root.range.start };
    reader.invalid(place, networks?.isMap === true ? messages.networksMap : messages.noNetworks);
    return failed;
  }
  const admin = section(entries, 'admin_network');
  if (admin?.isMap !== true) {
    reader.invalid(admin?.range ?? networks?.range ?? root.range, messages.noAdminNetwork);
    return failed;
  }
  checkEntries(entries, reader);
  const own = readAdditional(admin, reader, version);
  if (own === undefined) return failed;
  const primary = readAdmin(admin, reader, version);
  const { namesSubnet } = traitsOf(version);
  // What is written but cannot be read might contain any address; what is missing, 2.3 leaves out and uses the others.
  const isUnreadable = !isAbsent(admin, 'subnet') && !isAbsent(admin, 'netmask_bits');
  if (namesSubnet && primary.subnet === undefined && isUnreadable) return failed;
  const more = namesSubnet ? furtherAdminSubnets(entries, admin, reader, version) : [];
  const additional = [...own, ...more];
  const [ib, ...furtherIbs] = entries.flatMap((entry) => entry.get('ib_network') ?? []);
  for (const { range } of furtherIbs) reader.warn('network-spec-ib-count', range, messages.furtherIb);
  if (ib !== undefined) checkKeys(ib, 'ib_network', reader);
  const spec = { ...primary, ...readIb(ib, reader), additional };
  return { value: withoutPlaces(spec), problems: [...reader.problems, ...checkNetworkSpec(spec, version)] };
}

function section(entries: readonly YamlValue[], key: string): YamlValue | undefined {
  return entries.map((entry) => entry.get(key)).find((value) => value !== undefined);
}

const networkKeys: ReadonlySet<string> = new Set(['admin_network', 'ib_network']);

/** Each entry of the list is one network and nothing else: the schemas of all versions refuse more. */
function checkEntries(entries: readonly YamlValue[], reader: NetworkSpecReader): void {
  const refuse = (range: Range, message: Template, key: string): void => {
    reader.warn('network-spec-invalid', range, message, { key });
  };
  for (const entry of entries) {
    const keys = entry.keys();
    const first = keys.find(({ value }) => networkKeys.has(value))?.value;
    for (const { value: key, range } of keys) {
      if (key === first) continue;
      if (networkKeys.has(key)) refuse(range, messages.sharedEntry, key);
      else refuse(range, key === 'additional_subnets' ? messages.besideAdmin : messages.noNetwork, key);
    }
  }
}

/** 2.3 takes the subnets of every admin_network in the list, 2.1 and 2.2 those of the first. */
function furtherAdminSubnets(
  entries: readonly YamlValue[],
  first: YamlValue,
  reader: NetworkSpecReader,
  version: OmniaVersion,
): LocatedSubnet[] {
  const others = entries.flatMap((entry) => entry.get('admin_network') ?? []).filter((other) => other.isMap);
  return others
    .filter(({ range }) => range.start.line !== first.range.start.line)
    .flatMap((other) =>
      [readAdmin(other, reader, version).subnet ?? [], readAdditional(other, reader, version) ?? []].flat(),
    );
}

type AdminPart = Omit<LocatedSpec, 'additional' | 'ibIpv4' | 'ibIpv6' | 'ibBits'>;

/** Without these Omnia refuses the file; without the others of the primary subnet it compares no address with it. */
function demanded(version: OmniaVersion): readonly string[] {
  const { namesSubnet, additionalSubnets } = traitsOf(version);
  if (namesSubnet) return ['subnet', 'netmask_bits', 'primary_oim_admin_ip', 'router', 'dynamic_range'];
  return additionalSubnets ? ['router', 'dynamic_range'] : ['primary_oim_admin_ip', 'netmask_bits', 'dynamic_range'];
}

/** The schemas of all versions require these keys with a text, which may be empty. */
const demandedTexts = ['oim_nic_name', 'primary_oim_bmc_ip'] as const;

/** Keys that any version accepts. Which of them a release does not know yet is left to Omnia (omnia.md section 2). */
const knownKeys: Readonly<Record<'admin_network' | 'ib_network', readonly string[]>> = {
  admin_network: [
    ...[...demandedTexts, 'netmask_bits', 'primary_oim_admin_ip', 'dynamic_range', 'dns', 'ntp_servers'],
    ...['subnet', 'router', 'additional_subnets'],
  ],
  ib_network: [
    ...['subnet', 'netmask_bits', 'dns'],
    ...['ipv4_subnet', 'ipv4_netmask_bits', 'ipv6_subnet', 'ipv6_netmask_bits'],
  ],
};

function readAdmin(admin: YamlValue, reader: NetworkSpecReader, version: OmniaVersion): AdminPart {
  const { namesSubnet } = traitsOf(version);
  checkKeys(admin, 'admin_network', reader);
  const bits = reader.bits(admin, 'netmask_bits');
  const oimAdminIp = reader.address(admin, 'primary_oim_admin_ip');
  const address = namesSubnet ? reader.address(admin, 'subnet') : undefined;
  const network = locatedNetwork(address, bits);
  const router = reader.address(admin, 'router');
  const dynamicRange = reader.dynamicRange(admin);
  const refused = demanded(version);
  const keys = new Set([namesSubnet ? 'subnet' : 'primary_oim_admin_ip', 'netmask_bits', ...refused]);
  for (const key of keys) {
    if (!isAbsent(admin, key)) continue;
    const range = admin.get(key)?.range ?? { start: admin.range.start, end: admin.range.start };
    const message = refused.includes(key) ? messages.demanded : messages.missing;
    reader.incomplete(range, message, { key, section: 'admin_network', version });
  }
  for (const key of demandedTexts) {
    const value = admin.get(key);
    const range = value?.range ?? { start: admin.range.start, end: admin.range.start };
    if (value?.isString !== true) {
      reader.incomplete(range, messages.demandedText, { key, section: 'admin_network' });
    }
  }
  return {
    oimSubnet: locatedNetwork(oimAdminIp, bits),
    subnet: address && network && { address, network, router, dynamicRange },
    oimAdminIp,
    oimBmcIp: reader.address(admin, 'primary_oim_bmc_ip'),
    router,
    dynamicRange,
    bits,
  };
}

/** Reports keys that the schemas of all versions refuse in a network, such as mistyped ones. */
function checkKeys(network: YamlValue, section: keyof typeof knownKeys, reader: NetworkSpecReader): void {
  for (const { value: key, range } of network.keys()) {
    if (knownKeys[section].includes(key)) continue;
    reader.warn('network-spec-invalid', range, messages.unknownKey, { key, section });
  }
}

/** Undefined when one of the subnets cannot be read. */
function readAdditional(
  admin: YamlValue,
  reader: NetworkSpecReader,
  version: OmniaVersion,
): LocatedSubnet[] | undefined {
  const list = admin.get('additional_subnets');
  if (list === undefined || list.isBlank) return [];
  const items = list.items();
  if (items === undefined) {
    reader.invalid(list.range, messages.notList);
    return undefined;
  }
  const faults = reader.problems.length;
  const subnets = items.flatMap((item) => readSubnet(item, reader, version) ?? []);
  return reader.problems.slice(faults).some(({ severity }) => severity === 'error') ? undefined : subnets;
}

function readSubnet(item: YamlValue, reader: NetworkSpecReader, version: OmniaVersion): LocatedSubnet | undefined {
  if (!item.isMap) {
    reader.invalid(item.range, messages.notMap);
    return undefined;
  }
  const address = reader.address(item, 'subnet');
  const network = locatedNetwork(address, reader.bits(item, 'netmask_bits'));
  const key = ['subnet', 'netmask_bits'].find((name) => isAbsent(item, name));
  if (key !== undefined) reader.incomplete(item.range, messages.missingInSubnet, { key });
  for (const other of traitsOf(version).additionalSubnets ? ['router', 'dynamic_range'] : []) {
    const params = { key: other, section: 'additional_subnets', version };
    if (isAbsent(item, other)) reader.incomplete(item.get(other)?.range ?? item.range, messages.demanded, params);
  }
  if (address === undefined || network === undefined) return undefined;
  return { address, network, router: reader.address(item, 'router'), dynamicRange: reader.dynamicRange(item) };
}

/** `ipv4_…` and `ipv6_…` are the names after 2.3; the old ones are still accepted then. */
function readIb(
  ib: YamlValue | undefined,
  reader: NetworkSpecReader,
): Pick<LocatedSpec, 'ibIpv4' | 'ibIpv6' | 'ibBits'> {
  if (ib?.isMap !== true) return { ibIpv4: undefined, ibIpv6: undefined, ibBits: undefined };
  const ipv4 = reader.address(ib, 'ipv4_subnet') ?? reader.address(ib, 'subnet');
  const ipv4Bits = reader.bits(ib, 'ipv4_netmask_bits') ?? reader.bits(ib, 'netmask_bits');
  const ipv6 = reader.ipv6(ib, 'ipv6_subnet');
  const ipv6Bits = reader.bits(ib, 'ipv6_netmask_bits', 128);
  if (ipv4 !== undefined && isAbsent(ib, 'ipv4_netmask_bits') && isAbsent(ib, 'netmask_bits')) {
    reader.incomplete(ipv4.range, messages.missingIb, { key: 'netmask_bits' });
  }
  if (ipv6 !== undefined && isAbsent(ib, 'ipv6_netmask_bits')) {
    reader.incomplete(ipv6.range, messages.missingIb, { key: 'ipv6_netmask_bits' });
  }
  return {
    ibIpv4: locatedNetwork(ipv4, ipv4Bits),
    ibIpv6: ipv6 && ipv6Bits && { base: ipv6.value, bits: ipv6Bits.value },
    ibBits: ipv4Bits,
  };
}

function isAbsent(map: YamlValue, key: string): boolean {
  return map.get(key)?.isBlank ?? true;
}
