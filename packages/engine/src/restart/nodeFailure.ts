import { phrase, together, type Said } from '@omnia-buildstream/core/text/phrase';
import { SaidError, saidOf } from '@omnia-buildstream/core/text/saidError';
import { BmcError } from '../ports/bmc.ts';
import { DeadlineError } from '../time/deadline.ts';
import type { FailureKind } from '@omnia-buildstream/core/restart/failureKind';
import { failureOf, stepRules, type RestartStep } from './steps.ts';
import { stepTexts } from './stepTexts.ts';

/** A node fails: caught where its result is made, so it never leaves the engine. */
export class NodeFailure extends SaidError {
  readonly step: RestartStep;
  readonly reason: FailureKind;

  constructor(step: RestartStep, reason: FailureKind, said: Said) {
    super(said);
    this.name = 'NodeFailure';
    this.step = step;
    this.reason = reason;
  }
}

/** A node is left untried: its credentials were refused elsewhere, or somebody's jobs are running on it. */
export class NodeLeft extends SaidError {
  readonly reason: 'credentials-refused' | 'busy';

  constructor(reason: NodeLeft['reason'], said: Said) {
    super(said);
    this.name = 'NodeLeft';
    this.reason = reason;
  }
}

interface LastSeen {
  /** The response after which it was tried again until the time was over. */
  readonly last?: BmcError | undefined;
  /** The state before, for people; empty: none. */
  readonly seen?: Said;
}

/** What an error means for the node. If its time is over, it is what was seen last. */
export function nodeFailureOf(step: RestartStep, error: unknown, { last, seen = '' }: LastSeen = {}): Error {
  if (error instanceof NodeFailure || error instanceof NodeLeft) return error;
  if (error instanceof DeadlineError) {
    const reason = last === undefined ? stepRules[step].late : failureOf(step, last.reason);
    return new NodeFailure(step, reason, together([error.said, lastSeen(last?.said ?? seen)], '; '));
  }
  if (BmcError.is(error, 'credentials-refused')) return new NodeLeft('credentials-refused', error.said);
  if (error instanceof BmcError) return new NodeFailure(step, failureOf(step, error.reason), error.said);
  return error instanceof Error ? error : new Error(String(error));
}

/** Empty for nothing. */
export function lastSeen(what: Said): Said {
  return what === '' ? '' : phrase(stepTexts.lastSeen, { what });
}

/** How a node that was begun ends; an unknown kind of error is `unexpected`. */
export function endOf(error: unknown): { step: RestartStep | undefined; reason: FailureKind; detail: Said } {
  if (error instanceof NodeFailure) return { step: error.step, reason: error.reason, detail: error.said };
  return { step: undefined, reason: 'unexpected', detail: saidOf(error) };
}
