import { getNodeValue } from 'jsonc-parser';
import type { FailedEntry, FailedNodesDocument } from '../failedNodes/document.ts';
import type { OmniaVersion } from '../mapping/versions.ts';
import { hasRun, type EngineSide } from '../plan/decideDirect.ts';
import { failedListIn, type FailedList } from '../plan/failedList.ts';
import type { Target } from '../plan/targets.ts';
import type { ToldList } from '../plan/toldList.ts';
import type { EngineState } from '../restart/engineState.ts';
import { strip } from '../text/pythonText.ts';
import type { RestartFact } from './nodeFacts.ts';

/** What the files of a project say of one BMC_IP: nodes do not depend on each other. */
interface NodeFiles {
  readonly rows: readonly Target[];
  /** Of the mapping file; undefined: there is none. */
  readonly version: OmniaVersion | undefined;
  /** Omnia's; undefined: there is no such file. */
  readonly failed: FailedNodesDocument | undefined;
  readonly entries: readonly FailedEntry[];
  /** What the management server told of the restart that was followed last. */
  readonly told: ToldList | undefined;
  readonly isCommitted: boolean | undefined;
  readonly engine: EngineState | undefined;
}

export function restartFacts(
  bmcIp: string,
  { rows, version, failed, entries, told, isCommitted, engine }: NodeFiles,
): readonly RestartFact[] {
  return [
    ...(version === undefined ? [] : [{ source: 'mapping', rows, version, isCommitted } as const]),
    { source: 'failed-nodes', list: listOf(failed, entries) },
    ...(told === undefined ? [] : [{ source: 'failed-nodes-told', told: toldOf(told, bmcIp) } as const]),
    ...(engine === undefined ? [] : [{ source: 'state-here', side: sliceOf(engine, strip(bmcIp)) } as const]),
  ];
}

function listOf(failed: FailedNodesDocument | undefined, entries: readonly FailedEntry[]): FailedList {
  if (failed === undefined) return { kind: 'missing' };
  const of = (key: string): unknown => failed.header.get(key)?.value;
  const values = entries.map(({ node }) => getNodeValue(node) as unknown);
  return failedListIn({ job_id: of('job_id'), timestamp: of('timestamp'), failed_nodes: values }, undefined);
}

function toldOf(told: ToldList, bmcIp: string): ToldList {
  const known = told.known.has(strip(bmcIp)) ? new Set([strip(bmcIp)]) : new Set<string>();
  return { ...told, known, failed: told.failed.filter((node) => strip(node.bmcIp) === strip(bmcIp)) };
}

/** What a state says of one node. That it knows of others tells that the engine has run. */
function sliceOf(engine: EngineState, bmcIp: string): EngineSide {
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

function byBmc<Node extends { readonly bmcIp: string }>(nodes: readonly Node[]): ReadonlyMap<string, readonly Node[]> {
  const found = new Map<string, Node[]>();
  for (const node of nodes) found.set(node.bmcIp, [...(found.get(node.bmcIp) ?? []), node]);
  return found;
}
