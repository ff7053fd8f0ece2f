import { getNodeValue } from 'jsonc-parser';
import { valueOf, type FailedNodesDocument } from '../failedNodes/document.ts';
import { failedListIn, type FailedList } from '../plan/failedList.ts';
import { decideRestart, type RestartDecision } from '../plan/decideRestart.ts';
import { obstaclesIn } from '../plan/obstacles.ts';
import type { PlannedNode } from '../plan/plan.ts';
import { readStateText } from '../plan/stateText.ts';
import type { Target } from '../plan/targets.ts';
import type { MappingModel } from '../validation/model.ts';
import { modelTargets, targetOf } from './modelTargets.ts';
import type { NodeModel } from './nodeModel.ts';

export interface PlanRequest {
  readonly mapping: MappingModel;
  /** Absent: there is no such file, so nobody here knows what was booted. */
  readonly failed?: FailedNodesDocument | undefined;
  /** Rows of the committed mapping file; all rows when it is not known. */
  readonly committed?: readonly Target[] | undefined;
  /** The text of restart_state.json, where somebody has it. */
  readonly restartStateText?: string | undefined;
  /** Empty: that of the state. */
  readonly imageGroup?: string | undefined;
}

/** What the restart stage does with the files as they are now. */
export function planNodes({
  mapping,
  failed,
  committed,
  restartStateText,
  imageGroup = '',
}: PlanRequest): RestartDecision {
  const list = listIn(failed);
  const state = restartStateText === undefined ? { value: undefined, problems: [] } : readStateText(restartStateText);
  if (state.problems.length > 0) return { plan: undefined, problems: state.problems };
  const { version } = mapping;
  const obstacles = obstaclesIn(mapping);
  const rows = modelTargets(mapping);
  return decideRestart({ rows, obstacles, version, imageGroup, list, committed, state: state.value });
}

/** The plan for one BMC_IP alone: nodes do not depend on each other. Undefined where its entries would fail the stage. */
export function planNode(nodes: NodeModel, bmcIp: string, committed?: readonly Target[]): PlannedNode | undefined {
  const { mapping, failed } = nodes;
  if (mapping === undefined) return undefined;
  const rows = nodes.rowsOf(bmcIp).map((row) => targetOf(mapping, row));
  const entries = nodes.entriesOf(bmcIp).map(({ node }) => getNodeValue(node) as unknown);
  const timestamp = failed?.header.get('timestamp')?.value;
  const list: FailedList =
    failed === undefined ? { kind: 'missing' } : failedListIn({ timestamp, failed_nodes: entries }, undefined);
  const known = committed?.filter((target) => target.bmcIp === bmcIp) ?? rows;
  const { version } = mapping;
  return decideRestart({ rows, version, imageGroup: '', list, committed: known }).plan?.nodes[0];
}

function listIn(document: FailedNodesDocument | undefined): FailedList {
  if (document === undefined) return { kind: 'missing' };
  const [fault] = document.faults;
  return fault !== undefined || document.root === undefined
    ? { kind: 'broken', problems: [{ kind: 'failed-not-json', reason: fault?.reason ?? '' }] }
    : failedListIn(valueOf(document), undefined);
}
