import { createHash } from 'node:crypto';
import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import type { PlanProblem } from '@omnia-buildstream/core/plan/planProblems';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { Phrase } from '@omnia-buildstream/core/text/phrase';
import type { StageName } from '@omnia-buildstream/engine/stage/events';

/** A file that a stage is sent. */
export interface SentFile {
  /** Without folder. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** What a stage is given and what it touches: shown and agreed on before anything is sent or touched. */
export interface StagePlan {
  readonly stage: StageName;
  readonly imageGroup: string;
  readonly jobId: string | undefined;
  /** Of the restart stage: every node with what becomes of it and why. */
  readonly restart: DecidedRestart | undefined;
  /** Those that the stage touches, in the order of the mapping file. */
  readonly touched: readonly Target[];
  readonly files: readonly SentFile[];
  readonly notes: readonly Phrase[];
  /** With any of these the stage is not run. */
  readonly obstacles: readonly Obstacle[];
  /** SHA-256 of everything that decided it: two plans with the same are the same. */
  readonly identity: string;
}

export type Obstacle =
  /** The stage would fail on failed_nodes.json. */
  | { readonly kind: 'failed-nodes'; readonly file: string; readonly problems: readonly PlanProblem[] }
  | { readonly kind: 'no-mapping' }
  | { readonly kind: 'mapping-errors'; readonly errors: number };

/** Of parts in their order, each told apart from the next. */
export function identityOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(`${String(part.length)}:`);
    hash.update(part);
  }
  return hash.digest('hex');
}
