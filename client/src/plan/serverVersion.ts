import type { FileVersion } from '@omnia-buildstream/core/nodes/compareNodes';

/** The mapping file of the branch in GitLab that is deployed. */
export interface ServerVersion {
  /** Whether the user is signed in; otherwise this version is not offered, so that nobody is asked to sign in. */
  isKnown(): Promise<boolean>;
  /** Undefined without a project, or without a mapping file in it. Rejects if the server cannot be read. */
  read(): Promise<FileVersion | undefined>;
}
