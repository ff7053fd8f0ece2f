/** The BuildStreaM API of one Omnia version: the differences between versions, as data (omnia.md section 7). */
export interface OimGeneration {
  readonly version: '2.2' | '2.3';
  /** Stages of a new job. */
  readonly stages: readonly string[];
  /** Names that an upload may have. */
  readonly inputFiles: readonly string[];
  /** Whether a stage has the fields that the other version lacks. */
  readonly tellsDetails: boolean;
  /** Whether a failed stage makes its image group FAILED; otherwise the group does not change. */
  readonly failsGroup: boolean;
  /** Text after "Playbook exited with code 2". */
  readonly logHint: string;
}

export const oimGenerations: Readonly<Record<OimGeneration['version'], OimGeneration>> = {
  '2.2': {
    version: '2.2',
    stages: [
      'build-image-aarch64',
      'build-image-x86_64',
      'create-local-repository',
      'deploy',
      'generate-input-files',
      'parse-catalog',
      'restart',
      'upload',
      'validate',
    ],
    inputFiles: [
      'build_stream_config.yml',
      'failed_nodes.json',
      'high_availability_config.yml',
      'local_repo_config.yml',
      'network_spec.yml',
      'omnia_config.yml',
      'provision_config.yml',
      'pxe_mapping_file.csv',
      'security_config.yml',
      'storage_config.yml',
      'telemetry_config.yml',
    ],
    tellsDetails: false,
    failsGroup: false,
    logHint: '',
  },
  '2.3': {
    version: '2.3',
    stages: ['build-image', 'create-local-repository', 'deploy', 'parse-catalog', 'restart', 'upload', 'validate'],
    inputFiles: [
      'additional_cloud_init.yml',
      'build_stream_config.yml',
      'catalog_rhel.json',
      'failed_nodes.json',
      'high_availability_config.yml',
      'image_build_config.yml',
      'local_repo_config.yml',
      'network_spec.yml',
      'omnia.env',
      'omnia_config.yml',
      'orchestrator_config.yml',
      'package_groups.yml',
      'provision_config.yml',
      'pxe_mapping_file.csv',
      'repo_manager_config.yml',
      'repo_manager_endpoint_config.yml',
      'security_config.yml',
      'set_pxe_boot_config.yml',
      'storage_config.yml',
      'telemetry_config.yml',
      'telemetry_storage_config.yml',
    ],
    tellsDetails: true,
    failsGroup: true,
    logHint: '. Check playbook logs at /var/log/omnia/orchestrator/ for details.',
  },
};
