import type { FailedNodes } from '../failedNodes/types.ts';
import type { OmniaVersion } from '../mapping/versions.ts';
import { strip } from '../text/pythonText.ts';
import { assumeState } from './assumeState.ts';
import type { RestartDecision } from './decideRestart.ts';
import { nodesIn, rowsOfRun, type FailedList } from './failedList.ts';
import { isWrittenSince } from './listStamp.ts';
import { notKnown } from './notKnown.ts';
import { joinSides, type RestartSide } from './joinSides.ts';
import { planRestart, type Plan } from './plan.ts';
import { emptyRestartState } from './restartState.ts';
import type { Target } from './targets.ts';

/** What Omnia left in the project, for an engine that is about to restart the same nodes. */
export interface OmniaTraces {
  /** Where the list is or would be, relative to the project. */
  readonly file: string;
  readonly list: FailedList;
  /** Rows of the mapping file as git has it; undefined: not known. */
  readonly committed: readonly Target[] | undefined;
}

export interface DirectSituation {
  readonly rows: readonly Target[];
  readonly version: OmniaVersion;
  /** Empty: that of the last run from here. */
  readonly imageGroup: string;
  /** State of the stage engine. */
  readonly own: EngineSide;
  /** Undefined: there is no project to look at, as on the management server itself. */
  readonly omnia: OmniaTraces | undefined;
}

export interface EngineSide extends RestartSide {
  /** Stamp of Omnia's list that existed when the last run from here began; absent: not known. */
  readonly afterList?: string | undefined;
  /**
   * It contains what is known about some nodes only, from existing runs; absent: its content shows whether there was
   * any run.
   */
  readonly hasRun?: boolean;
}

/**
 * Which nodes the stage engine boots: by its own state, and for nodes that it has never seen, or that Omnia has failed to
 * boot since, by what Omnia left in the project. A state of another image group starts from nothing, as Omnia's does.
 */
export function decideDirect({ rows, version, imageGroup: asked, own, omnia }: DirectSituation): RestartDecision {
  const last = own.restartState.imageGroup;
  const imageGroup = asked === '' ? (last ?? '') : asked;
  const plan = (side: RestartSide) => planRestart({ rows, version, imageGroup, ...side });
  if (omnia === undefined || (last !== undefined && last !== imageGroup)) return { plan: plan(own), basis: 'state' };
  const { list, committed } = omnia;
  if (list.kind === 'broken' && !hasRun(own)) return { plan: undefined, problems: list.problems };
  const failedNodes = strippedKeys(nodesIn(list));
  if (failedNodes === undefined)
    return hasRun(own) ? { plan: plan(own), basis: 'state' } : unheardOf(plan, own, committed ?? rows);
  const ranSince = isWrittenSince(list, own.afterList);
  const then = rowsOfRun(list, rows, committed);
  if (then === undefined) return listAlone({ plan, rows, own, failedNodes, ranSince });
  const joined = joinSides(own, { restartState: assumeState(failedNodes, then), failedNodes }, ranSince);
  const hasMore = joined.restartState.previousInventory.length > own.restartState.previousInventory.length;
  return { plan: plan(joined), basis: hasMore ? 'assumed' : 'state' };
}

interface ListAlone extends Pick<DirectSituation, 'rows' | 'own'> {
  readonly plan: (side: RestartSide) => Plan;
  readonly failedNodes: FailedNodes;
  readonly ranSince: boolean;
}

/**
 * It is unknown which rows Omnia's list covered: a row that neither it nor a run from here names may be booted, or new.
 */
function listAlone({ plan, rows, own, failedNodes, ranSince }: ListAlone): RestartDecision {
  const untold = { ...emptyRestartState, previousInventory: rows };
  const seen = new Set(own.restartState.previousInventory.map(({ bmcIp }) => bmcIp));
  const made = notKnown(plan(joinSides(own, { restartState: untold, failedNodes }, ranSince)), (bmcIp) =>
    seen.has(bmcIp),
  );
  return { plan: made, basis: made.nodes.some(({ reason }) => reason === 'not-known') ? 'list-only-here' : 'state' };
}

/** Omnia keeps the blanks of an address, which nothing from here could connect to. */
function strippedKeys(nodes: FailedNodes | undefined): FailedNodes | undefined {
  if (nodes === undefined) return undefined;
  return { ...nodes, entries: nodes.entries.map((entry) => ({ ...entry, bmcIp: strip(entry.bmcIp) })) };
}

/** There is no sign of an earlier run: rows that existed before may be booted, for all that is known here. */
function unheardOf(plan: (side: RestartSide) => Plan, own: RestartSide, known: readonly Target[]): RestartDecision {
  const restartState = { ...own.restartState, previousInventory: known };
  return { plan: notKnown(plan({ ...own, restartState })), basis: 'no-run-known' };
}

/** Whether the stage engine has ever run here. */
export function hasRun({ restartState, failedNodes, hasRun: told }: EngineSide): boolean {
  const { previousInventory, bootedNodes } = restartState;
  return told ?? previousInventory.length + bootedNodes.length + failedNodes.entries.length > 0;
}
