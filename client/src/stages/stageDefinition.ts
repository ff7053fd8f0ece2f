import type { Answer } from '@omnia-buildstream/core/history/historyRecord';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import type { OtherPlace } from '@omnia-buildstream/runner/others/othersAtWork';
import type { StageContext } from './stageContext.ts';
import type { StopSwitch } from './session/stopSwitch.ts';
import type { EditorBackend, Limited } from './editorBackends.ts';
import type { StageRequest } from './taskDefinition.ts';

/** A stage of one backend as the editor offers it: an entry of the stage table. */
export interface StageDefinition {
  readonly name: StageName;
  readonly backend: EditorBackend;
  /** In the user's language, for a menu of this backend's stages. */
  readonly title: () => string;
  readonly description: () => string;
  /** Distinct among the stages of all backends, for a task or the head of a terminal. */
  readonly fullTitle: () => string;
  /** Asks the user for what the plan needs. @throws UserError */
  readonly open: (context: StageContext, request: StageRequest) => Promise<OpenStage>;
}

/** A backend as the editor offers it. */
export interface BackendDefinition {
  /** In the order in which they run. */
  readonly stages: readonly StageDefinition[];
  readonly label: () => string;
  readonly detail: () => string;
  /** Asks for one of these stages and for what it needs. Undefined if the user cancels. @throws UserError */
  readonly ask: (
    context: StageContext,
    limited: Limited,
    stages: readonly StageDefinition[],
  ) => Promise<StageRequest | undefined>;
}

/** A stage whose state folder or server is known, ready to be planned. */
export interface OpenStage {
  /** A state folder, or the address of the server. It has one run at a time. */
  readonly place: string;
  /** The management server runs the stage. Stopping only ends the progress display. */
  readonly isFollowing: boolean;
  /** Plans the stage. Sends and changes nothing. @throws UserError, StateError */
  readonly prepare: (stop: AbortSignal) => Promise<OfferedStage>;
}

/** A prepared stage in the user's language. It is shown, confirmed, run, and closed. */
export interface OfferedStage extends StageWay {
  readonly plan: StagePlan & { readonly isNothing: boolean; readonly asks: boolean };
  /** Notes that are the same for every run. Shown in the plan and the terminal. */
  readonly standing: readonly string[];
  /** Identifies the cluster. If absent, the network of its BMCs is shown instead. */
  readonly where?: string;
  readonly question: string;
  /** Where to look for other runs, apart from this computer, before the question and after the user confirms. */
  readonly elsewhere: readonly OtherPlace[];
  /** Other ways to run the same nodes, each a button of the same question. Closed together with this one. */
  readonly others: readonly StageWay[];
  /** A check that can be made first, as a button of the same question, which is then asked again with these notes. */
  readonly first?: { readonly button: string; readonly notes: () => Promise<readonly string[]> };
  readonly close: () => Promise<void>;
}

/** One way to run an offered stage. */
export interface StageWay {
  readonly button: string;
  /** What the user reads about this way before they agree, apart from the list of nodes. */
  readonly notes: readonly Paragraph[];
  /** Asked after the button is pressed. */
  readonly further?: FurtherQuestion;
  /** Runs the stage and shows its progress. Resolves to the exit code. */
  readonly carryOut: (run: SessionRun) => Promise<number>;
}

/** A separate question about some of the nodes, with what confirming it means. */
export interface FurtherQuestion {
  readonly question: string;
  readonly detail: readonly Paragraph[];
  /** Continues with these nodes. */
  readonly button: string;
  /** Continues without these nodes. Undefined if nothing is left to do then. */
  readonly without: StageWay | undefined;
}

/** What a session passes to a stage that it runs. */
export interface SessionRun {
  readonly stop: StopSwitch;
  readonly write: (...lines: readonly string[]) => void;
  /** The questions that were asked and their answers, for the history of the run. */
  readonly answers: readonly Answer[];
}
