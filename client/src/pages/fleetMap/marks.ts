import { nodeStates, type NodeState } from '@omnia-buildstream/core/nodes/nodeState';
import type { RunPhase } from '@omnia-buildstream/core/nodes/nodeFacts';

/** How a node is marked wherever it is shown: its state, or its phase in a run in progress. */
export type NodeMark = NodeState | RunPhase;

const ofRuns = ['running', 'waiting', 'left'] as const satisfies readonly RunPhase[];

/** Marks that need attention come first. */
export const nodeMarks: readonly NodeMark[] = [
  'failed',
  ...ofRuns,
  ...nodeStates.filter((state) => state !== 'failed'),
];
