/** What the Status view shows about GitLab, as data created by the bundle that talks to GitLab. */
export interface PipelineSummary {
  /** Path of the project, and host of its server. */
  readonly project: string;
  readonly host: string;
  /** When GitLab last answered, milliseconds since the epoch. Undefined if it has not answered yet. */
  readonly answeredMs: number | undefined;
  /** Whether at least two looks in a row got no answer. */
  readonly isSilent: boolean;
  /** The newest pipeline whose jobs are known. Undefined if there is none. */
  readonly run: RunSummary | undefined;
}

export interface RunSummary {
  readonly pipelineId: number;
  /** In the user's language. */
  readonly state: string;
  readonly image: string | undefined;
  /** Image, deploy, restart, validate, as far as the pipeline has them. */
  readonly stages: readonly StageState[];
  /** Undefined if its restart is not over, or if the number is unknown. */
  readonly failed: FailedCount | undefined;
  readonly next: NextStep | undefined;
}

/** Title and state in the user's language. */
export interface StageState {
  readonly title: string;
  readonly state: string;
  /** The state as one character. */
  readonly sign: string;
}

/** Result of a run on its nodes, according to its failed nodes list. */
export interface FailedCount {
  readonly failed: number;
  /** How many nodes the run restarted. Undefined if the list does not show it. */
  readonly tried: number | undefined;
}

/** What to do next, in words, and the command that does it. */
export interface NextStep {
  readonly text: string;
  readonly command: string;
  readonly args: readonly unknown[];
}
