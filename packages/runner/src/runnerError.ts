import type { PlanProblem } from '@omnia-buildstream/core/plan/planProblems';

/** Why a stage cannot be prepared; the front ends word it. State that cannot be kept rejects with StateError instead. */
export type RunnerProblem =
  /** The mapping file has errors, so no node is touched. */
  | { readonly reason: 'mapping-errors'; readonly errors: number }
  /** What Omnia left in the project cannot be read, and nothing else tells of earlier runs. */
  | { readonly reason: 'failed-nodes'; readonly problems: readonly PlanProblem[] }
  /** No row of the mapping file has these names. */
  | { readonly reason: 'unknown-nodes'; readonly names: readonly string[] }
  /** Nobody can listen at the address to which nodes should report. */
  | { readonly reason: 'cannot-listen'; readonly host: string; readonly port: number };

export class RunnerError extends Error {
  override readonly name = 'RunnerError';
  readonly problem: RunnerProblem;

  constructor(problem: RunnerProblem, cause?: unknown) {
    super(problem.reason, { cause });
    this.problem = problem;
  }
}
