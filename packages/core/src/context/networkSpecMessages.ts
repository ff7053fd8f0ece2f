/** Every text about network_spec.yml. */
export const networkSpecMessages = {
  notYaml: 'network_spec.yml is not valid YAML: {reason}',
  noNetworks: 'network_spec.yml has no list "Networks".',
  networksMap: '"Networks" is a mapping. Expected a list: begin each network with "- ".',
  noAdminNetwork: '"Networks" has no entry with the mapping "admin_network".',
  noNetwork: '{key} is not a network. Omnia refuses the file.',
  besideAdmin:
    '{key} is beside admin_network. Omnia refuses the file and reads none of its subnets: indent it so that it is part of admin_network.',
  sharedEntry: '{key} is in the same entry as another network. Omnia refuses the file: begin each network with "- ".',
  missing: '{key} is missing in {section}. Without it the admin addresses of the mapping file cannot be checked.',
  demanded: '{key} is missing in {section}. Omnia {version} refuses the file.',
  missingInSubnet: '{key} is missing in this additional subnet, so the subnet is left out of all checks.',
  missingIb: '{key} is missing in ib_network, so InfiniBand addresses are not checked.',
  badAddress: '{key} is {value}, which is not a valid IPv4 address.',
  badIpv6: '{key} is {value}, which is not a valid IPv6 address.',
  badNetmask: '{key} is {value}. Expected a whole number from 1 to {most}.',
  badRange: 'dynamic_range is {value}. Expected two IPv4 addresses, such as 10.5.0.100-10.5.0.200.',
  notScalar: '{key} must be a single value.',
  notList: 'additional_subnets must be a list.',
  notMap: 'Each additional subnet must be a mapping with subnet and netmask_bits.',
  rangeOrder: 'dynamic_range begins after it ends. Omnia refuses the file.',
  rangeOutside: 'dynamic_range is outside {network}. Omnia refuses the file.',
  oimInRange: '{key} is in dynamic_range. Omnia refuses the file.',
  oimOutside: 'primary_oim_admin_ip is outside {network}. Omnia refuses the file.',
  sameOim: 'primary_oim_bmc_ip is the same as primary_oim_admin_ip. Omnia refuses the file.',
  routerOutside: 'router is outside {network}.',
  routerRefused: 'router is outside {network}. Omnia {version} refuses the file.',
  ibNetmask:
    'netmask_bits of ib_network is {value}, but that of admin_network is {wanted}. Omnia {version} refuses the file unless both are the same.',
  furtherIb: 'There is already an ib_network. Omnia documents one at most, and it is unknown which of them applies.',
  overlap: '{network} overlaps {other}. Omnia refuses the file.',
  ibOverlap:
    'The InfiniBand network {network} overlaps the admin network {other}. Omnia refuses the file; 2.1 and 2.2 only if its first address is inside.',
  hostBits:
    '{value} is not a network address with {bits} netmask bits (that is {network}). Omnia {version} refuses the file, and its check of the mapping file leaves the subnet out.',
} as const;
