import type { DecidedRestart } from '../plan/decideRestart.ts';
import type { RestartObstacle } from '../plan/obstacles.ts';
import type { RoleRows } from '../plan/roleImages.ts';
import type { PlanProblem } from '../plan/planProblems.ts';
import type { Target } from '../plan/targets.ts';
import type { Phrase } from '../text/phrase.ts';
import type { StageName } from './stageName.ts';

/**
 * What carries a stage out: the stage engine here over the BMCs, the management server over the BuildStreaM API, or
 * Omnia's pipeline in GitLab.
 */
export type StageBackend = 'direct' | 'oim' | 'gitlab';

/** A node that a stage touches. */
export interface StageNode {
  readonly target: Target;
  readonly why: Phrase;
}

/** A file that a stage is sent. */
export interface SentFile {
  /** Without folder. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** What a stage is given and what it touches: shown and confirmed before anything is sent or touched. */
export interface StagePlan {
  /** Undefined: a job of the pipeline that carries out none of them. */
  readonly stage: StageName | undefined;
  readonly backend: StageBackend;
  /** Empty: not known. */
  readonly imageGroup: string;
  readonly jobId: string | undefined;
  /** For a restart: every node with what happens to it and why. */
  readonly restart: DecidedRestart | undefined;
  /** Those that the stage touches, in the order of the mapping file. */
  readonly nodes: readonly StageNode[];
  /** Those that it would also touch if not for the given reason. */
  readonly leftOut?: readonly StageNode[];
  readonly files: readonly SentFile[];
  readonly notes: readonly Phrase[];
  /** With any of these the stage is not run. */
  readonly obstacles: readonly Obstacle[];
  /** Two plans with the same identity give and touch the same for the same reasons. */
  readonly identity: string;
}

/** What prevents a stage; the front ends word it. */
export type Obstacle =
  | { readonly kind: 'no-mapping' }
  | { readonly kind: 'mapping-errors'; readonly errors: number }
  /** The stage would fail on failed_nodes.json, or nothing else says anything about earlier runs. */
  | { readonly kind: 'failed-nodes'; readonly file: string; readonly problems: readonly PlanProblem[] }
  /** The restart stage of Omnia 2.3 would end before it boots a node. */
  | { readonly kind: 'stage-ends'; readonly obstacle: RestartObstacle }
  /** No row of the mapping file has these names. */
  | { readonly kind: 'unknown-nodes'; readonly names: readonly string[] }
  /** Its turn has not come: the management server would either run it nevertheless or refuse it. */
  | { readonly kind: 'stage-order'; readonly why: readonly Phrase[] }
  /** A pipeline of this number restarts nodes without asking. */
  | { readonly kind: 'cadence-runs'; readonly pipeline: number }
  /** A deploy or restart is in progress elsewhere, each in a sentence. */
  | { readonly kind: 'others-at-work'; readonly others: readonly Phrase[] }
  /** Nodes of these roles would be given nothing to boot. */
  | { readonly kind: 'no-image'; readonly roles: readonly RoleRows[]; readonly imageGroup: string };

/**
 * A stage as it was planned, whatever carries it out: its plan is shown and confirmed, then it is run once, and closed
 * by the code that prepared it. Until `run` is called nothing is sent and nothing touched.
 */
export interface PreparedStage<Run, End> extends StagePlan {
  /** Nothing to touch and nothing of an earlier run to finish. */
  readonly isNothing: boolean;
  /** Whether anything is sent or contacted, so that somebody has to agree. */
  readonly asks: boolean;
  /**
   * Checks again whether what was confirmed is what would happen, then carries it out.
   * @throws what the backend throws before anything was touched; what comes later is in the end
   */
  readonly run: (run: Run) => Promise<End>;
  /** Never rejects. */
  readonly close: () => Promise<void>;
}

/** One of the stages, prepared; no other job of a pipeline. */
export interface PreparedRun<Run, End> extends PreparedStage<Run, End> {
  readonly stage: StageName;
}
