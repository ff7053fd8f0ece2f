/** The types of pipelines for the router; 2.2 has no cadence. */
export type LabPipelineType = 'build' | 'deploy' | 'cleanup' | 'cadence';

/** How Omnia lays out its GitLab project and names its jobs, by version (omnia.md section 8). */
export interface OmniaLayout {
  readonly version: '2.2' | '2.3';
  readonly types: readonly LabPipelineType[];
  /** Folder of the input files, with a trailing slash. */
  readonly input: string;
  readonly mappingFile: string;
  /** Input files that deploy and restart send, if they exist. */
  readonly uploads: readonly string[];
  /** Name of the job that chooses an image group. */
  readonly selectJob: (imageGroup: string) => string;
  /**
   * Whether the input files are those of the branch and not those of the pipeline's commit. Reading the branch needs
   * GITLAB_API_TOKEN; without it, those of the commit are used silently.
   */
  readonly refreshes: boolean;
  /** Whether restart continues if its files are refused. */
  readonly restartsWithoutFiles: boolean;
  /** Whether a failed job reports state and attempt of its stage. */
  readonly tellsAttempt: boolean;
}

export const omniaLayouts: Readonly<Record<OmniaLayout['version'], OmniaLayout>> = {
  '2.2': {
    version: '2.2',
    types: ['build', 'deploy', 'cleanup'],
    input: 'input/',
    mappingFile: 'input/pxe_mapping_file.csv',
    uploads: [
      'local_repo_config.yml',
      'network_spec.yml',
      'provision_config.yml',
      'pxe_mapping_file.csv',
      'storage_config.yml',
      'telemetry_config.yml',
      'security_config.yml',
      'high_availability_config.yml',
      'omnia_config.yml',
      'build_stream_config.yml',
    ],
    selectJob: (id) => `select_${id.replaceAll(/[-/ ]/g, '_')}`,
    refreshes: false,
    restartsWithoutFiles: true,
    tellsAttempt: false,
  },
  '2.3': {
    version: '2.3',
    types: ['build', 'deploy', 'cleanup', 'cadence'],
    input: 'input/orchestrator/',
    mappingFile: 'input/orchestrator/pxe_mapping_file.csv',
    uploads: [
      'omnia_config.yml',
      'orchestrator_config.yml',
      'network_spec.yml',
      'security_config.yml',
      'storage_config.yml',
      'high_availability_config.yml',
      'additional_cloud_init.yml',
      'pxe_mapping_file.csv',
      'set_pxe_boot_config.yml',
    ],
    selectJob: (id) => id,
    refreshes: true,
    restartsWithoutFiles: false,
    tellsAttempt: true,
  },
};
