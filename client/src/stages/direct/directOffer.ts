import type { PreparedRun } from '@omnia-buildstream/core/stage/preparedStage';
import type { Check } from '@omnia-buildstream/engine/validate/check';
import type { StageRun } from '@omnia-buildstream/runner/preparedStage';
import type { StageContext } from '../stageContext.ts';
import type { FurtherQuestion, OfferedStage } from '../stageDefinition.ts';

/** How a stage that runs here is shown, in the user's language. */
export interface DirectWords {
  /** What the stage counts. */
  readonly unit: 'nodes' | 'tests';
  /** The word for a node that the stage has finished successfully. */
  readonly doneWord: () => string;
  /** The word for a step. */
  readonly stepWord: (step: string) => string;
  /** The step that all nodes begin in, if the stage works on all of them at once. */
  readonly firstStep?: string;
  /** Whether nodes without a failure are only finished when the stage ends, because it does not report them earlier. */
  readonly endsTogether?: boolean;
}

export interface StageOutcome {
  /** Counts, in a sentence. */
  readonly summary: string;
  /** Further lines, without control characters. */
  readonly notes: readonly string[];
  readonly isGood: boolean;
  /** File with all details, absolute. Undefined if there is none. */
  readonly report: string | undefined;
  /** Whether the run stopped by itself, so that the user may continue with some of the nodes. */
  readonly canNarrow?: boolean;
}

/** A prepared stage that runs here, with its texts. */
export interface DirectOffer<End> extends Pick<OfferedStage, 'notes' | 'question' | 'button'> {
  readonly standing?: readonly string[];
  /** Other ways to run the same nodes. */
  readonly others?: readonly DirectOffer<End>[];
  /** Asked after the button is pressed. */
  readonly further?: Omit<FurtherQuestion, 'without'> & { readonly without: DirectOffer<End> | undefined };
  readonly prepared: PreparedRun<StageRun, End>;
  readonly outcomeOf: (end: End) => StageOutcome | Promise<StageOutcome>;
  /** Tests to show in the Testing view. */
  readonly tests?: readonly Check[];
  /** Verifies that a successful run had the intended effect. */
  readonly verify?: (context: StageContext) => Promise<void>;
}
