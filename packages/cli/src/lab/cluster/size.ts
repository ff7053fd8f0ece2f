import type { LabPast, LabVersion } from '@omnia-buildstream/core/lab/connection';
import type { ClusterOptions } from './options.ts';

/** How big it is, and where it listens; what is left out gets a free address or port. */
export interface ClusterSize
  extends
    Pick<ClusterOptions, 'size' | 'spare' | 'broken' | 'bootMs' | 'latencyMs' | 'afterPassed'>,
    Partial<Pick<ClusterOptions, 'network' | 'port' | 'gitlabPort' | 'apiPort'>> {
  /** How long after the end of a stage the API reports that it is over; immediately by default. */
  readonly resultDelayMs?: number;
  /** 2.2 by default. */
  readonly omnia?: LabVersion;
  /** Whether the API returns what became of single nodes; by default it fails to, as was observed. */
  readonly servesArtifacts?: boolean;
  /** What the API has been through; nothing by default. */
  readonly past?: LabPast;
  /** The API allows one client: register it, for readers of lab.json. */
  readonly registersClient?: boolean;
}
