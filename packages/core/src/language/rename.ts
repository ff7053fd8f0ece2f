import { setCell } from '../csv/edits.ts';
import type { Range, TextEdit } from '../text/position.ts';
import type { ColumnName } from '../mapping/columns.ts';
import type { MappingRow } from '../mapping/row.ts';
import {} from '../mapping/versions.ts';
import { isTag } from '../rules/badServiceTag.ts';
import { isHostname } from '../rules/badHostname.ts';
import type { Params, Template } from '../text/message.ts';
import { strip } from '../text/pythonText.ts';
import type { MappingModel } from '../validation/model.ts';
import type { CellSpot } from './cellSpot.ts';

export const renameMessages = {
  notHere: 'Only hostnames and service tags can be renamed.',
  badHostname: "'{value}' is not a valid hostname for Omnia {version}.",
  badTag: "'{value}' is not a valid service tag. Use letters and digits only.",
  hostnameTaken: "The hostname '{value}' is already in line {line}.",
  tagTaken: "The service tag '{value}' is already in line {line}.",
} as const;

export type RenamedColumn = 'HOSTNAME' | 'SERVICE_TAG';

/** Why something cannot be renamed. */
export interface RenameRefusal {
  readonly refusal: Template;
  readonly params: Params;
}

export interface RenameTarget {
  readonly range: Range;
  readonly placeholder: string;
}

/** What would be renamed at the cursor. */
export function renameTarget(spot: CellSpot | undefined): RenameTarget | RenameRefusal {
  if (spot === undefined || subjectOf(spot) === undefined) return { refusal: renameMessages.notHere, params: {} };
  return { range: spot.valueRange, placeholder: spot.value };
}

export interface Renaming {
  readonly edits: readonly TextEdit[];
  /** The nodes that get the new name, and which of their names it is. */
  readonly rows: readonly MappingRow[];
  readonly column: RenamedColumn;
  readonly newName: string;
}

/** Edits that rename a hostname, or a service tag with all cells that name it as parent. */
export function rename(model: MappingModel, spot: CellSpot | undefined, newName: string): Renaming | RenameRefusal {
  const subject = spot === undefined ? undefined : subjectOf(spot);
  if (spot === undefined || subject === undefined) return { refusal: renameMessages.notHere, params: {} };
  const value = strip(newName);
  if (value === spot.value) return { edits: [], rows: [], column: subject, newName: value };
  const isHost = subject === 'HOSTNAME';
  const isValid = isHost ? isHostname(value, model.version) : isTag(value, model.version);
  if (!isValid) {
    const refusal = isHost ? renameMessages.badHostname : renameMessages.badTag;
    return { refusal, params: { value, version: model.version } };
  }
  const other = model.find(subject, value)[0];
  if (other !== undefined) {
    const line = model.document.lineOf(model.document.indexOf(other.record)) + 1;
    return { refusal: isHost ? renameMessages.hostnameTaken : renameMessages.tagTaken, params: { value, line } };
  }
  const cells = cellsToRename(model, spot, subject);
  return {
    edits: cells.map(([row, column]) => edit(model, row, column, value)),
    rows: cells.flatMap(([row, column]) => (column === subject ? row : [])),
    column: subject,
    newName: value,
  };
}

function subjectOf({ kind, column, value }: CellSpot): RenamedColumn | undefined {
  if (kind !== 'row' || value === '') return undefined;
  if (column === 'HOSTNAME') return 'HOSTNAME';
  return column === 'SERVICE_TAG' || column === 'PARENT_SERVICE_TAG' ? 'SERVICE_TAG' : undefined;
}

/**
 * Of a name that two rows share by mistake, only the one at the cursor is renamed: they are different nodes. The parent
 * cells of a doubled tag stay with the other row.
 */
function cellsToRename(
  model: MappingModel,
  { row, column, value }: CellSpot,
  subject: RenamedColumn,
): (readonly [MappingRow, ColumnName])[] {
  const owners = model.find(subject, value);
  if (row !== undefined && column === subject && owners.length > 1) return [[row, subject]];
  const own = owners.map((owner) => [owner, subject] as const);
  if (subject === 'HOSTNAME') return own;
  const children = model.find('PARENT_SERVICE_TAG', value).map((child) => [child, 'PARENT_SERVICE_TAG'] as const);
  return [...own, ...children];
}

function edit(model: MappingModel, row: MappingRow, column: ColumnName, value: string): TextEdit {
  return setCell(model.document, row.record, model.layout.cellOf[column] ?? 0, value);
}
