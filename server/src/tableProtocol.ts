import type { TableAction } from '@omnia-buildstream/core/editing/changeTable';
import type { ColumnAt } from '@omnia-buildstream/core/editing/columnCells';
import type { GroupFacts } from '@omnia-buildstream/core/editing/groupFacts';
import type { ColumnMap } from '@omnia-buildstream/core/editing/importColumns';
import type { ImportSurvey } from '@omnia-buildstream/core/editing/importSurvey';
import type { NewFile, NewFilePlace, NewFileQuestions, NewFileText } from '@omnia-buildstream/core/editing/newFile';
import type { TableChange } from '@omnia-buildstream/core/editing/tableChange';
import type { TablePads } from '@omnia-buildstream/core/language/alignment';
import type { SourceTable } from '@omnia-buildstream/core/mapping/sourceTable';
import type { FileVersion } from '@omnia-buildstream/core/nodes/compareNodes';
import type { Position, Range } from '@omnia-buildstream/core/text/position';

/** Messages between client and server about many rows and about columns. Types only, as in protocol.ts. */

/** Client to server: edits that change many rows of an open mapping file, and what the user has to know about them. */
export interface ChangeTableRequest {
  readonly method: 'buildstream/changeTable';
  readonly params: ChangeTable;
  /** Null if the file is not open at this version or the action does not apply to it. */
  readonly result: TableChange | null;
}

export interface ChangeTable {
  /** The mapping file. */
  readonly uri: string;
  /** Version of the document for which the action was chosen. */
  readonly version: number;
  readonly action: TableAction;
}

/**
 * Client to server: the values of a column, or the cell beside the one at a position. Empty if the file is not open.
 */
export interface CellsRequest {
  readonly method: 'buildstream/cells';
  readonly params: { readonly uri: string; readonly at: Position; readonly want: 'column' | 'next' | 'previous' };
  readonly result: readonly Range[];
}

/** Client to server: the column at a position. Null outside the table. */
export interface ColumnRequest {
  readonly method: 'buildstream/column';
  readonly params: { readonly uri: string; readonly at: Position };
  readonly result: ColumnAt | null;
}

/** Client to server: the groups of an open mapping file. */
export interface GroupsRequest {
  readonly method: 'buildstream/groups';
  readonly params: { readonly uri: string };
  readonly result: readonly GroupFacts[];
}

/** Client to server: where the columns of a source go, and what importing it would do. */
export interface SurveyImportRequest {
  readonly method: 'buildstream/surveyImport';
  readonly params: { readonly uri: string; readonly table: SourceTable; readonly map: ColumnMap };
  /** Null if the file is not open or is too large. */
  readonly result: ImportSurvey | null;
}

/** Client to server: the questions for a new mapping file. */
export interface NewFileQuestionsRequest {
  readonly method: 'buildstream/newFileQuestions';
  readonly params: NewFilePlace;
  readonly result: NewFileQuestions;
}

/** Client to server: the text of a new mapping file. */
export interface NewFileRequest {
  readonly method: 'buildstream/newFile';
  readonly params: NewFile;
  readonly result: NewFileText;
}

/** Client to server: the padding shown after the cells of the header and of these lines to align the columns. */
export interface PadsRequest {
  readonly method: 'buildstream/pads';
  readonly params: { readonly uri: string; readonly range: Range };
  readonly result: TablePads;
}

/** Client to server: compares two versions of a mapping file by node, with the plan for a deploy of the second. */
export interface CompareNodesRequest {
  readonly method: 'buildstream/compareNodes';
  readonly params: { readonly mappingUri: string; readonly before: FileVersion; readonly after: FileVersion };
  /** Null if there is no such file. */
  readonly result: { readonly markdown: string } | null;
}

export type AnyTableRequest =
  | CellsRequest
  | ChangeTableRequest
  | ColumnRequest
  | CompareNodesRequest
  | GroupsRequest
  | NewFileQuestionsRequest
  | NewFileRequest
  | PadsRequest
  | SurveyImportRequest;
