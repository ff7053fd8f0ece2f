import { BmcError } from '../ports/bmc.ts';
import { DeadlineError } from '../time/deadline.ts';
import type { FailureKind } from '@omnia-buildstream/core/restart/failureKind';
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

interface LastSeen {
  /** The answer that was tried again until the time was over. */
  readonly last?: BmcError | undefined;
  /** The state before, for people; empty: none. */
  readonly seen?: string;
}

/** What an error means for the node. When its time is over it is what was last seen. */
export function nodeFailureOf(step: RestartStep, error: unknown, { last, seen = '' }: LastSeen = {}): Error {
  if (error instanceof NodeFailure || error instanceof NodeLeft) return error;
  if (error instanceof DeadlineError) {
    const reason = last === undefined ? stepRules[step].late : failureOf(step, last.reason);
    const what = last?.message ?? seen;
    return new NodeFailure(step, reason, what === '' ? error.message : `${error.message}; last seen: ${what}`);
  }
  if (BmcError.is(error, 'credentials-refused')) return new NodeLeft(error.message);
  if (error instanceof BmcError) return new NodeFailure(step, failureOf(step, error.reason), error.message);
  return error instanceof Error ? error : new Error(String(error));
}
