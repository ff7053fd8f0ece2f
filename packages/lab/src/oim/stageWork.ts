import type { OimStageName } from './stages.ts';

/** What carries out the stages that the lab's BuildStreaM API accepts. */
export interface StageWork {
  deploy(run: StageRun): Promise<StageOutcome>;
  restart(run: StageRun): Promise<StageOutcome>;
  validate(run: StageRun): Promise<StageOutcome>;
}

/** One attempt of a stage. */
export interface StageRun {
  readonly jobId: string;
  readonly imageGroup: WorkImageGroup;
  /** Texts of the files that were uploaded to the job, by name; a later upload replaces an earlier one. */
  readonly files: ReadonlyMap<string, string>;
  /** From 1. */
  readonly attempt: number;
  /** Adds a line to the log of the attempt. */
  write(line: string): void;
  /** Aborts when the lab stops. */
  readonly signal: AbortSignal;
}

export interface WorkImageGroup {
  readonly id: string;
  readonly images: readonly { readonly role: string; readonly name: string }[];
}

export interface StageOutcome {
  readonly succeeded: boolean;
  /** For a failure: what `error_summary` says. */
  readonly summary: string;
  /** For a failure; PLAYBOOK_FAILED by default. */
  readonly errorCode?: string;
  /** As the API hands it out in `result_detail`; validate: omnia.md section 6. */
  readonly resultDetail?: Readonly<Record<string, unknown>>;
}

/** The part of the work that a stage's name means. */
export function workOf(work: StageWork, stage: OimStageName, run: StageRun): Promise<StageOutcome> {
  switch (stage) {
    case 'deploy':
      return work.deploy(run);
    case 'restart':
      return work.restart(run);
    case 'validate':
      return work.validate(run);
  }
}
