import type { Position, Range } from '../text/position.ts';
import { requiredCells, type ColumnName } from '../mapping/columns.ts';
import { functionalGroups } from '../mapping/functionalGroups.ts';
import type { MappingRow } from '../mapping/row.ts';
import type { Finding } from '../rules/rule.ts';
import { blocks, code, joined, link, md, sayMarkdown, type Markdown } from '../text/markdown.ts';
import type { Say } from '../text/message.ts';
import type { MappingModel } from '../validation/model.ts';
import { cellSpotAt, type CellSpot } from './cellSpot.ts';
import { columnDoc } from './columnDocs.ts';
import { occurrences } from './occurrences.ts';

export const hoverMessages = {
  required: 'Must be filled.',
  unknownColumn: 'Omnia {version} does not read this column.',
  parentRow: 'Parent: {host}, {role}, line {line}',
  noParentRow: 'No row has this service tag.',
  also: 'Also in',
  line: 'line {line} ({host}, {column})',
  more: 'and {count} more',
} as const;

export interface HoverText {
  readonly markdown: Markdown;
  readonly range: Range;
}

const shownPlaces = 8;

/** Explains the cell under the cursor: its column, its faults, and where else its value occurs. */
export function hover(
  model: MappingModel,
  position: Position,
  say: Say,
  docsUrl: (code: string) => string | undefined,
): HoverText | undefined {
  const spot = cellSpotAt(model, position);
  if (spot === undefined) return undefined;
  const inTable = spot.kind === 'header' || spot.kind === 'row';
  const parts = [
    ...(inTable ? [aboutColumn(model, spot, say)] : []),
    ...(spot.kind === 'row' ? [aboutRole(spot, say), aboutParent(model, spot, say)] : []),
    ...faults(model, spot).map((finding) => describe(finding, say, docsUrl)),
    ...(spot.kind === 'row' ? [otherPlaces(model, spot, say)] : []),
  ];
  const markdown = blocks(parts);
  return String(markdown) === '' ? undefined : { markdown, range: spot.range };
}

function aboutColumn(model: MappingModel, { column, kind, value }: CellSpot, say: Say): Markdown {
  if (column === undefined) {
    const unknown = say(hoverMessages.unknownColumn, { version: model.version });
    return blocks([...(kind === 'header' ? [md`**${value}**`] : []), unknown]);
  }
  const { meaning, allowed } = columnDoc(column, model.version);
  const required = requiredCells(model.version).includes(column) ? [say(hoverMessages.required)] : [];
  return blocks([md`**${column}** \u2014 ${say(meaning)}`, [say(allowed), ...required].join(' ')]);
}

function aboutRole({ column, value }: CellSpot, say: Say): Markdown {
  const role = column === 'FUNCTIONAL_GROUP_NAME' ? functionalGroups.find(({ name }) => name === value) : undefined;
  return role === undefined ? md`` : md`${code(role.name)}: ${say(role.description)}`;
}

function aboutParent(model: MappingModel, { column, value }: CellSpot, say: Say): Markdown {
  if (column !== 'PARENT_SERVICE_TAG' || value === '') return md``;
  const parent = model.find('SERVICE_TAG', value)[0];
  if (parent === undefined) return md`${say(hoverMessages.noParentRow)}`;
  const params = {
    host: code(parent.text.HOSTNAME),
    role: code(parent.text.FUNCTIONAL_GROUP_NAME),
    line: lineOf(model, parent),
  };
  return sayMarkdown(say, hoverMessages.parentRow, params);
}

function faults(model: MappingModel, { record, cell }: CellSpot): Finding[] {
  return model
    .findings()
    .filter(({ place }) => place.record === record && (place.cell === undefined || place.cell === cell));
}

function describe(
  { rule, message, params }: Finding,
  say: Say,
  docsUrl: (code: string) => string | undefined,
): Markdown {
  const page = docsUrl(rule.code);
  return md`- ${say(message, params)} ${page === undefined ? code(rule.code) : link(rule.code, page)}`;
}

function otherPlaces(model: MappingModel, spot: CellSpot, say: Say): Markdown {
  // Roles and groups are shared on purpose.
  if (spot.column === 'FUNCTIONAL_GROUP_NAME' || spot.column === 'GROUP_NAME') return md``;
  const others = occurrences(model, spot).filter(({ row, column }) => row !== spot.row || column !== spot.column);
  if (others.length === 0) return md``;
  const places = others.slice(0, shownPlaces).map(({ row, column }) => placeText(model, row, column, say));
  const more =
    others.length > shownPlaces ? [md`${say(hoverMessages.more, { count: others.length - shownPlaces })}`] : [];
  return md`${say(hoverMessages.also)} ${joined([...places, ...more], ', ')}`;
}

function placeText(model: MappingModel, row: MappingRow, column: ColumnName, say: Say): Markdown {
  const params = { line: lineOf(model, row), host: code(row.text.HOSTNAME), column };
  return sayMarkdown(say, hoverMessages.line, params);
}

function lineOf(model: MappingModel, row: MappingRow): number {
  return model.document.lineOf(model.document.indexOf(row.record)) + 1;
}
