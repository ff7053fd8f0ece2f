/** Files that the deploy stage is given, where they lie in the GitLab project (omnia.md section 5). */
export interface InputLayout {
  readonly folder: string;
  readonly names: readonly string[];
}

const shared = [
  'network_spec.yml',
  'pxe_mapping_file.csv',
  'storage_config.yml',
  'security_config.yml',
  'high_availability_config.yml',
  'omnia_config.yml',
];

/** 2.3 first: a project that has its folder is one of 2.3. */
export const inputLayouts: readonly [InputLayout, InputLayout] = [
  {
    folder: 'input/orchestrator',
    names: [...shared, 'orchestrator_config.yml', 'additional_cloud_init.yml', 'set_pxe_boot_config.yml'],
  },
  {
    folder: 'input',
    names: [
      ...shared,
      'local_repo_config.yml',
      'provision_config.yml',
      'telemetry_config.yml',
      'build_stream_config.yml',
    ],
  },
];

/** Omnia's name for the mapping file; another file that replaces it is uploaded under this name. */
export const mappingName = 'pxe_mapping_file.csv';
