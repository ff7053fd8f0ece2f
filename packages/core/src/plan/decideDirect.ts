import type { FailedNodes } from '../failedNodes/types.ts';
import type { OmniaVersion } from '../mapping/versions.ts';
import { strip } from '../text/pythonText.ts';
import { assumeState } from './assumeState.ts';
import type { RestartDecision } from './decideRestart.ts';
import { nodesIn, type FailedList } from './failedList.ts';
import { joinSides, type RestartSide } from './joinSides.ts';
import { planRestart } from './plan.ts';
import type { Target } from './targets.ts';

/** What Omnia left in the project, for an engine that is about to restart the same nodes. */
export interface OmniaTraces {
  /** Where the list lies or would, seen from the project. */
  readonly file: string;
  readonly list: FailedList;
  /** Rows of the mapping file as git has it; undefined: not known. */
  readonly committed: readonly Target[] | undefined;
}

export interface DirectSituation {
  readonly rows: readonly Target[];
  readonly version: OmniaVersion;
  readonly imageGroup: string;
  /** State of the stage engine. */
  readonly own: RestartSide;
  /** Undefined: there is no project to look into, as on the management server itself. */
  readonly omnia: OmniaTraces | undefined;
}

/**
 * Which nodes the stage engine boots: by its own state, and for nodes that it has never seen by what Omnia left in the
 * project. A state of another image group starts from nothing, as Omnia's does.
 */
export function decideDirect({ rows, version, imageGroup, own, omnia }: DirectSituation): RestartDecision {
  const plan = (side: RestartSide) => planRestart({ rows, version, imageGroup, ...side });
  const isFresh = own.restartState.imageGroup !== undefined && own.restartState.imageGroup !== imageGroup;
  if (omnia === undefined || (isFresh && imageGroup !== '')) return { plan: plan(own), basis: 'state' };
  const { list, committed } = omnia;
  if (list.kind === 'broken' && isEmpty(own)) return { plan: undefined, problems: list.problems };
  const failedNodes = strippedKeys(nodesIn(list));
  if (failedNodes === undefined) return { plan: plan(own), basis: isEmpty(own) ? 'no-run-known' : 'state' };
  const joined = joinSides(own, { restartState: assumeState(failedNodes, committed ?? rows), failedNodes });
  const hasMore = joined.restartState.previousInventory.length > own.restartState.previousInventory.length;
  return { plan: plan(joined), basis: hasMore ? 'assumed' : 'state' };
}

/** Omnia keeps the blanks of an address, which nothing from here could connect to. */
function strippedKeys(nodes: FailedNodes | undefined): FailedNodes | undefined {
  if (nodes === undefined) return undefined;
  return { ...nodes, entries: nodes.entries.map((entry) => ({ ...entry, bmcIp: strip(entry.bmcIp) })) };
}

function isEmpty({ restartState: { previousInventory, bootedNodes }, failedNodes: { entries } }: RestartSide): boolean {
  return previousInventory.length + bootedNodes.length + entries.length === 0;
}
