import type { Said } from '@omnia-buildstream/core/text/phrase';
import type { TestCase } from '@omnia-buildstream/core/testReport/types';
import type { StageNote } from '../stage/events.ts';

/** One way to test a cluster; the stage runs several in turn. */
export interface Validator {
  /** Tests that are known in advance. */
  readonly count: number;
  /**
   * Reports each test once as it ends. Ends early when the signal aborts, and then also reports the tests that it did
   * not reach. Rejects only when results cannot be kept.
   */
  run(tell: ValidatorOutput, signal: AbortSignal): Promise<void>;
}

export interface ValidatorOutput {
  /** @param said what the message says, where it is ours */
  readonly finished: (test: TestCase, said?: Said) => void;
  readonly note: (level: StageNote['level'], said: Said) => void;
}
