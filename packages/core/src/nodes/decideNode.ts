import { getNodeValue } from 'jsonc-parser';
import type { FailedEntry, FailedNodesDocument } from '../failedNodes/document.ts';
import type { OmniaVersion } from '../mapping/versions.ts';
import { decideDirect, hasRun, type EngineSide } from '../plan/decideDirect.ts';
import { decideRestart, type DecidedRestart, type RestartDecision } from '../plan/decideRestart.ts';
import { failedListIn, type FailedList } from '../plan/failedList.ts';
import type { RestartObstacle } from '../plan/obstacles.ts';
import type { PlannedNode } from '../plan/plan.ts';
import { targetsFromHere, type Target } from '../plan/targets.ts';
import { strip } from '../text/pythonText.ts';
import type { EngineState } from '../restart/engineState.ts';

/** What is known of the nodes of a project besides its mapping file: all facts that decide, by their source. */
export interface KnownRuns {
  readonly list: FailedList;
  /** Rows of the committed mapping file; undefined: not known. */
  readonly committed: readonly Target[] | undefined;
  /** Of the stage engine's state folder; undefined: there is none, or it cannot be read. */
  readonly engine: EngineSide | undefined;
}

interface About extends KnownRuns {
  readonly rows: readonly Target[];
  readonly version: OmniaVersion;
  readonly imageGroup: string;
  /** What ends the stage of Omnia before it boots a node. */
  readonly obstacles?: readonly RestartObstacle[];
}

/**
 * What the restart stage does, as far as the files of a project tell: where the stage engine has run here, as a restart
 * from here goes by it and by what Omnia left; else by what Omnia left alone. The plan, the Nodes view, hovers and lenses
 * all ask here.
 */
export function decideProject(about: About): RestartDecision {
  const { rows, version, imageGroup, list, committed, engine, obstacles } = about;
  if (engine === undefined || !hasRun(engine)) {
    return decideRestart({ rows, version, imageGroup, list, committed, obstacles });
  }
  const omnia = { file: '', list, committed: committed === undefined ? undefined : targetsFromHere(committed) };
  return decideDirect({ rows: targetsFromHere(rows), version, imageGroup, own: engine, omnia });
}

/** What is known of one BMC_IP: nodes do not depend on each other. */
export interface NodeFacts {
  readonly rows: readonly Target[];
  readonly version: OmniaVersion;
  /** Omnia's; undefined: there is no such file. */
  readonly failed: FailedNodesDocument | undefined;
  readonly entries: readonly FailedEntry[];
  readonly isCommitted: boolean | undefined;
  readonly engine: EngineState | undefined;
}

export interface NodeDecision extends Pick<DecidedRestart, 'basis'> {
  readonly planned: PlannedNode;
}

/** The decision for one node alone. Undefined without a row, and where its entries would fail the stage. */
export function decideNode(bmcIp: string, facts: NodeFacts): NodeDecision | undefined {
  const { rows, version, failed, entries, isCommitted, engine } = facts;
  const decision = decideProject({
    rows,
    version,
    imageGroup: '',
    list: listOf(failed, entries),
    committed: isCommitted === undefined ? undefined : isCommitted ? rows : [],
    engine: engine === undefined ? undefined : sliceOf(engine, strip(bmcIp)),
  });
  const planned = decision.plan?.nodes[0];
  return planned === undefined || decision.plan === undefined ? undefined : { planned, basis: decision.basis };
}

function listOf(failed: FailedNodesDocument | undefined, entries: readonly FailedEntry[]): FailedList {
  if (failed === undefined) return { kind: 'missing' };
  const of = (key: string): unknown => failed.header.get(key)?.value;
  const values = entries.map(({ node }) => getNodeValue(node) as unknown);
  return failedListIn({ job_id: of('job_id'), timestamp: of('timestamp'), failed_nodes: values }, undefined);
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
