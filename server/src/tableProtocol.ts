import type { TableAction } from '@omnia-buildstream/core/editing/changeTable';
import type { ColumnAt } from '@omnia-buildstream/core/editing/columnCells';
import type { GroupFacts } from '@omnia-buildstream/core/editing/groupFacts';
import type { TableChange } from '@omnia-buildstream/core/editing/tableChange';
import type { Pad } from '@omnia-buildstream/core/language/alignment';
import type { Position, Range } from '@omnia-buildstream/core/text/position';

/** What client and server say to each other of many rows and of columns. Types only, as in protocol.ts. */

/** Client to server: the edits of an open mapping file that change many of its rows, and what is to be known of them. */
export interface ChangeTableRequest {
  readonly method: 'buildstream/changeTable';
  readonly params: ChangeTable;
  /** Null when the file is not open at this version, or the action has nothing to do with it. */
  readonly result: TableChange | null;
}

export interface ChangeTable {
  /** The mapping file. */
  readonly uri: string;
  /** Of the document that the action was chosen for. */
  readonly version: number;
  readonly action: TableAction;
}

/** Client to server: the values of a column, or the cell beside the one at a position; none in a file that is not open. */
export interface CellsRequest {
  readonly method: 'buildstream/cells';
  readonly params: { readonly uri: string; readonly at: Position; readonly want: 'column' | 'next' | 'previous' };
  readonly result: readonly Range[];
}

/** Client to server: the column at a position; null outside of the table. */
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

/** Client to server: what is shown after the cells of these lines, so that columns stand under each other. */
export interface PadsRequest {
  readonly method: 'buildstream/pads';
  readonly params: { readonly uri: string; readonly range: Range };
  readonly result: readonly Pad[];
}
