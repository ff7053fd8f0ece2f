import type { Range, TextEdit } from '@omnia-buildstream/core/text/position';
import type { FailureCause } from '@omnia-buildstream/core/failedNodes/advice';
import type { NodeStatus } from '@omnia-buildstream/core/failedNodes/edits';
import type { MarkTargets } from '@omnia-buildstream/core/failedNodes/marks';
import type { RowsInventory } from '@omnia-buildstream/core/nodes/inventoryRows';
import type { RowRemoval } from '@omnia-buildstream/core/nodes/removeRows';
import type { SeenRow } from '@omnia-buildstream/core/nodes/seenRow';
import type { NodeState } from '@omnia-buildstream/core/nodes/nodeState';
import type { PlannedNode } from '@omnia-buildstream/core/plan/plan';
import type { PlanBasis } from '@omnia-buildstream/core/plan/decideRestart';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import type { VersionReason } from '@omnia-buildstream/core/mapping/detectVersion';
import type { AnyTableRequest } from './tableProtocol.ts';

/** Messages between client and server beyond LSP. Types only: the two are separate processes. */

/** `initializationOptions` of the initialize request. */
export interface InitializationOptions {
  /** English template to the user's wording, in the format of `@vscode/l10n` bundles. */
  readonly l10nBundle?: Readonly<Record<string, string>>;
  /** Initial state of `buildstream/builtInJson`; false if absent. */
  readonly builtInJson?: boolean;
  /** Prefix for the names of rule pages (`dup-hostname.md`). Without it, findings have no link. */
  readonly rulePages?: string;
  /** The client knows this file and carries out {@link ClientCommands}. Other clients only receive LSP. */
  readonly speaksBuildstream?: boolean;
}

/** Client to server: whether the editor's own JSON support checks failed_nodes.json against our schema. */
export interface BuiltInJsonNotification {
  readonly method: 'buildstream/builtInJson';
  readonly params: { readonly active: boolean };
}

/**
 * Client to server, when a mapping file or failed_nodes.json is opened and when git's HEAD moves. Sent again after the
 * server restarts.
 */
export interface CommittedTextNotification {
  readonly method: 'buildstream/committedText';
  readonly params: CommittedText;
}

export interface CommittedText {
  readonly uri: string;
  /** Null if there is no git repository or the file is not in HEAD. */
  readonly text: string | null;
}

/**
 * Server to client, after each publication of diagnostics: how a mapping file is interpreted, and the number of
 * findings.
 */
export interface MappingStatusNotification {
  readonly method: 'buildstream/mappingStatus';
  readonly params: MappingStatus;
}

export interface MappingStatus {
  readonly uri: string;
  readonly version: OmniaVersion;
  readonly source: 'setting' | 'site' | 'detected' | 'default';
  /** Why `version` was detected; `nothing` unless `source` is `detected`. */
  readonly reason: VersionReason;
  readonly rows: number;
  readonly errors: number;
  readonly warnings: number;
  /** Findings with severity hint or info. */
  readonly hints: number;
  /** Number of diagnostics sent. Less than `total` if the file has more than an editor can show. */
  readonly published: number;
  readonly total: number;
  /** Rules that could not be checked, each with the fact that it lacks. */
  readonly skipped: readonly SkippedRule[];
}

export interface SkippedRule {
  readonly code: string;
  readonly needs: 'network' | 'share' | 'dnsEnabled' | 'software' | 'catalog';
}

/** Client to server, when a mapping file is opened or its encoding changes: LSP carries text, but Omnia reads bytes. */
export interface DocumentEncodingNotification {
  readonly method: 'buildstream/documentEncoding';
  readonly params: DocumentEncoding;
}

export interface DocumentEncoding {
  readonly uri: string;
  /** The editor's name of the encoding: `utf8`, `utf8bom`, `windows1252` … */
  readonly encoding: string;
}

/** Server to client: reads a file whose scheme the server does not know (a virtual workspace). */
export interface ReadFileRequest {
  readonly method: 'buildstream/readFile';
  readonly params: { readonly uri: string };
  /** `text` is null if there is no such file. */
  readonly result: { readonly text: string | null };
}

/** Client to server: every node of a mapping file joined with its failed_nodes.json. */
export interface NodesRequest {
  readonly method: 'buildstream/nodes';
  /** Either of the two files. Without it, the first known mapping file. */
  readonly params: { readonly uri?: string };
  /** Null if neither file was found. */
  readonly result: NodeList | null;
}

export interface NodeList {
  readonly mappingUri: string | null;
  readonly failedUri: string | null;
  /** As written in failed_nodes.json. */
  readonly jobId: string | null;
  readonly timestamp: string | null;
  readonly counts: Readonly<Record<NodeState, number>>;
  /** Number of nodes that the next run retries. */
  readonly retried: number;
  /** Rows in file order, then the nodes that only failed_nodes.json has. */
  readonly nodes: readonly NodeInfo[];
}

export interface NodeInfo {
  readonly hostname: string;
  readonly role: string;
  readonly group: string;
  readonly bmcIp: string;
  readonly adminIp?: string;
  readonly serviceTag: string;
  readonly parentServiceTag?: string;
  readonly state: NodeState;
  /** Omnia's message, and the cause derived from it. Only for nodes with an entry. */
  readonly message?: string;
  readonly cause?: FailureCause;
  /** The cause in the user's language. */
  readonly causeTitle?: string;
  readonly advice?: string;
  /**
   * Since when the node is in this state, ISO 8601, by the clock of the writer: when the stage engine booted it, or
   * when the list that does or does not contain it was written. Absent if unknown.
   */
  readonly since?: string;
  /** The last reset that was sent from here, in the user's language. */
  readonly lastReset?: string;
  /** The row is commented out with `#`, which the restart stage of 2.3 does not recognize. */
  readonly isCommented?: true;
  /** Line of the row in the mapping file and of the entry in failed_nodes.json, from 0. */
  readonly row?: number;
  readonly entry?: number;
}

