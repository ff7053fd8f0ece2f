import type { JobArtifacts } from './handler.ts';

/** A job as a pipeline's YAML declares it. */
export interface JobDefinition {
  readonly kind: 'job';
  readonly name: string;
  readonly stage: string;
  readonly when: 'on_success' | 'manual' | 'always';
  readonly allowFailure: boolean;
  /** Jobs whose artifacts it takes; it fails when they have expired. */
  readonly dependencies?: readonly string[];
}

/** A trigger job with `strategy: depend`. */
export interface BridgeDefinition {
  readonly kind: 'bridge';
  readonly name: string;
  readonly stage: string;
  readonly when: 'on_success' | 'manual';
  readonly allowFailure: boolean;
  /** Jobs whose artifacts it takes. */
  readonly dependencies?: readonly string[];
  /** The child pipeline, from the artifacts of the pipeline's earlier jobs; undefined: it cannot be created. */
  readonly child: (artifactsOf: (job: string) => JobArtifacts | undefined) => PipelineDefinition | undefined;
}

export interface PipelineDefinition {
  /** In their order. */
  readonly stages: readonly string[];
  readonly jobs: readonly (JobDefinition | BridgeDefinition)[];
}

/** Why a pipeline is wanted. */
export interface PipelineEvent {
  readonly source: 'push' | 'api' | 'web';
  readonly ref: string;
  readonly sha: string;
  readonly variables: ReadonlyMap<string, string>;
  readonly changedPaths: readonly string[];
  readonly username: string;
}

/** The `.gitlab-ci.yml` of a project: which jobs an event creates, none when its rules match nothing. */
export type Router = (event: PipelineEvent) => PipelineDefinition | undefined;
