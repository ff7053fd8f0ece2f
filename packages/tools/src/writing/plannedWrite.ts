import type { Source, ToolAnswer } from '../answer.ts';
import type { Carriers } from '../table/tool.ts';
import type { writeTools } from '../table/writeTools.ts';

export interface TouchedNode {
  readonly hostname: string;
  readonly bmcIp: string;
}

/** A change as it would be made. Until `run` nothing is sent and nothing changed. */
export interface PlannedWrite {
  /** What is done, in our words, such as "Run the restart stage". */
  readonly action: string;
  /** All that are touched, in the order in which they are shown. */
  readonly nodes: readonly TouchedNode[];
  /** The plan as people read it; others contributed to it. */
  readonly text: string;
  readonly from: readonly Source[];
  /** Two plans with the same digest touch the same for the same reasons. */
  readonly digest: string;
  /**
   * Plans again and carries the plan out, once. If the digest differs from this one it is refused and nothing is sent.
   * Aborted: no further node is begun.
   */
  readonly run: (signal: AbortSignal) => Promise<ToolAnswer>;
}

/** What is planned, or why there is nothing to confirm. */
export type Prepared = { readonly planned: PlannedWrite } | { readonly ended: ToolAnswer };

export type WriteTools = Carriers<typeof writeTools, Prepared>;
export type WriteName = keyof typeof writeTools;
