import type { FailedEntry, FailedNodesDocument } from '../failedNodes/document.ts';
import { bmcIpOf, isMarked } from '../failedNodes/entryText.ts';
import type { MappingLookup } from '../failedNodes/rule.ts';
import type { MappingRow } from '../mapping/row.ts';
import { strip } from '../text/pythonText.ts';
import type { MappingModel } from '../validation/model.ts';
import type { PlannedNode } from '../plan/plan.ts';
import { commentedRow, type Target } from '../plan/targets.ts';
import type { ToldList } from '../plan/toldList.ts';
import type { CsvRecord } from '../csv/record.ts';
import { traitsOf } from '../mapping/versions.ts';
import type { EngineState } from '../restart/engineState.ts';
import { decideFacts, type NodeDecision } from './decideFacts.ts';
import { failedSince } from './failedSince.ts';
import { targetOf } from './modelTargets.ts';
import type { RestartFact } from './nodeFacts.ts';
import { nodeStates, type NodeState } from './nodeState.ts';
import { restartFacts } from './restartFacts.ts';

/** What is known of the two files; an absent one was not found. */
export interface NodeSources {
  readonly mapping?: MappingModel | undefined;
  readonly failed?: FailedNodesDocument | undefined;
  /** BMC_IPs of the committed mapping file, where that is known. */
  readonly committed?: ReadonlySet<string> | undefined;
  /** Of the stage engine's state folder, where it can be read. */
  readonly engine?: EngineState | undefined;
  /** What the management server reported about the last followed restart. */
  readonly told?: ToldList | undefined;
  /** The list is the stage engine's own, and no list of Omnia's was found. */
  readonly isEngineList?: boolean | undefined;
}

/** A row with the entries of its BMC_IP, or the entries of a BMC_IP without row. */
export interface ModelNode {
  readonly row: MappingRow | undefined;
  readonly entries: readonly FailedEntry[];
  readonly state: NodeState;
  /** The row starts with `#`, which the restart stage of 2.3 does not treat as a comment. */
  readonly isCommented?: true;
}

/** How many nodes of a set are in each state. */
export type StateCounts = Readonly<Record<NodeState, number>>;

const none: readonly never[] = [];

/**
 * The nodes of a mapping file joined with failed_nodes.json by the text of BMC_IP, as Omnia does. It looks at the
 * present state of both and costs nothing to make: the mapping model keeps its own indexes, those of the entries are
 * kept here. Rows that start with `#` and that the restart stage of 2.3 takes for nodes are searched once, so the model
 * is made anew after an edit.
 */
export class NodeModel implements MappingLookup {
  readonly mapping: MappingModel | undefined;
  readonly failed: FailedNodesDocument | undefined;
  readonly #sources: NodeSources;
  readonly #entries: ReadonlyMap<string, readonly FailedEntry[]>;
  #commented: CommentedRows | undefined;

  constructor(sources: NodeSources) {
    const { mapping, failed } = sources;
    this.#sources = sources;
    this.mapping = mapping;
    this.failed = failed;
    this.#entries = failed === undefined ? new Map() : entryIndex(failed);
  }

  /** Whether the stage engine has left something. */
  get knowsRunsFromHere(): boolean {
    return this.#sources.engine !== undefined;
  }

  rowsOf(bmcIp: string): readonly MappingRow[] {
    const found = this.mapping?.find('BMC_IP', strip(bmcIp)) ?? none;
    const own = found.every(({ bmcKey }) => bmcKey === bmcIp) ? found : found.filter(({ bmcKey }) => bmcKey === bmcIp);
    const commented = this.#commentedRows.byBmc.get(bmcIp);
    return commented === undefined ? own : [...own, ...commented];
  }

  nearTo(bmcIp: string): readonly MappingRow[] {
    return (this.mapping?.find('BMC_IP', strip(bmcIp)) ?? none).filter(({ bmcKey }) => bmcKey !== bmcIp);
  }

  entriesOf(bmcIp: string): readonly FailedEntry[] {
    return this.#entries.get(bmcIp) ?? none;
  }

