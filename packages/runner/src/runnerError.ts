import type { Obstacle } from '@omnia-buildstream/core/stage/preparedStage';

/** Why a stage is not run; the front ends word it. State that cannot be kept rejects with StateError instead. */
export type RunnerProblem =
  | Obstacle
  /** What was shown is not what would happen any more. Nothing was sent or touched. */
  | { readonly kind: 'plan-changed' }
  /** Nobody can listen at the address to which nodes should report. */
  | { readonly kind: 'cannot-listen'; readonly host: string; readonly port: number };

export class RunnerError extends Error {
  override readonly name = 'RunnerError';
  readonly problem: RunnerProblem;

  constructor(problem: RunnerProblem, cause?: unknown) {
    super(problem.kind, { cause });
    this.problem = problem;
  }
}
