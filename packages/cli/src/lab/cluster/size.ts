import type { ClusterOptions } from './options.ts';

/** How big it is, and where it listens; what is left out gets a free address or port. */
export interface ClusterSize
  extends
    Pick<ClusterOptions, 'size' | 'spare' | 'broken' | 'bootMs' | 'latencyMs' | 'afterPassed'>,
    Partial<Pick<ClusterOptions, 'network' | 'port' | 'gitlabPort' | 'apiPort'>> {
  /** How long after its end the API tells that a stage is over; at once by default. */
  readonly resultDelayMs?: number;
  /** The API allows one client: register it, for whoever reads lab.json. */
  readonly registersClient?: boolean;
}
