import type { LabVersion } from '@omnia-buildstream/core/lab/connection';

/** What differs between the clusters of the versions, apart from pipelines and API. */
export interface LabKind {
  /** Each has an image for every role of the cluster; IDs of 2.3 end in a version. */
  readonly imageGroups: readonly [string, ...string[]];
  /** OS release in the names of roles. Undefined if they have none. */
  readonly osRelease: string | undefined;
  /** Whether the name of an image lists all folders of its role in S3. */
  readonly joinsFolders: boolean;
  /**
   * Whether failed_nodes.json names its job and has a `message` per node; otherwise it is the list of 2.3's PXE boot.
   */
  readonly listNamesJob: boolean;
}

export const labKinds: Readonly<Record<LabVersion, LabKind>> = {
  '2.2': {
    imageGroups: ['rhel-10-r1', 'rhel-10-r2'],
    osRelease: undefined,
    joinsFolders: false,
    listNamesJob: true,
  },
  '2.3': {
    imageGroups: ['rhel10-lab-v1.0', 'rhel10-lab-v1.1'],
    osRelease: 'rhel_10_0',
    joinsFolders: true,
    listNamesJob: false,
  },
};
