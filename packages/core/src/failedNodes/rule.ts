import type { Range, TextEdit } from '../text/position.ts';
import type { MappingRow } from '../mapping/row.ts';
import type { SourceEncoding } from '../text/sourceEncoding.ts';
import type { Severity } from '../mapping/versions.ts';
import type { Params, Template } from '../text/message.ts';
import type { FailedEntry, FailedNodesDocument } from './document.ts';

/** The node model that both files share, as far as failed_nodes.json needs it. */
export interface MappingLookup {
  /** Rows whose BMC_IP is this text, in file order. */
  rowsOf(bmcIp: string): readonly MappingRow[];
  /** Rows whose BMC_IP differs from this text in the blanks around it only. */
  nearTo?(bmcIp: string): readonly MappingRow[];
}

/** What the checks may look at. What is absent is unknown, and the checks that need it are skipped. */
export interface FailedNodesScope {
  readonly document: FailedNodesDocument;
  readonly mapping?: MappingLookup;
  /** The file as git has it at HEAD. */
  readonly committed?: FailedNodesDocument;
  /** How the editor or the command line came to the text. */
  readonly encoding?: SourceEncoding;
  /** The job of the pipeline about to be retried. */
  readonly expectedJobId?: string;
}

export interface JsonFinding {
  readonly rule: FailedNodesRule;
  readonly message: Template;
  readonly params: Params;
  readonly range: Range;
  readonly entry?: FailedEntry;
}

/** A change of failed_nodes.json that removes a finding. */
export interface JsonFix {
  readonly title: Template;
  readonly params: Params;
  readonly edits: readonly TextEdit[];
  /** Write the file as UTF-8 without byte order mark; no text edit can do that. */
  readonly reencode?: true;
}

export type Report = (range: Range, message: Template, params?: Params, entry?: FailedEntry) => void;

/** One rule of failed_nodes.json. `level` is the same for every Omnia: the file is read alike since 2.2. */
export interface FailedNodesRule {
  /** Stable, kebab-case; docs/rules/<code>.md explains it. */
  readonly code: string;
  readonly level: Severity;
  readonly messages: Readonly<Record<string, Template>>;
  /** The schema says the same, so an editor whose JSON support reads the schema need not hear it twice. */
  readonly inSchema?: boolean;
  /** A fix may bring back what nobody reads now. It is offered when that has no more errors. */
  readonly revives?: boolean;
  check(scope: FailedNodesScope, report: Report): void;
  fixes?(finding: JsonFinding, scope: FailedNodesScope): JsonFix[];
}
