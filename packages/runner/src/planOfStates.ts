import { decideDirect, type OmniaTraces } from '@omnia-buildstream/core/plan/decideDirect';
import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import type { Plan } from '@omnia-buildstream/core/plan/plan';
import { changeNotices, removalNotices } from '@omnia-buildstream/core/plan/planNotices';
import { omniaTargetsOf, type Target } from '@omnia-buildstream/core/plan/targets';
import { noFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import type { EngineState } from '@omnia-buildstream/core/restart/engineState';
import { emptyRestartState } from '@omnia-buildstream/core/plan/restartState';

type Known = Pick<EngineState, 'restartState' | 'failedNodes' | 'afterList'>;

/**
 * What the next run from here would do according to these states; the states of shards are combined.
 * @param rows rows of the mapping file; undefined: all nodes in the states
 * @param omnia what Omnia left in the project of that file; an unreadable list is ignored
 */
export function planOfStates(
  states: readonly Known[],
  rows: readonly Target[] | undefined,
  omnia: OmniaTraces | undefined,
): Plan {
  const stamps = new Set(states.map(({ afterList }) => afterList));
  const own = {
    // If shards saw different lists, it is unknown which list is the latest.
    afterList: stamps.size === 1 ? [...stamps][0] : undefined,
    restartState: {
      ...emptyRestartState,
      previousInventory: states.flatMap(({ restartState }) => restartState.previousInventory),
      bootedNodes: states.flatMap(({ restartState }) => restartState.bootedNodes),
    },
    failedNodes: { ...noFailedNodes, entries: states.flatMap(({ failedNodes }) => failedNodes.entries) },
  };
  const decision = decideDirect({
    rows: rows ?? knownRows(own),
    version: '2.2',
    imageGroup: '',
    own,
    omnia: omnia?.list.kind === 'broken' ? undefined : omnia,
  });
  if (decision.plan === undefined) throw new Error('The state of the stage engine cannot be broken');
  return decision.plan;
}

/** Adds what a merge does besides booting nodes: rows that are removed from the file come first. */
export function withRowChanges(
  { plan, basis }: DecidedRestart,
  before: readonly Target[] | undefined,
  text: string,
): DecidedRestart {
  if (before === undefined) return { plan, basis };
  const after = omniaTargetsOf(text, plan.version);
  const changes = [...changeNotices(before, after), ...removalNotices(before, after)];
  return { basis, plan: { ...plan, notices: [...changes, ...plan.notices] } };
}

function knownRows({
  restartState: { previousInventory, bootedNodes },
  failedNodes: { entries },
}: Omit<Known, 'afterList'>): Target[] {
  const known = [...previousInventory, ...bootedNodes, ...entries];
  const rows = known.map(({ bmcIp, hostname }): [string, Target] => [
    bmcIp,
    { bmcIp, hostname, serviceTag: '', functionalGroup: '', groupName: '', adminIp: '', adminMac: '', line: -1 },
  ]);
  return [...new Map(rows).values()];
}
