import type { Source, ToolAnswer } from '../answer.ts';
import type { Carriers } from '../table/tool.ts';
import type { writeTools } from '../table/writeTools.ts';

export interface TouchedNode {
  readonly hostname: string;
  readonly bmcIp: string;
}

/** A planned change. Nothing is sent or changed before `run`. */
export interface PlannedWrite {
  /** The action in our words, such as "Run the restart stage". */
  readonly action: string;
  /** All nodes that the change touches, in display order. */
  readonly nodes: readonly TouchedNode[];
  /** The plan as people read it, with contributions from `from`. */
  readonly text: string;
  readonly from: readonly Source[];
  /** Two plans with the same digest touch the same things for the same reasons. */
  readonly digest: string;
  /**
   * Plans again and carries out the plan, once. If the new digest differs from this one, the plan is refused and
   * nothing is sent. After an abort, no further node is started.
   */
  readonly run: (signal: AbortSignal) => Promise<ToolAnswer>;
}

/** The plan, or the answer if there is nothing to confirm. */
export type Prepared = { readonly planned: PlannedWrite } | { readonly ended: ToolAnswer };

export type WriteTools = Carriers<typeof writeTools, Prepared>;
export type WriteName = keyof typeof writeTools;
