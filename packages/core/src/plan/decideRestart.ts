import { nodesIn, rowsOfRun, type FailedList } from './failedList.ts';
import { noFailedNodes } from '../failedNodes/read.ts';
import type { OmniaVersion } from '../mapping/versions.ts';
import { strip } from '../text/pythonText.ts';
import { assumeState } from './assumeState.ts';
import { notKnown } from './notKnown.ts';
import type { RestartObstacle } from './obstacles.ts';
import { planRestart, type Plan, type PlanNotice } from './plan.ts';
import { changeNotices, commentNotices, obstacleNotices } from './planNotices.ts';
import type { PlanProblem } from './planProblems.ts';
import { switchNotices, switchObstacles, withSwitches, type PxeSwitches } from './pxeSwitches.ts';
import { emptyRestartState, type RestartState } from './restartState.ts';
import type { Target } from './targets.ts';

/** What is known about earlier runs, wherever it was found. */
export interface RestartSituation {
  /** Of the mapping file that the stage is given; for a stage of Omnia those that it takes (`omniaTargetsOf`). */
  readonly rows: readonly Target[];
  /** What ends the stage of Omnia before it boots a node. */
  readonly obstacles?: readonly RestartObstacle[] | undefined;
  readonly version: OmniaVersion;
  /** Empty: that of the last run. */
  readonly imageGroup: string;
  readonly list: FailedList;
  /** Rows of the mapping file when the list was written, as far as git tells; undefined: not known. */
  readonly committed: readonly Target[] | undefined;
  /** restart_state.json of the side that runs the stage; undefined: it cannot be read here. */
  readonly state?: RestartState | undefined;
  /** Whether the restart stage of this job has ever run; undefined: nobody was asked. */
  readonly hasRestarted?: boolean | undefined;
  /** Omnia's settings of the restart stage; undefined: none, so its defaults count. */
  readonly switches?: PxeSwitches | undefined;
  /** BMC_IPs that the other side booted, of which the side that runs the stage knows nothing. */
  readonly bootedElsewhere?: ReadonlySet<string> | undefined;
}

/**
 * How certain a plan is about what was booted before.
 * - `state`: the side that runs the stage says so. `assumed`: concluded from failed_nodes.json and git.
 * - `list-only`: failed_nodes.json says what failed; which other rows it covered, and so booted, is unknown here: any
 *   of them may be booted. `list-only-here`: the same before a restart from here, which boots them.
 * - `never-restarted`: the job has never restarted, so nothing is booted.
 * - `not-known`: it is unknown here, so any node may be booted.
 * - `no-run-known`: the stage engine has never run, and Omnia left no trace: all nodes are booted.
 */
export type PlanBasis =
  | 'state'
  | 'assumed'
  | 'list-only'
  | 'list-only-here'
  | 'never-restarted'
  | 'not-known'
  | 'no-run-known';

export interface DecidedRestart {
  readonly plan: Plan;
  readonly basis: PlanBasis;
}

/** A plan, or everything that would fail the stage. */
export type RestartDecision = DecidedRestart | { readonly plan: undefined; readonly problems: readonly PlanProblem[] };

/**
 * The one place that decides which nodes a restart boots, for every backend and every front end. A list of another job
 * says nothing about this one: neither by its entries nor by the absence of entries.
 */
export function decideRestart(situation: RestartSituation): RestartDecision {
  const { rows, version, imageGroup, list } = situation;
  if (list.kind === 'broken') return { plan: undefined, problems: list.problems };
  const failedNodes = nodesIn(list) ?? noFailedNodes;
  const { state, basis } = stateOf(situation);
  const input = { rows, failedNodes, restartState: state, imageGroup, version };
  const isOpen = basis === 'not-known' || basis === 'list-only';
  const made = isOpen ? notKnown(planRestart(input)) : planRestart(input);
  return { plan: withNotices(withSwitches(made, situation.switches), situation), basis };
}

function stateOf(situation: RestartSituation): { readonly state: RestartState; readonly basis: PlanBasis } {
  const { state, hasRestarted, list, committed, rows } = situation;
  if (state !== undefined) return { state, basis: 'state' };
  // Whatever is in the project: the job's own state is empty.
  if (hasRestarted === false) return { state: emptyRestartState, basis: 'never-restarted' };
  const nodes = nodesIn(list);
  const untold = { ...emptyRestartState, previousInventory: committed ?? rows };
  if (nodes === undefined) return { state: untold, basis: 'not-known' };
  // A list that names no job may be of another one; who has restarted takes it for its own, as Omnia does.
  const isOwn = list.kind === 'own' || hasRestarted === true;
  const then = rowsOfRun(list, rows, committed);
  if (then === undefined || !isOwn) return { state: untold, basis: 'list-only' };
  return { state: assumeState(nodes, then), basis: 'assumed' };
}

function withNotices(plan: Plan, situation: RestartSituation): Plan {
  const { rows, committed, obstacles = [], bootedElsewhere, switches } = situation;
  const notices = [
    ...(committed === undefined ? [] : changeNotices(committed, rows)),
    ...obstacleNotices([...obstacles, ...switchObstacles(switches)]),
    ...switchNotices(plan, switches),
    ...commentNotices(plan.nodes),
    ...plan.notices,
    ...elsewhereNotices(plan, bootedElsewhere),
  ];
  return { ...plan, notices };
}

function elsewhereNotices({ nodes }: Plan, bootedElsewhere: ReadonlySet<string> | undefined): PlanNotice[] {
  // From here addresses are read without blanks.
  const again = nodes.filter(({ action, target }) => action === 'boot' && bootedElsewhere?.has(strip(target.bmcIp)));
  return again.length === 0 ? [] : [{ kind: 'booted-elsewhere', count: again.length }];
}
