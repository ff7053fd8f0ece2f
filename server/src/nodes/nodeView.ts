import { NodeModel } from '@omnia-buildstream/core/nodes/nodeModel';
import type { PlanOne } from '@omnia-buildstream/core/language/failedNodes/hover';
import type { CommittedTexts } from '../committedTexts.ts';
import type { NodeProject } from './nodePairs.ts';

/** The nodes of a pair in its current state. */
export interface NodeView extends NodeProject {
  readonly nodes: NodeModel;
  readonly planOne: PlanOne;
}

export function nodeView(project: NodeProject, committed: CommittedTexts): NodeView {
  const { mapping, failed, engine, told, isEngineList } = project;
  const rows = mapping === undefined ? undefined : committed.mapping(mapping.uri, mapping.model.version);
  const nodes = new NodeModel({
    mapping: mapping?.model,
    failed: failed?.document,
    committed: rows?.bmcIps,
    engine,
    told,
    isEngineList,
  });
  return { ...project, nodes, planOne: (bmcIp) => nodes.planOne(bmcIp) };
}
