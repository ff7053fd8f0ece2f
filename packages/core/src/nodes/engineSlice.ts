import { hasRun, type EngineSide } from '../plan/decideDirect.ts';
import type { EngineState } from '../restart/engineState.ts';
import { byBmc } from './byBmc.ts';

/** What a state says about one node. Knowing other nodes shows that the engine has run. */
export function sliceOf(engine: EngineState, bmcIp: string): EngineSide {
  const ofNode = indexOf(engine);
  return {
    afterList: engine.afterList,
    hasRun: hasRun(engine),
    restartState: {
      ...engine.restartState,
      previousInventory: ofNode.inventory.get(bmcIp) ?? [],
      bootedNodes: ofNode.booted.get(bmcIp) ?? [],
    },
    failedNodes: { ...engine.failedNodes, entries: ofNode.entries.get(bmcIp) ?? [] },
  };
}

interface Index {
  readonly inventory: ReadonlyMap<string, EngineState['restartState']['previousInventory']>;
  readonly booted: ReadonlyMap<string, EngineState['restartState']['bootedNodes']>;
  readonly entries: ReadonlyMap<string, EngineState['failedNodes']['entries']>;
}

const indexes = new WeakMap<EngineState, Index>();

function indexOf(engine: EngineState): Index {
  const { restartState, failedNodes } = engine;
  const index = indexes.get(engine) ?? {
    inventory: byBmc(restartState.previousInventory),
    booted: byBmc(restartState.bootedNodes),
    entries: byBmc(failedNodes.entries),
  };
  indexes.set(engine, index);
  return index;
}
