/** A kind of file next to the mapping file. */
export type BesideKind =
  | 'network'
  | 'software'
  | 'config'
  | 'catalog'
  | 'pxeBoot'
  | 'groupConfig'
  | 'cloudInit'
  | 'storage'
  | 'clusters'
  | 'highAvailability';

/** Names of the files, as Omnia has them in its input folder; the first that exists counts. */
export const besideNames: Readonly<Record<Exclude<BesideKind, 'catalog'>, readonly [string, ...string[]]>> = {
  network: ['network_spec.yml'],
  software: ['software_config.json'],
  config: ['provision_config.yml', 'orchestrator_config.yml'],
  pxeBoot: ['set_pxe_boot_config.yml'],
  groupConfig: ['functional_group_config.yml'],
  cloudInit: ['additional_cloud_init.yml'],
  storage: ['storage_config.yml'],
  clusters: ['omnia_config.yml'],
  highAvailability: ['high_availability_config.yml'],
};

export const besideKinds = Object.keys(besideNames) as readonly (keyof typeof besideNames)[];
