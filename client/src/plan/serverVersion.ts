import type { FileVersion } from '@omnia-buildstream/core/nodes/compareNodes';

/** The mapping file of the branch in GitLab that is deployed from. */
export interface ServerVersion {
  /** Whether somebody is signed in, so that nobody is asked to. */
  isKnown(): Promise<boolean>;
  /** Undefined without a project, or a mapping file in it. Rejects when the server cannot be read. */
  read(): Promise<FileVersion | undefined>;
}
