import { everywhere, levels, type Levels } from '../mapping/versions.ts';

/**
 * Every code of a fault in the files next to the mapping file, with the most serious level that occurs in each version.
 * If a file's level is not an error, the mapping file is checked without it, however broken it is.
 */
export const contextCodes = {
  'network-spec-invalid': everywhere('error'),
  'network-spec-incomplete': everywhere('warning'),
  'network-spec-range-order': everywhere('warning'),
  'network-spec-range-outside': everywhere('warning'),
  'network-spec-router-outside': everywhere('warning'),
  'network-spec-oim-in-range': everywhere('warning'),
  'network-spec-same-oim': everywhere('warning'),
  'network-spec-oim-outside': levels({ '2.3': 'warning' }),
  'network-spec-overlap': everywhere('warning'),
  'network-spec-ib-netmask': levels({ '2.1': 'warning', '2.3': 'off' }),
  'network-spec-ib-count': everywhere('warning'),
  'network-spec-host-bits': levels({ '2.3': 'warning' }),
  'provision-config-invalid': everywhere('error'),
  'pxe-boot-config-invalid': levels({ '2.3': 'warning' }),
  'group-config-invalid': levels({ '2.3': 'warning' }),
  'cloud-init-invalid': levels({ '2.2': 'warning' }),
  'storage-config-invalid': levels({ '2.2': 'warning' }),
  'cluster-config-invalid': everywhere('warning'),
  'software-config-invalid': everywhere('error'),
  'catalog-invalid': everywhere('error'),
} as const satisfies Readonly<Record<string, Levels>>;

export type ContextCode = keyof typeof contextCodes;
