import type { Obstacle } from '../stage/preparedStage.ts';

/** Why something that a person asked for is not done; each front end has one table of words for it. */
export type Problem =
  /**
   * Worded where it was found, for people and in their language: what is wrong and what to do. `arguments`: what was
   * asked for; `file`: a file or a server; `output`: where the results go; `refused`: anything else.
   */
  | { readonly kind: 'arguments' | 'file' | 'output' | 'refused'; readonly message: string }
  /** Something stands in the way of a stage. */
  | Obstacle
  /** What was shown is no longer what would happen. Nothing was sent or touched. */
  | { readonly kind: 'plan-changed' }
  /** Nobody can listen at the address to which nodes should report. */
  | { readonly kind: 'cannot-listen'; readonly host: string; readonly port: number }
  /** Nodes are to be asked by SSH, and there is no such program. */
  | { readonly kind: 'no-ssh' };

const name = 'UserError';

/**
 * The only error that is meant for people. What a server, a BMC or a disk did is an error of the package that met it.
 */
export class UserError extends Error {
  override readonly name = name;
  readonly problem: Problem;

  constructor(problem: Problem, cause?: unknown) {
    super('message' in problem ? problem.message : problem.kind, { cause });
    this.problem = problem;
  }

  get kind(): Problem['kind'] {
    return this.problem.kind;
  }
}

/** Refuses in words meant for the reader. */
export function refused(message: string): UserError {
  return new UserError({ kind: 'refused', message });
}

/** Also when it comes from another bundle, which has a class of its own. */
export function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === name && 'problem' in error;
}
