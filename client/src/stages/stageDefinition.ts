import type { Answer } from '@omnia-buildstream/core/history/historyRecord';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import type { OtherPlace } from '@omnia-buildstream/runner/others/othersAtWork';
import type { StageContext } from './stageContext.ts';
import type { StopSwitch } from './session/stopSwitch.ts';
import type { EditorBackend, Limited } from './editorBackends.ts';
import type { StageRequest } from './taskDefinition.ts';

/** One stage by one backend as the editor offers it: one entry of the stage table. */
export interface StageDefinition {
  readonly name: StageName;
  readonly backend: EditorBackend;
  /** In the user's language, as for a menu of this backend's stages. */
  readonly title: () => string;
  readonly description: () => string;
  /** Among the stages of all backends, as for a task or the head of a terminal. */
  readonly fullTitle: () => string;
  /** Asks for what the plan needs. @throws UserError */
  readonly open: (context: StageContext, request: StageRequest) => Promise<OpenStage>;
}

/** One backend as the editor offers it. */
export interface BackendDefinition {
  /** In their order. */
  readonly stages: readonly StageDefinition[];
  readonly label: () => string;
  readonly detail: () => string;
  /** Asks for one of these stages and what it needs; undefined when the user changes their mind. @throws UserError */
  readonly ask: (
    context: StageContext,
    limited: Limited,
    stages: readonly StageDefinition[],
  ) => Promise<StageRequest | undefined>;
}

/** A stage of which it is known what it works on. */
export interface OpenStage {
  /** One run at a time is on it: a folder of state, or the address of the server. */
  readonly place: string;
  /** Somebody else runs it: stopping ends the following only. */
  readonly isFollowing: boolean;
  /** Plans it; sends and touches nothing. @throws UserError, StateError */
  readonly prepare: (stop: AbortSignal) => Promise<OfferedStage>;
}

/** A prepared stage in the user's words: shown, agreed on, run, closed. */
export interface OfferedStage extends StageWay {
  readonly plan: StagePlan & { readonly isNothing: boolean; readonly asks: boolean };
  /** What is the same at every run; the plan and the terminal tell it. */
  readonly standing: readonly string[];
  /** Which cluster it is; undefined: the network of its BMCs tells. */
  readonly where?: string;
  readonly question: string;
  /** Where others are looked for, besides this computer, before the question and after the yes. */
  readonly elsewhere: readonly OtherPlace[];
  /** Other ways of running the same nodes, each by its own button of the same question. Closed with this one. */
  readonly others: readonly StageWay[];
  /** What can be found out first: its own button of the same question, which is asked again with these notes. */
  readonly first?: { readonly button: string; readonly notes: () => Promise<readonly string[]> };
  readonly close: () => Promise<void>;
}

/** One way of running what is offered. */
export interface StageWay {
  readonly button: string;
  /** What the user reads of this way before they agree, without the nodes. */
  readonly notes: readonly Paragraph[];
  /** Asked after the button was pressed. */
  readonly further?: FurtherQuestion;
  /** Runs and shows it. Resolves to the exit code. */
  readonly carryOut: (run: SessionRun) => Promise<number>;
}

/** A question about some of the nodes by themselves, with what a yes means. */
export interface FurtherQuestion {
  readonly question: string;
  readonly detail: readonly Paragraph[];
  /** Goes on with them. */
  readonly button: string;
  /** Goes on without them; undefined: then there is nothing to do. */
  readonly without: StageWay | undefined;
}

/** What a session gives a stage that is carried out. */
export interface SessionRun {
  readonly stop: StopSwitch;
  readonly write: (...lines: readonly string[]) => void;
  /** Questions that were asked, for the history of the run. */
  readonly answers: readonly Answer[];
}
