import type { FailedNodes } from '../failedNodes/types.ts';
import type { OmniaVersion } from '../mapping/versions.ts';
import type { EngineSide } from '../plan/decideDirect.ts';
import type { FailedList } from '../plan/failedList.ts';
import type { RestartState } from '../plan/restartState.ts';
import type { Target } from '../plan/targets.ts';
import type { ToldList } from '../plan/toldList.ts';
import type { NodeState } from './nodeState.ts';

/**
 * Everything that is known about one node: each fact with its source and its run. Runs are ordered by number, attempt,
 * or which list of failed nodes they saw; times are compared within one source only, because the clocks of laptop,
 * server, BMC and GitLab differ. `decideFacts` turns them into one verdict, in whatever order they came.
 */
export type NodeFact = RestartFact | SeenFact;

/** What files and servers say about restarts: the plan uses these. */
export type RestartFact =
  /** The rows of its BMC_IP. `isCommitted`: git has them; undefined: not known. */
  | {
      readonly source: 'mapping';
      readonly rows: readonly Target[];
      readonly version: OmniaVersion;
      readonly isCommitted: boolean | undefined;
    }
  /** failed_nodes.json of the project, as far as it concerns this node. */
  | { readonly source: 'failed-nodes'; readonly list: FailedList }
  /** failed_nodes.json on the management server, as it was reported at the end of a run that was followed from here. */
  | { readonly source: 'failed-nodes-told'; readonly told: ToldList }
  /** Restart state of the stage engine here, with what an open run has in its journal. */
  | { readonly source: 'state-here'; readonly side: EngineSide }
  /** Restart state of the management server, where somebody has it. */
  | { readonly source: 'state-oim'; readonly state: RestartState; readonly failedNodes: FailedNodes }
  /** The job on the management server: whether its restart stage has ever run. */
  | { readonly source: 'job'; readonly hasRestarted: boolean };

/** What else a window sees. */
export type SeenFact =
  /** The outcome of the restart facts, where somebody else has decided them (the language server for the view). */
  | { readonly source: 'decided'; readonly state: NodeState }
  /** A run of this window. `run` counts up. Once it is over, its outcome is in the files. */
  | {
      readonly source: 'run';
      readonly run: number;
      readonly isOver: boolean;
      readonly phase: RunPhase;
      /** In words: "sets PXE". */
      readonly word: string;
      readonly message: string;
      /** Since when, in milliseconds since 1970; undefined: not known. */
      readonly sinceMs?: number | undefined;
    }
  /** The results of an attempt's tests, in words. */
  | { readonly source: 'validation'; readonly attempt: number; readonly text: string }
  /** The image that a deploy from here gave it; `at` by the clock of the person who ran it. */
  | { readonly source: 'image'; readonly at: number; readonly text: string }
  /** What its BMC said about its power, in words; `at` by the clock of the person who asked. */
  | { readonly source: 'power'; readonly at: number; readonly text: string };

/** How far a node is in a run in progress, or how it ended. */
export type RunPhase = 'waiting' | 'running' | 'booted' | 'failed' | 'left';

export type FactOf<Source extends NodeFact['source']> = Extract<NodeFact, { readonly source: Source }>;
