import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { decideDirect, type OmniaTraces } from '@omnia-buildstream/core/plan/decideDirect';
import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { FoundState, StateStore } from '@omnia-buildstream/engine/ports/stateStore';
import type { RestartEvent, RestartSummary } from '@omnia-buildstream/engine/restart/events';
import { nodesOfRun, type NodesOfRun } from '@omnia-buildstream/engine/restart/nodesOfRun';
import { runRestart } from '@omnia-buildstream/engine/restart/runRestart';
import type { RestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { RedfishClient } from '@omnia-buildstream/redfish/client/redfishClient';
import { bmcAccess, type BmcAccess } from './bmcAccess.ts';
import { thisMachine, type Machine } from './machine.ts';
import { refuseMappingErrors } from './mappingErrors.ts';
import { versionOf } from './mappingVersion.ts';
import { RunnerError } from './runnerError.ts';
import { openReports, type ReportOption } from './reports.ts';
import { selectionOf, type Selection } from './selection.ts';

/** A restart as it was planned, to be shown and agreed on before it runs. */
export interface PreparedRestart extends DecidedRestart {
  readonly nodes: NodesOfRun;
  readonly state: StateStore;
}

export interface PlanRequest {
  /** The mapping file: absolute path, or empty when it has none, and text. */
  readonly file: string;
  readonly text: string;
  /** Undefined: detected. */
  readonly version: OmniaVersion | undefined;
  readonly imageGroup: string;
  /** What Omnia left in the project of the mapping file; undefined: there is no project. */
  readonly omnia: OmniaTraces | undefined;
}

export interface RestartRequest extends PlanRequest {
  readonly selection: Selection;
  /** Open, and closed by who opened it. Only read here. */
  readonly state: StateStore;
}

/** Plans a restart from a mapping file, the state, and what Omnia left in the project. @throws RunnerError */
export function planDirect(
  { file, text, version: chosen, imageGroup, omnia }: PlanRequest,
  { restartState, failedNodes }: Pick<FoundState, 'restartState' | 'failedNodes'>,
): DecidedRestart {
  const document = new CsvDocument(text);
  const version = chosen ?? versionOf(file, document);
  refuseMappingErrors(document, version);
  const own = { restartState, failedNodes };
  const decision = decideDirect({ rows: targetsOf(text, version), version, imageGroup, own, omnia });
  if (decision.plan !== undefined) return decision;
  throw new RunnerError({ reason: 'failed-nodes', problems: decision.problems });
}

/** Plans a restart and the nodes of its run. Touches nothing. @throws RunnerError */
export function prepareRestart(request: RestartRequest): PreparedRestart {
  const { selection, state } = request;
  const decided = planDirect(request, state.found);
  const { plan } = decided;
  return { ...decided, nodes: nodesOfRun(plan, state.found.interrupted, selectionOf(plan, selection)), state };
}

export interface RestartRun {
  readonly access: BmcAccess;
  readonly report: ReportOption;
  readonly settings: RestartSettings;
  /** Job of a new state; undefined: that of the state, else made up. */
  readonly jobId: string | undefined;
  readonly emit: (event: RestartEvent) => void;
  /** As in RestartInput: finish what is under way, and end at once. */
  readonly stop: AbortSignal;
  readonly stopAtOnce: AbortSignal;
}

/** Runs a prepared restart over Redfish. Rejects with StateError, or RunnerError before anything was touched. */
export async function runPreparedRestart(
  { plan, nodes, state }: PreparedRestart,
  { access, report, jobId, ...run }: RestartRun,
  machine: Machine = thisMachine,
): Promise<RestartSummary> {
  const bmc = new RedfishClient(bmcAccess(access, machine));
  const reports = await openReports(report, machine);
  const isSameGroup = (state.found.restartState.imageGroup ?? plan.imageGroup) === plan.imageGroup;
  try {
    return await runRestart({
      ...run,
      plan,
      nodes,
      state,
      bmc,
      reports: reports.source,
      clock: machine.clock,
      jobId: jobId ?? (isSameGroup ? state.found.jobId : undefined) ?? machine.newId(),
      runId: machine.newId(),
    });
  } finally {
    await reports.close();
  }
}
