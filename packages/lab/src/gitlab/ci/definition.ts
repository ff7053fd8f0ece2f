import type { JobArtifacts } from './handler.ts';

/** A job as a pipeline's YAML declares it. */
export interface JobDefinition {
  readonly kind: 'job';
  readonly name: string;
  readonly stage: string;
  readonly when: 'on_success' | 'manual' | 'always';
  readonly allowFailure: boolean;
  /** Jobs whose artifacts it uses; it fails if they have expired. */
  readonly dependencies?: readonly string[];
}

/** A trigger job with `strategy: depend`. */
export interface BridgeDefinition {
  readonly kind: 'bridge';
  readonly name: string;
  readonly stage: string;
  readonly when: 'on_success' | 'manual';
  readonly allowFailure: boolean;
  /** Jobs whose artifacts it uses. */
  readonly dependencies?: readonly string[];
  /** Creates the child pipeline from the artifacts of the pipeline's earlier jobs. Undefined if that is impossible. */
  readonly child: (artifactsOf: (job: string) => JobArtifacts | undefined) => PipelineDefinition | undefined;
}

export interface PipelineDefinition {
  /** In order. */
  readonly stages: readonly string[];
  readonly jobs: readonly (JobDefinition | BridgeDefinition)[];
}

/** What triggers a pipeline. */
export interface PipelineEvent {
  readonly source: 'push' | 'api' | 'web';
  readonly ref: string;
  readonly sha: string;
  readonly variables: ReadonlyMap<string, string>;
  readonly changedPaths: readonly string[];
  readonly username: string;
}

/** The `.gitlab-ci.yml` of a project: which jobs an event creates. Undefined if its rules match nothing. */
export type Router = (event: PipelineEvent) => PipelineDefinition | undefined;
