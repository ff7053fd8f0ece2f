import type { OimStageName } from './stages.ts';

/** Carries out the stages that the lab's BuildStreaM API accepts. */
export interface StageWork {
  deploy(run: StageRun): Promise<StageOutcome>;
  restart(run: StageRun): Promise<StageOutcome>;
  validate(run: StageRun): Promise<StageOutcome>;
}

/** One attempt of a stage. */
export interface StageRun {
  readonly jobId: string;
  readonly imageGroup: WorkImageGroup;
  /**
   * Texts of the files that the playbook finds, by name. Input files are in one folder for all jobs, so the newest
   * upload of any job counts; failed_nodes.json is the job's own (omnia.md section 7).
   */
  readonly files: ReadonlyMap<string, string>;
  /** From 1; from 2 for validate. */
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
  /**
   * For a failure: the `error_summary` of failed tests, or of a failure with its own `errorCode`. For any other failure
   * the API returns only the exit code of the playbook.
   */
  readonly summary: string;
  /** For an unusual failure: PLAYBOOK_TIMEOUT, SYSTEM_ERROR. */
  readonly errorCode?: string;
  /** `result_detail` as the API of 2.3 returns it; for validate see omnia.md section 6. */
  readonly resultDetail?: Readonly<Record<string, unknown>>;
  /** Texts by label, for `GET /jobs/…/artifacts/LABEL` if that is served: `node-results`, `failed-nodes`. */
  readonly artifacts?: Readonly<Record<string, string>>;
}

/** The part of the work that a stage's name refers to. */
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
