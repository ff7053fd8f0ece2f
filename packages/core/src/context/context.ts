import type { Ipv4Network } from '../mapping/addresses.ts';

/** First and last address, both included, as unsigned 32-bit numbers. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

export interface AdminSubnet {
  readonly network: Ipv4Network;
  /** False when `subnet` has host bits set: 2.3 then ignores the subnet, 2.2 drops the bits. */
  readonly strict: boolean;
  readonly router: number | undefined;
  readonly dynamicRange: AddressRange | undefined;
}

/** What network_spec.yml says, as far as the mapping file depends on it (omnia.md section 2). Addresses are numbers. */
export interface NetworkSpec {
  /** Primary OIM admin address and `netmask_bits`: the primary subnet of 2.1 and 2.2. */
  readonly oimSubnet: Ipv4Network | undefined;
  /** `subnet` and `netmask_bits`: the primary subnet of 2.3. */
  readonly subnet: AdminSubnet | undefined;
  readonly additional: readonly AdminSubnet[];
  readonly oimAdminIp: number | undefined;
  readonly oimBmcIp: number | undefined;
  readonly router: number | undefined;
  readonly dynamicRange: AddressRange | undefined;
  readonly ibIpv4: Ipv4Network | undefined;
  readonly ibIpv6: { readonly base: readonly number[]; readonly bits: number } | undefined;
}

/** Facts from outside the mapping file. An absent one is unknown: the checks that need it are skipped. */
export interface ValidationContext {
  readonly network?: NetworkSpec;
  /** Where Omnia's share lies (`omnia_share_option` of the OIM metadata). */
  readonly share?: 'nfs' | 'local';
  /** `dns_enabled` of provision_config.yml or orchestrator_config.yml. */
  readonly dnsEnabled?: boolean;
  /** Names in `softwares` of software_config.json. */
  readonly software?: ReadonlySet<string>;
  /** Names in `catalog.functionallayer` of the catalog. */
  readonly catalog?: ReadonlySet<string>;
  /** Functional groups that functional_group_config.yml has settings for. */
  readonly groupConfig?: readonly string[];
  /** Functional groups that additional_cloud_init.yml has parts for. */
  readonly cloudInitGroups?: readonly string[];
  /** GROUP_NAMEs that storage_config.yml mounts something for. */
  readonly storageGroups?: readonly string[];
  /** `pod_external_ip_range` of the Kubernetes cluster that is deployed. */
  readonly podRange?: AddressRange;
  /** `virtual_ip_address` of its control planes. */
  readonly virtualIp?: number;
}

export type ContextKey = keyof ValidationContext;

/** Facts that every project has; for the others a missing file is not worth mentioning. */
export const expectedFacts = ['network', 'share', 'dnsEnabled', 'software', 'catalog'] as const;
export type ExpectedFact = (typeof expectedFacts)[number];
