import type { FailedNodes } from '../failedNodes/types.ts';
import { emptyRestartState, type RestartState } from './restartState.ts';
import type { Target } from './targets.ts';

/**
 * What the restart state probably says, for places that cannot read it (it stays on the management server).
 *
 * failed_nodes.json is written at the end of every restart run, so a node that was in the mapping file then and has no
 * entry was booted. Which nodes those were is taken from the committed mapping file: rows that are not committed yet are
 * new. Without failed_nodes.json nothing was booted. Every front end must say that this is an assumption.
 *
 * @param committed the rows of the mapping file as git has it: where there is none, nothing can be concluded
 */
export function assumeState(failedNodes: FailedNodes | undefined, committed: readonly Target[]): RestartState {
  if (failedNodes === undefined) return emptyRestartState;
  const listed = new Set(failedNodes.entries.map(({ bmcIp }) => bmcIp));
  const known = committed.filter(({ bmcIp }) => bmcIp !== '');
  return {
    imageGroup: undefined,
    updatedAt: failedNodes.timestamp,
    previousInventory: known.map(({ bmcIp, hostname, serviceTag }) => ({ bmcIp, hostname, serviceTag })),
    bootedNodes: known
      .filter(({ bmcIp }) => !listed.has(bmcIp))
      .map(({ bmcIp, hostname }) => ({ bmcIp, hostname, bootedAt: failedNodes.timestamp, manuallyBooted: false })),
  };
}
