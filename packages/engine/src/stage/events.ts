import type { Said } from '@omnia-buildstream/core/text/phrase';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';

/** First event of every stage. Events are one JSON object each (ndjson), times in ISO 8601, never with a secret in it. */
export interface StageStarted<Stage extends StageName = StageName> {
  readonly type: 'stage-started';
  readonly at: string;
  readonly stage: Stage;
  readonly imageGroup: string;
  readonly jobId: string;
  /** Nodes or checks of this run, including those that an interrupted run finished; 0 when unknown. */
  readonly total: number;
  readonly finishedBefore: number;
  readonly resumed: boolean;
}

/** What the text of an event says, to be worded in other languages. The command line leaves it out: its texts are English. */
export interface Worded {
  readonly said: Said;
}

/** A line for people: what a preflight found, what a tool printed, what a server says about its stage. */
export interface StageNote<Stage extends StageName = StageName> extends Worded {
  readonly type: 'stage-note';
  readonly at: string;
  readonly stage: Stage;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
  /** Line of the mapping file that it is about, from 0; absent when it is about none. */
  readonly line?: number;
}

/** Last event of every stage; each adds its summary. */
export interface StageFinished<Stage extends StageName = StageName> {
  readonly type: 'stage-finished';
  readonly at: string;
  readonly stage: Stage;
}