/** Server to client, at most five times a second: `buildstream/nodes` and `buildstream/plan` may have new results. */
export interface NodesChangedNotification {
  readonly method: 'buildstream/nodesChanged';
  readonly params: NodesChanged;
}

export interface NodesChanged {
  /** Null if the change is in a failed_nodes.json without a mapping file. */
  readonly mappingUri: string | null;
}

/** Client to server: where a node currently is in both files. */
export interface LocateNodeRequest {
  readonly method: 'buildstream/locateNode';
  /** `uri`: either of the two files. */
  readonly params: { readonly uri: string; readonly bmcIp: string };
  readonly result: NodePlaces;
}

export interface NodePlaces {
  /** The BMC_IP in the mapping file. */
  readonly mapping: NodePlace | null;
  /** The bmc_ip in failed_nodes.json. */
  readonly failed: NodePlace | null;
}

export interface NodePlace {
  readonly uri: string;
  readonly range: Range;
}

/** Client to server: edits of failed_nodes.json that set the status of nodes. Empty if nothing would change. */
export interface MarkNodesRequest {
  readonly method: 'buildstream/markNodes';
  readonly params: MarkNodes;
  readonly result: NodeMarks;
}

export interface NodeMarks {
  readonly edits: readonly TextEdit[];
  /** Why nothing can be marked, in the user's language. */
  readonly refused: string | null;
}

/** Client to server: edits of a mapping file that remove the rows of nodes, and what that means for the nodes. */
export interface RemoveNodesRequest {
  readonly method: 'buildstream/removeNodes';
  readonly params: RemoveNodes;
  /** Null if there is no such file. */
  readonly result: RowRemoval | null;
}

export interface RemoveNodes {
  /** The mapping file, open or not. */
  readonly uri: string;
  /** As listed by `buildstream/nodes`. */
  readonly nodes: readonly SeenRow[];
}

/** Requests of the commands for many rows and for columns. */
export type TableRequests = AnyTableRequest;

/** Client to server: rows of a mapping file as an inventory for Omnia's own PXE boot. */
export interface InventoryRequest {
  readonly method: 'buildstream/inventory';
  readonly params: RemoveNodes;
  /** Null if there is no such file. */
  readonly result: RowsInventory | null;
}

export interface MarkNodes {
  /** The failed_nodes.json, open or not. */
  readonly uri: string;
  readonly bmcIps: MarkTargets;
  readonly status: NodeStatus;
}

/** Command-line switch for a server under test. Only such a server listens to {@link PassTimeNotification}. */
export type MovableClockSwitch = '--movable-clock';

/** Client to server: moves the clock of a server under test forward. */
export interface PassTimeNotification {
  readonly method: 'buildstream/passTime';
  readonly params: { readonly ms: number };
}

/** Client to server: what the restart stage would do with the files as they are in the editor. */
export interface PlanRequest {
  readonly method: 'buildstream/plan';
  readonly params: PlanParams;
  /** Null if there is no mapping file. */
  readonly result: PlanResult | null;
}

export interface PlanParams {
  /** One of the two is enough. Without either, the first known mapping file. */
  readonly mappingUri?: string;
  readonly failedUri?: string;
  readonly imageGroup?: string;
  /** The text of restart_state.json if the client has it. Otherwise the state is assumed. */
  readonly restartStateText?: string;
}

export interface PlanResult {
  readonly mappingUri: string;
  readonly failedUri: string | null;
  readonly markdown: string;
  /** Null if the stage would fail because of a file: then `markdown` says why, and no node is planned. */
  readonly basis: PlanBasis | null;
  readonly boot: number;
  /** Number of nodes in the mapping file. */
  readonly total: number;
  readonly counts: Readonly<Partial<Record<PlannedNode['reason'], number>>>;
  readonly nodes: readonly PlannedNodeInfo[];
}

export interface PlannedNodeInfo {
  readonly hostname: string;
  readonly role: string;
  readonly group: string;
  readonly bmcIp: string;
  readonly serviceTag: string;
  readonly action: PlannedNode['action'];
  readonly reason: PlannedNode['reason'];
  readonly message?: string;
  /** Line of the row in the mapping file, from 0. */
  readonly row?: number;
}

/** Commands in code actions and code lenses, which the client carries out, with their arguments. */
export interface ClientCommands {
  /** Writes the file as UTF-8 without byte order mark. */
  readonly 'buildstream.saveAsUtf8': readonly [uri: string];
  /** Asks for a level and writes it to `buildstream.rules`. */
  readonly 'buildstream.setRuleSeverity': readonly [code: string];
  readonly 'buildstream.openRuleDocs': readonly [code: string];
  /** Sets the status of nodes through `buildstream/markNodes`; `uri` is the failed_nodes.json. */
  readonly 'buildstream.markSuccessful': readonly [uri: string, bmcIps: readonly string[]];
  readonly 'buildstream.markFailed': readonly [uri: string, bmcIps: readonly string[]];
  /** Shows the row of a node, found with `buildstream/locateNode`; `uri` is the failed_nodes.json. */
  readonly 'buildstream.showInMapping': readonly [bmcIp: string, uri: string];
  /** Shows the plan; `uri` is either of the two files. */
  readonly 'buildstream.showPlan': readonly [uri: string];
}
