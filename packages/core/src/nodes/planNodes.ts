import { getNodeValue } from 'jsonc-parser';
import { valueOf, type FailedNodesDocument } from '../failedNodes/document.ts';
import { noFailedNodes, readFailedNodes } from '../failedNodes/read.ts';
import type { FailedNodes } from '../failedNodes/types.ts';
import { assumeState } from '../plan/assumeState.ts';
import { planRestart, type Plan, type PlannedNode } from '../plan/plan.ts';
import type { PlanBasis } from '../plan/planDocument.ts';
import { readRestartState, type RestartState } from '../plan/restartState.ts';
import type { Target } from '../plan/targets.ts';
import type { MappingModel } from '../validation/model.ts';
import { modelTargets, targetOf } from './modelTargets.ts';
import type { NodeModel } from './nodeModel.ts';
import { problemsOf, type PlanProblem } from './planProblems.ts';

export interface PlanRequest {
  readonly mapping: MappingModel;
  /** Absent: there is no such file, so nothing failed. */
  readonly failed?: FailedNodesDocument | undefined;
  /** Rows of the committed mapping file; all rows when it is not known. */
  readonly committed?: readonly Target[] | undefined;
  /** The text of restart_state.json, where somebody has it. */
  readonly restartStateText?: string | undefined;
  /** Empty: that of the state. */
  readonly imageGroup?: string | undefined;
}

/** A plan, or everything that would fail the stage. */
export type PlanAnswer =
  | { readonly plan: Plan; readonly basis: PlanBasis }
  | { readonly plan: undefined; readonly problems: readonly PlanProblem[] };

/** What the restart stage does with the files as they are now. */
export function planNodes({ mapping, failed, committed, restartStateText, imageGroup = '' }: PlanRequest): PlanAnswer {
  const rows = modelTargets(mapping);
  const failedNodes = failed === undefined ? { value: undefined, problems: [] } : readFailed(failed);
  if (failedNodes.problems.length > 0) return { plan: undefined, problems: failedNodes.problems };
  const assumed = assumeState(failedNodes.value, committed ?? rows);
  const state = restartStateText === undefined ? { value: assumed, problems: [] } : readState(restartStateText);
  if (state.value === undefined) return { plan: undefined, problems: state.problems };
  const basis = restartStateText !== undefined ? 'state' : failed === undefined ? 'nothing-booted' : 'assumed';
  const list = failedNodes.value ?? noFailedNodes;
  const { version } = mapping;
  return { plan: planRestart({ rows, failedNodes: list, restartState: state.value, imageGroup, version }), basis };
}

/** The plan for one BMC_IP alone: nodes do not depend on each other. Undefined where its entries would fail the stage. */
export function planNode(nodes: NodeModel, bmcIp: string, committed?: readonly Target[]): PlannedNode | undefined {
  const { mapping, failed } = nodes;
  if (mapping === undefined) return undefined;
  const rows = nodes.rowsOf(bmcIp).map((row) => targetOf(mapping, row));
  const entries = nodes.entriesOf(bmcIp).map(({ node }) => getNodeValue(node) as unknown);
  const timestamp = failed?.header.get('timestamp')?.value;
  const list = failed === undefined ? undefined : readFailedNodes({ timestamp, failed_nodes: entries }).value;
  if (failed !== undefined && list === undefined) return undefined;
  const known = committed?.filter((target) => target.bmcIp === bmcIp) ?? rows;
  const restartState = assumeState(list, known);
  const { version } = mapping;
  return planRestart({ rows, failedNodes: list ?? noFailedNodes, restartState, imageGroup: '', version }).nodes[0];
}

function readFailed(document: FailedNodesDocument): Reading<FailedNodes> {
  const [fault] = document.faults;
  if (fault !== undefined || document.root === undefined) {
    return { value: undefined, problems: [{ kind: 'failed-not-json', reason: fault?.reason ?? '' }] };
  }
  const reading = readFailedNodes(valueOf(document));
  return reading.problems !== undefined
    ? { value: undefined, problems: problemsOf('failed', reading.problems) }
    : { value: reading.value, problems: [] };
}

interface Reading<T> {
  readonly value: T | undefined;
  readonly problems: readonly PlanProblem[];
}

function readState(text: string): Reading<RestartState> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return {
      value: undefined,
      problems: [{ kind: 'state-not-json', reason: error instanceof Error ? error.message : '' }],
    };
  }
  const reading = readRestartState(value);
  return reading.problems !== undefined
    ? { value: undefined, problems: problemsOf('state', reading.problems) }
    : { value: reading.value, problems: [] };
}
