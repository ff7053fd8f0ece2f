import type { LabVersion } from '@omnia-buildstream/core/lab/connection';

/** What differs between the clusters of the versions, besides pipelines and API. */
export interface LabKind {
  /** Each has an image for every role of the cluster; ids of 2.3 end in a version. */
  readonly imageGroups: readonly [string, ...string[]];
  /** In the names of roles; undefined: none. */
  readonly osRelease: string | undefined;
  /** Whether the name of an image has all folders of its role in S3. */
  readonly joinsFolders: boolean;
  /** Whether failed_nodes.json names its job, with `message` for each node; else it is the one of the PXE boot of 2.3. */
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