  nodeOf(row: MappingRow): ModelNode {
    const entries = row.bmcKey === '' ? none : this.entriesOf(row.bmcKey);
    const node = { row, entries, state: this.#stateOf(row) };
    return this.#commentedRows.byRecord.get(row.record) === row ? { ...node, isCommented: true } : node;
  }

  /** Rows in file order, then what only failed_nodes.json has. */
  *nodes(): Generator<ModelNode> {
    const { byRecord } = this.#commentedRows;
    for (const record of this.mapping?.document.records ?? none) {
      const row = this.mapping?.rowOf(record) ?? byRecord.get(record);
      if (row !== undefined) yield this.nodeOf(row);
    }
    for (const bmcIp of this.#entries.keys()) if (this.rowsOf(bmcIp).length === 0) yield this.#orphan(bmcIp);
  }

  /** BMC_IPs with an entry that Omnia will act on: known to the mapping file, and not marked. */
  retried(): string[] {
    return [...this.#entries].flatMap(([bmcIp, entries]) =>
      !entries.some(isMarked) && (this.mapping === undefined || this.rowsOf(bmcIp).length > 0) ? bmcIp : [],
    );
  }

  /** How many nodes of the list still failed, and how many were marked; each BMC_IP once. */
  listed(): { readonly failed: number; readonly marked: number } {
    const marked = [...this.#entries.values()].filter((entries) => entries.some(isMarked)).length;
    return { failed: this.#entries.size - marked, marked };
  }

  groupCounts(group: string): StateCounts {
    return countStates((this.mapping?.find('GROUP_NAME', group) ?? none).map((row) => this.nodeOf(row)));
  }

  get #commentedRows(): CommentedRows {
    this.#commented ??= this.mapping === undefined ? noComments : commentedRowsOf(this.mapping);
    return this.#commented;
  }

  #orphan(bmcIp: string): ModelNode {
    return { row: undefined, entries: this.entriesOf(bmcIp), state: 'not-in-mapping' };
  }

  /** What the next restart does with the node of a row; undefined where a list would fail the stage. */
  decisionOf(row: MappingRow): NodeDecision | undefined {
    return decideFacts(this.#factsOf(row.bmcKey, [row])).decision;
  }

  /** The same for a BMC_IP, with or without a row. */
  planOne(bmcIp: string): PlannedNode | undefined {
    return decideFacts(this.#factsOf(bmcIp, this.rowsOf(bmcIp))).decision?.planned;
  }

  /** When the list that says that its row failed was written, ISO 8601; undefined: unknown. */
  failedSince(row: MappingRow, message: string): string | undefined {
    return failedSince(this.#factsOf(row.bmcKey, [row]), message);
  }

  #factsOf(bmcIp: string, rows: readonly MappingRow[]): readonly RestartFact[] {
    const { mapping, committed, engine, failed, told, isEngineList } = this.#sources;
    const isOmnias = isEngineList !== true;
    return restartFacts(bmcIp, {
      rows: mapping === undefined ? none : rows.map((row) => this.#targetOf(mapping, row)),
      version: mapping?.version,
      failed: isOmnias ? failed : undefined,
      told,
      entries: isOmnias && bmcIp !== '' ? this.entriesOf(bmcIp) : none,
      isCommitted: committed?.has(bmcIp),
      engine,
    });
  }

  #targetOf(mapping: MappingModel, row: MappingRow): Target {
    const target = targetOf(mapping, row);
    return this.#commentedRows.byRecord.get(row.record) === row ? { ...target, isCommented: true } : target;
  }

  #stateOf(row: MappingRow): NodeState {
    return decideFacts(this.#factsOf(row.bmcKey, [row])).state;
  }
}

/** Rows that start with `#` and that the restart stage takes for nodes. */
interface CommentedRows {
  readonly byRecord: ReadonlyMap<CsvRecord, MappingRow>;
  readonly byBmc: ReadonlyMap<string, readonly MappingRow[]>;
}

const noComments: CommentedRows = { byRecord: new Map(), byBmc: new Map() };

function commentedRowsOf(mapping: MappingModel): CommentedRows {
  const { document, layout, version } = mapping;
  if (!traitsOf(version).restartsComments || layout.headerIndex < 0) return noComments;
  const rows = document.records.slice(layout.headerIndex + 1).flatMap((record) => commentedRow(mapping, record) ?? []);
  const byBmc = new Map<string, MappingRow[]>();
  for (const row of rows) byBmc.set(row.bmcKey, [...(byBmc.get(row.bmcKey) ?? []), row]);
  return { byRecord: new Map(rows.map((row) => [row.record, row])), byBmc };
}

export function countStates(nodes: Iterable<ModelNode>): StateCounts {
  const counts = Object.fromEntries(nodeStates.map((state) => [state, 0])) as Record<NodeState, number>;
  for (const { state } of nodes) counts[state]++;
  return counts;
}

const indexes = new WeakMap<FailedNodesDocument, ReadonlyMap<string, readonly FailedEntry[]>>();

function entryIndex(document: FailedNodesDocument): ReadonlyMap<string, readonly FailedEntry[]> {
  const known = indexes.get(document);
  if (known !== undefined) return known;
  const index = new Map<string, FailedEntry[]>();
  for (const entry of document.entries) {
    const bmcIp = bmcIpOf(entry);
    if (bmcIp === undefined) continue;
    const same = index.get(bmcIp);
    if (same === undefined) index.set(bmcIp, [entry]);
    else same.push(entry);
  }
  indexes.set(document, index);
  return index;
}
