import type { PlanOne } from '@omnia-buildstream/core/language/failedNodes/hover';
import { NodeModel } from '@omnia-buildstream/core/nodes/nodeModel';
import { planNode } from '@omnia-buildstream/core/nodes/planNodes';
import type { CommittedTexts } from '../committedTexts.ts';
import type { NodePair } from './nodePairs.ts';

/** The nodes of a pair in its present state. */
export interface NodeView extends NodePair {
  readonly nodes: NodeModel;
  readonly planOne: PlanOne;
}

export function nodeView(pair: NodePair, committed: CommittedTexts): NodeView {
  const { mapping, failed } = pair;
  const rows = mapping === undefined ? undefined : committed.mapping(mapping.uri, mapping.model.version);
  const nodes = new NodeModel({ mapping: mapping?.model, failed: failed?.document, committed: rows?.bmcIps });
  return { ...pair, nodes, planOne: (bmcIp) => planNode(nodes, bmcIp, rows?.targets) };
}
