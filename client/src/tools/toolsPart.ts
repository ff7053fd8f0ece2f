import type { NodesSource } from '../nodes/nodesSource.ts';
import type { MappingStatuses } from '../language/mappingStatuses.ts';
import type { LanguageServer } from '../language/languageServer.ts';
import type { StatusRow } from '../status/statusRows.ts';
import type { TablePreviews } from '../table/tablePreviews.ts';
import type { GitLabTools, StageTools } from './editorTools.ts';

/** What the extension passes to the bundle with the tools. */
export interface ToolsParts {
  readonly server: LanguageServer;
  readonly statuses: MappingStatuses;
  readonly nodes: NodesSource;
  readonly previews: TablePreviews;
  readonly status: () => Promise<readonly StatusRow[]>;
  readonly gitlab: () => Promise<GitLabTools>;
  readonly stages: () => Promise<StageTools>;
}

/** The bundle with the tools. */
export interface ToolsPart {
  /** The answer of a tool, in blocks. Rejects only because of a bug of ours. */
  readonly invoke: (name: string, given: unknown, signal: AbortSignal) => Promise<readonly string[]>;
}
