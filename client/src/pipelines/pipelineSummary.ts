/** What the Status view knows of GitLab, as data: the bundle that talks to GitLab makes it. */
export interface PipelineSummary {
  /** Path of the project, and host of its server. */
  readonly project: string;
  readonly host: string;
  /** When GitLab answered last, milliseconds since the epoch; undefined: not yet. */
  readonly answeredMs: number | undefined;
  /** At least two looks in a row got no answer. */
  readonly isSilent: boolean;
  /** The newest pipeline whose jobs are known; undefined: none. */
  readonly run: RunSummary | undefined;
}

export interface RunSummary {
  readonly pipelineId: number;
  /** In the user's language. */
  readonly state: string;
  readonly image: string | undefined;
  /** Image, deploy, restart, validate, as far as the pipeline has them. */
  readonly stages: readonly StageState[];
  /** Undefined: its restart is not over, or nothing tells. */
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

/** What a run came to on its nodes, as its list of failed nodes tells. */
export interface FailedCount {
  readonly failed: number;
  /** How many nodes the run restarted; undefined: the list does not tell. */
  readonly tried: number | undefined;
}

/** What to do next, in words, and the command that does it. */
export interface NextStep {
  readonly text: string;
  readonly command: string;
  readonly args: readonly unknown[];
}
