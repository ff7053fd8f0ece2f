import type { LabPast, LabVersion } from '@omnia-buildstream/core/lab/connection';
import type { ClusterOptions } from './options.ts';

/** How big it is, and where it listens; what is left out gets a free address or port. */
export interface ClusterSize
  extends
    Pick<ClusterOptions, 'size' | 'spare' | 'broken' | 'bootMs' | 'latencyMs' | 'afterPassed'>,
    Partial<Pick<ClusterOptions, 'network' | 'port' | 'gitlabPort' | 'apiPort'>> {
  /** How long after its end the API tells that a stage is over; at once by default. */
  readonly resultDelayMs?: number;
  /** 2.2 by default. */
  readonly omnia?: LabVersion;
  /** Whether the API hands out what became of single nodes; by default it fails over that, as it was found to do. */
  readonly servesArtifacts?: boolean;
  /** What the API has been through; nothing by default. */
  readonly past?: LabPast;
  /** The API allows one client: register it, for whoever reads lab.json. */
  readonly registersClient?: boolean;
}
