import type { BridgeDefinition, JobDefinition, PipelineDefinition } from './definition.ts';
import type { JobArtifacts } from './handler.ts';

/** Statuses that the lab uses, a subset of GitLab's. */
export type LabStatus = 'created' | 'pending' | 'running' | 'success' | 'failed' | 'skipped' | 'manual';

interface LabProcessable {
  readonly id: number;
  readonly pipeline: LabPipeline;
  status: LabStatus;
  readonly created: Date;
  started: Date | undefined;
  finished: Date | undefined;
  /** Whether a newer try exists. */
  isRetried: boolean;
  username: string;
  failureReason: string | undefined;
}

export interface LabJob extends LabProcessable {
  readonly kind: 'job';
  readonly definition: JobDefinition;
  readonly attempt: number;
  readonly trace: Buffer[];
  /** From Play. */
  variables: ReadonlyMap<string, string>;
  artifacts: JobArtifacts | undefined;
  artifactsExpire: Date | undefined;
}

export interface LabBridge extends LabProcessable {
  readonly kind: 'bridge';
  readonly definition: BridgeDefinition;
  child: LabPipeline | undefined;
}

export interface LabPipeline {
  readonly id: number;
  readonly iid: number;
  readonly definition: PipelineDefinition;
  readonly source: 'push' | 'api' | 'web' | 'parent_pipeline';
  readonly ref: string;
  readonly sha: string;
  readonly username: string;
  readonly variables: ReadonlyMap<string, string>;
  /** The trigger job that created it. */
  readonly parent: LabBridge | undefined;
  /** All tries, oldest first. */
  readonly jobs: (LabJob | LabBridge)[];
  status: LabStatus;
  hasWarnings: boolean;
  readonly created: Date;
  updated: Date;
  started: Date | undefined;
  finished: Date | undefined;
}

/** The newest tries. */
export function latest(pipeline: LabPipeline): (LabJob | LabBridge)[] {
  return pipeline.jobs.filter(({ isRetried }) => !isRetried);
}

export function isOver(status: LabStatus): boolean {
  return status === 'success' || status === 'failed' || status === 'skipped';
}
