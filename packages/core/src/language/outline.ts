import type { Range } from '../text/position.ts';
import type { MappingRow } from '../mapping/row.ts';
import type { Say } from '../text/message.ts';
import type { MappingModel } from '../validation/model.ts';
import { cellSpotOf } from './cellSpot.ts';
import { listLimit, wholeFileRows } from './limits.ts';

export const outlineMessages = {
  header: 'Header',
  noGroup: 'Without group',
  noName: 'Without hostname',
  oneNode: '1 node',
  nodes: '{count} nodes',
} as const;

export interface OutlineNode {
  readonly kind: 'header' | 'group' | 'node';
  /** Never empty. */
  readonly name: string;
  readonly detail: string;
  readonly range: Range;
  readonly selectionRange: Range;
  readonly children: readonly OutlineNode[];
}

/**
 * The header, and in it groups in file order, each with its nodes; in large files without them. The header goes on to the
 * end of the file, as the start of a function does to its end, so that editors keep it in view.
 */
export function outline(model: MappingModel, say: Say): OutlineNode[] {
  const { document, layout } = model;
  const groups = groupsOf(model, say);
  if (layout.header === undefined || groups.length === 0) return groups;
  const line = document.recordRange(layout.headerIndex);
  const { end } = document.recordRange(document.records.length - 1);
  return [
    {
      kind: 'header',
      name: say(outlineMessages.header),
      detail: countOf(model.rowCount, say),
      range: { start: line.start, end },
      selectionRange: line,
      children: groups,
    },
  ];
}

function groupsOf(model: MappingModel, say: Say): OutlineNode[] {
  const withNodes = model.rowCount <= wholeFileRows;
  const groups = new Map<string, MappingRow[]>();
  for (const row of model.rows) {
    const rows = groups.get(row.text.GROUP_NAME);
    if (rows !== undefined) rows.push(row);
    else if (groups.size < listLimit) groups.set(row.text.GROUP_NAME, [row]);
  }
  return [...groups].flatMap(([name, rows]) => {
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined) return [];
    const { document } = model;
    const range = {
      start: document.recordRange(document.indexOf(first.record)).start,
      end: document.recordRange(document.indexOf(last.record)).end,
    };
    return {
      kind: 'group',
      name: name === '' ? say(outlineMessages.noGroup) : name,
      detail: countOf(rows.length, say),
      range,
      selectionRange: cellSpotOf(model, first, 'GROUP_NAME')?.valueRange ?? { start: range.start, end: range.start },
      children: withNodes ? rows.map((row) => nodeOf(model, row, say)) : [],
    };
  });
}

function countOf(count: number, say: Say): string {
  return count === 1 ? say(outlineMessages.oneNode) : say(outlineMessages.nodes, { count });
}

function nodeOf(model: MappingModel, row: MappingRow, say: Say): OutlineNode {
  const range = model.document.recordRange(model.document.indexOf(row.record));
  const { HOSTNAME, SERVICE_TAG, FUNCTIONAL_GROUP_NAME } = row.text;
  return {
    kind: 'node',
    name: HOSTNAME === '' ? (SERVICE_TAG === '' ? say(outlineMessages.noName) : SERVICE_TAG) : HOSTNAME,
    detail: FUNCTIONAL_GROUP_NAME,
    range,
    selectionRange: cellSpotOf(model, row, 'HOSTNAME')?.valueRange ?? { start: range.start, end: range.start },
    children: [],
  };
}
