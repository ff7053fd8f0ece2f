import { UserError } from '@omnia-buildstream/core/errors/userError';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { decideDirect, type OmniaTraces } from '@omnia-buildstream/core/plan/decideDirect';
import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import { jobNotes } from '@omnia-buildstream/core/plan/jobs/jobNotes';
import { jobTexts } from '@omnia-buildstream/core/plan/jobs/jobTexts';
import { stampOf } from '@omnia-buildstream/core/plan/listStamp';
import { identityTexts, reasonTexts } from '@omnia-buildstream/core/plan/planTexts';
import type { PlannedNode } from '@omnia-buildstream/core/plan/plan';
import { obstaclesOf } from '@omnia-buildstream/core/plan/obstacles';
import { withOmniaNotices } from '@omnia-buildstream/core/plan/omniaNotices';
import type { PxeSwitches } from '@omnia-buildstream/core/plan/pxeSwitches';
import { omniaTargetsOf, targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { EngineState } from '@omnia-buildstream/core/restart/engineState';
import type { Obstacle, PreparedRun, StageNode, StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { StateStore } from '@omnia-buildstream/engine/ports/stateStore';
import type { RestartEvent, RestartSummary } from '@omnia-buildstream/engine/restart/events';
import { canBeIdentified } from '@omnia-buildstream/engine/restart/identity';
import { firstNodes } from '@omnia-buildstream/engine/restart/stoppedBefore';
import { nodesOfRun, type NodesOfRun } from '@omnia-buildstream/engine/restart/nodesOfRun';
import { runRestart } from '@omnia-buildstream/engine/restart/runRestart';
import type { RestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { RedfishClient } from '@omnia-buildstream/redfish/client/redfishClient';
import { bmcAccess } from './bmcAccess.ts';
import { controlNotes, controlQuestion, type ControlQuestion } from './controlQuestion.ts';
import { thisMachine, type Machine } from './machine.ts';
import { mappingObstacles } from './mappingErrors.ts';
import { versionOf } from './mappingVersion.ts';
import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { identityOfPlan, type StageRun } from './preparedStage.ts';
import { rolloutNotes } from './rolloutNotes.ts';
import { openReports, reportNotes, type ReportOption } from './reports.ts';
import { selectionOf, unknownNames, type Selection } from './selection.ts';
import { choiceFor, type WorkChoice } from './workload/leftOut.ts';
import type { Workload } from './workload/workload.ts';

/** A restart from here as planned. */
export interface PreparedRestart extends PreparedRun<StageRun<RestartEvent>, RestartSummary> {
  /** Includes what an interrupted run left. */
  readonly ofRun: NodesOfRun;
  readonly state: StateStore;
  /** Number of nodes that go first; 0 if none. */
  readonly goFirst: number;
  /** The same plan on the same state, without nodes that go first. */
  readonly allAtOnce: () => PreparedRestart;
  /**
   * Control nodes and protected nodes among them, to which the user must agree separately; undefined if there are none.
   */
  readonly control: ControlQuestion | undefined;
  /** The same plan on the same state, without those nodes. */
  readonly withoutControl: () => PreparedRestart;
  readonly leftOut: readonly StageNode[];
  /** Whether a workload manager is asked for running jobs, also right before each reset. */
  readonly looksAtJobs: boolean;
  /** The same plan on the same state, including the nodes that are left out because jobs run on them. */
  readonly withJobs: () => PreparedRestart;
}

export interface PlanRequest {
  /** The mapping file: absolute path, or empty if it has none. */
  readonly file: string;
  readonly text: string;
  /** Undefined: it is detected. */
  readonly version: OmniaVersion | undefined;
  readonly imageGroup: string;
  /** What Omnia left in the project of the mapping file; undefined if there is no project. */
  readonly omnia: OmniaTraces | undefined;
  /** Settings that Omnia's own restart stage would use; a run from here does not. */
  readonly switches?: PxeSwitches | undefined;
}

export interface RestartRequest extends PlanRequest {
  readonly selection: Selection;
  /** An open state, which is closed together with the prepared stage. Only read before the run. */
  readonly state: StateStore;
  /** How nodes report. */
  readonly report: ReportOption;
  readonly settings: RestartSettings;
  /** The workload managers and their jobs on the nodes; undefined if none is configured. */
  readonly workload: Workload | undefined;
  /** Job of a new state; undefined: the job of the existing state, or else a new ID. */
  readonly jobId: string | undefined;
}

type Known = Pick<EngineState, 'restartState' | 'failedNodes'> & Partial<Pick<EngineState, 'afterList'>>;

interface Planned {
  /** Undefined if there is no plan; an obstacle says why. */
  readonly restart: DecidedRestart | undefined;
  readonly obstacles: readonly Obstacle[];
}

/** What a restart from here would do according to the state of the stage engine and what Omnia left in the project. */
function planFor(request: PlanRequest, { restartState, failedNodes, afterList }: Known): Planned {
  const { file, text, version: chosen, imageGroup, omnia } = request;
  const document = new CsvDocument(text);
  const version = chosen ?? versionOf(file, document);
  const obstacles = mappingObstacles(document, version);
  const own = { restartState, failedNodes, afterList };
  const decision = decideDirect({ rows: targetsOf(text, version), version, imageGroup, own, omnia });
  if (decision.plan !== undefined) return { restart: decision, obstacles };
  const broken: Obstacle = { kind: 'failed-nodes', file: omnia?.file ?? '', problems: decision.problems };
  return { restart: undefined, obstacles: [...obstacles, broken] };
}

/** The same plan with Omnia's notices, for callers that only show it. @throws UserError for an obstacle */
export function planDirect(request: PlanRequest, known: Known): DecidedRestart {
  const planned = planFor(request, known);
  refuseObstacles(planned);
  const { restart } = planned;
  if (restart === undefined) throw new Error('A plan is missing although nothing stands in its way');
  const { text, switches } = request;
  const { version } = restart.plan;
  return withOmniaNotices(restart, omniaTargetsOf(text, version), obstaclesOf(text, version), switches);
}

const nothing = {
  ofRun: { nodes: [], finished: [], resumed: undefined },
  work: { leftOut: [], agreed: new Set<string>() },
} satisfies Pick<Chosen, 'ofRun' | 'work'>;

/** Plans a restart and the nodes of its run. Touches nothing. */
export function prepareRestart(
  request: RestartRequest,
  machine: Machine = thisMachine,
  plannedMs = machine.clock.monotonic(),
): PreparedRestart {
  const { state, imageGroup, jobId, settings, workload } = request;
  const { rollout } = settings;
  const { restart, obstacles } = planFor(request, state.found);
  const { ofRun, work, ...chosen } =
    restart === undefined ? { ...nothing, obstacles } : choose(request, restart, obstacles);
  const leftOut = work.leftOut.map((target) => ({ target, why: phrase(jobTexts.leftAlone) }));
  const rows = (restart?.plan.nodes ?? []).map(({ target }) => target);
  const control = controlQuestion(ofRun, rows, settings.control.protectedNodes);
  const plan = {
    stage: 'restart',
    backend: 'direct',
    imageGroup,
    jobId: jobId ?? state.found.jobId,
    restart,
    nodes: ofRun.nodes.map(({ planned: { target, reason } }) => ({ target, why: phrase(reasonTexts[reason]) })),
    leftOut,
    files: [],
    notes: [
      ...identityNotes(settings, ofRun),
      ...rolloutNotes(settings, restart?.plan, ofRun),
      ...controlNotes(control),
      ...jobNotes(
        { nodes: ofRun.nodes.map(({ planned }) => planned.target), leftOut: work.leftOut },
        workload?.known,
        workload?.settings,
      ),
      ...(ofRun.nodes.length === 0 ? [] : reportNotes(request.report, settings)),
    ],
    obstacles: chosen.obstacles,
  } satisfies Omit<StagePlan, 'identity'>;
  return {
    ...plan,
    identity: identityOfPlan(plan, [
      JSON.stringify([howOf(request), workload?.settings, work.leftOut.map(({ bmcIp }) => bmcIp), [...work.agreed]]),
    ]),
    ofRun,
    state,
    goFirst: restart === undefined ? 0 : firstNodes(restart.plan, ofRun, settings).length,
    allAtOnce: () =>
      prepareRestart({ ...request, settings: { ...settings, rollout: { ...rollout, canary: 0 } } }, machine, plannedMs),
    control,
    withoutControl: () => {
      const except = new Set((control?.nodes ?? []).map(({ target }) => target.bmcIp));
      return prepareRestart({ ...request, selection: { ...request.selection, except } }, machine, plannedMs);
    },
    looksAtJobs: workload !== undefined,
    withJobs: () =>
      prepareRestart({ ...request, selection: { ...request.selection, withJobs: true } }, machine, plannedMs),
    isNothing: ofRun.nodes.length === 0 && ofRun.resumed === undefined,
    // A run that only needs to write its end touches no node.
    asks: ofRun.nodes.length > 0,
    run: (run) => runIt(request, { plan, ofRun, work, state, plannedMs }, run, machine),
    close: () => state.close(),
  };
}

/** How nodes are restarted, as far as the user agrees to it. */
function howOf({ settings, report }: RestartRequest): unknown {
  const { lasting, protocol, bootNic, restart, identity, rollout, control } = settings;
  return [lasting, protocol, bootNic, restart, identity, rollout, control, report.kind];
}

/** Notes on what is compared before a node is reset, with the number of rows that contain nothing to compare. */
function identityNotes({ identity }: RestartSettings, { nodes }: NodesOfRun): readonly Phrase[] {
  if (nodes.length === 0) return [];
  const count = nodes.filter(({ planned: { target } }) => !canBeIdentified(target)).length;
  const isIncluded = identity === 'warn';
  const counted = phrase(isIncluded ? identityTexts.included : identityTexts.stopped, { count });
  return [
    phrase(identityTexts.checked),
    ...(isIncluded ? [phrase(identityTexts.unknownIncluded)] : []),
    ...(count === 0 ? [] : [counted]),
  ];
}

interface Chosen {
  readonly ofRun: NodesOfRun;
  readonly work: WorkChoice;
  readonly obstacles: readonly Obstacle[];
}

/** The selected nodes of the plan, except those on which jobs run. */
function choose(
  { selection, state, settings, workload }: RestartRequest,
  { plan }: DecidedRestart,
  obstacles: readonly Obstacle[],
): Chosen {
  const unknown = unknownNames(
    plan.nodes.map(({ target }) => target),
    selection.names,
  );
  if (unknown.length > 0) {
    return { ...nothing, obstacles: [...obstacles, { kind: 'unknown-nodes', names: unknown }] };
  }
  const meant = selectionOf(plan, selection, settings.control.protectedNodes);
  const all = nodesOfRun(plan, state.found.interrupted, meant);
  const work = choiceFor(all, selection, workload);
  if (work.leftOut.length === 0) return { ofRun: all, work, obstacles };
  const leftOut = new Set(work.leftOut);
  const isTaken = (node: PlannedNode): boolean => !leftOut.has(node.target) && (meant?.(node) ?? true);
  return { ofRun: nodesOfRun(plan, state.found.interrupted, isTaken), work, obstacles };
}

/** Runs it over Redfish. @throws StateError, UserError before anything was touched */
async function runIt(
  { report, settings, jobId, omnia, workload }: RestartRequest,
  {
    plan,
    ofRun: nodes,
    work,
    state,
    plannedMs,
  }: Pick<PreparedRestart, 'ofRun' | 'state'> & {
    readonly plan: Omit<StagePlan, 'identity'>;
    readonly work: WorkChoice;
    readonly plannedMs: number;
  },
  { access, ...run }: StageRun<RestartEvent>,
  machine: Machine,
): Promise<RestartSummary> {
  refuseObstacles(plan);
  const decided = plan.restart?.plan;
  if (decided === undefined) throw new UserError({ kind: 'plan-changed' });
  const bmc = new RedfishClient(bmcAccess(await access(plan.nodes.map(({ target }) => target.bmcIp)), machine));
  const reports = await openReports(report, machine);
  const isSameGroup = (state.found.restartState.imageGroup ?? decided.imageGroup) === decided.imageGroup;
  try {
    return await runRestart({
      ...run,
      settings,
      plan: decided,
      plannedMs,
      nodes,
      state,
      bmc,
      reports: reports.source,
      work: workload && { ...workload, agreed: work.agreed },
      clock: machine.clock,
      afterList: omnia === undefined ? undefined : stampOf(omnia.list),
      jobId: jobId ?? (isSameGroup ? state.found.jobId : undefined) ?? machine.newId(),
      runId: run.runId ?? machine.newId(),
    });
  } finally {
    await reports.close();
  }
}
