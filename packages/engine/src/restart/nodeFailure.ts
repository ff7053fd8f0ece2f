import { BmcError } from '../ports/bmc.ts';
import { DeadlineError } from '../time/deadline.ts';
import type { FailureKind } from './failure.ts';
import { failureOf, stepRules, type RestartStep } from './steps.ts';

/** A node fails: caught where its result is made, so it never leaves the engine. */
export class NodeFailure extends Error {
  readonly step: RestartStep;
  readonly reason: FailureKind;

  constructor(step: RestartStep, reason: FailureKind, detail: string) {
    super(detail);
    this.name = 'NodeFailure';
    this.step = step;
    this.reason = reason;
  }
}

/** A node is left untried, because its credentials were refused elsewhere. */
export class NodeLeft extends Error {
  readonly reason = 'credentials-refused';

  constructor(detail: string) {
    super(detail);
    this.name = 'NodeLeft';
  }
}

/** What an error means for the node. `last` is the answer that was tried again until the time was over. */
export function nodeFailureOf(step: RestartStep, error: unknown, last?: BmcError): Error {
  if (error instanceof NodeFailure || error instanceof NodeLeft) return error;
  if (error instanceof DeadlineError) {
    if (last !== undefined) return new NodeFailure(step, failureOf(step, last.reason), last.message);
    return new NodeFailure(step, stepRules[step].late, error.message);
  }
  if (BmcError.is(error, 'credentials-refused')) return new NodeLeft(error.message);
  if (error instanceof BmcError) return new NodeFailure(step, failureOf(step, error.reason), error.message);
  return error instanceof Error ? error : new Error(String(error));
}
