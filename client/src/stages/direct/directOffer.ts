import type { PreparedRun } from '@omnia-buildstream/core/stage/preparedStage';
import type { Check } from '@omnia-buildstream/engine/validate/check';
import type { StageRun } from '@omnia-buildstream/runner/preparedStage';
import type { StageContext } from '../stageContext.ts';
import type { FurtherQuestion, OfferedStage } from '../stageDefinition.ts';

/** How a stage from here is shown, in the user's language. */
export interface DirectWords {
  /** What it counts. */
  readonly unit: 'nodes' | 'tests';
  /** What a node is that the stage has finished with success. */
  readonly doneWord: () => string;
  /** What a step is called. */
  readonly stepWord: (step: string) => string;
  /** The step that all nodes are in from the beginning, of a stage that works on all of them at once. */
  readonly firstStep?: string;
  /** Nodes without a fault are finished when the stage is: it says nothing of them before. */
  readonly endsTogether?: boolean;
}

export interface StageOutcome {
  /** Counts, in a sentence. */
  readonly summary: string;
  /** What else there is to say, without control characters. */
  readonly notes: readonly string[];
  readonly isGood: boolean;
  /** File with all details, absolute; undefined when there is none. */
  readonly report: string | undefined;
  /** The run stopped by itself: the user may go on with some of the nodes. */
  readonly canNarrow?: boolean;
}

/** A prepared stage from here, with its words. */
export interface DirectOffer<End> extends Pick<OfferedStage, 'notes' | 'question' | 'button'> {
  readonly standing?: readonly string[];
  /** The same nodes run in another way. */
  readonly others?: readonly DirectOffer<End>[];
  /** Asked after its button was pressed. */
  readonly further?: Omit<FurtherQuestion, 'without'> & { readonly without: DirectOffer<End> | undefined };
  readonly prepared: PreparedRun<StageRun, End>;
  readonly outcomeOf: (end: End) => StageOutcome | Promise<StageOutcome>;
  /** Those that the view Testing shows. */
  readonly tests?: readonly Check[];
  /** Looks whether a good end came to what was meant. */
  readonly verify?: (context: StageContext) => Promise<void>;
}
