import { isFields, isText, isTexts, textsOf, type Fields } from '../shared/fields.ts';
import { groupings, type MapCell } from './cells.ts';
import type { MapView } from './mapModel.ts';
import { mapTextKeys, type MapTexts } from './mapTexts.ts';
import { nodeMarks, type NodeMark } from './marks.ts';

/** From the extension to the page. */
export type MapMessage =
  | {
      readonly type: 'start';
      readonly texts: MapTexts;
      readonly marks: Readonly<Record<NodeMark, string>>;
    }
  /** All nodes; null if there is no mapping file. `progress`: that of a run in progress, otherwise empty. */
  | { readonly type: 'fleet'; readonly cells: readonly MapCell[] | null; readonly progress: string }
  /** Nodes whose content has changed. */
  | { readonly type: 'changed'; readonly cells: readonly MapCell[]; readonly progress: string };

/** From the page to the extension. */
export type MapRequest =
  /** The page is listening. Sent again each time after the page was hidden. */
  | { readonly type: 'ready' }
  | { readonly type: 'selected'; readonly ids: readonly string[] }
  /** Asks for a node to be shown in the Nodes view. */
  | { readonly type: 'reveal'; readonly id: string };

/** @returns undefined if it is not one of our messages */
export function readMapMessage(value: unknown): MapMessage | undefined {
  if (!isFields(value)) return undefined;
  const { type, cells, progress } = value;
  if (type === 'start') {
    const [texts, marks] = [textsOf(value['texts'], mapTextKeys), textsOf(value['marks'], nodeMarks)];
    return texts === undefined || marks === undefined ? undefined : { type, texts, marks };
  }
  if (!isText(progress)) return undefined;
  if (type === 'fleet' && cells === null) return { type, cells, progress };
  if (!Array.isArray(cells) || !cells.every(isCell)) return undefined;
  return type === 'fleet' || type === 'changed' ? { type, cells, progress } : undefined;
}

/** @returns undefined if it is not one of our requests */
export function readMapRequest(value: unknown): MapRequest | undefined {
  if (!isFields(value)) return undefined;
  const { type, ids, id } = value;
  if (type === 'ready') return { type };
  if (type === 'selected' && isTexts(ids)) return { type, ids };
  if (type === 'reveal' && isText(id)) return { type, id };
  return undefined;
}

/** Reads what a page kept over a reload; invalid parts are replaced by defaults. */
export function readMapView(value: unknown): MapView {
  const fields = isFields(value) ? value : {};
  const { grouping, marks, selected, active } = fields;
  return {
    grouping: groupings.find((one) => one === grouping) ?? 'group',
    marks: isTexts(marks) ? nodeMarks.filter((mark) => marks.includes(mark)) : [],
    selected: isTexts(selected) ? selected : [],
    active: isText(active) ? active : undefined,
  };
}

const cellTexts = ['id', 'name', 'spoken', 'bmcIp', 'serviceTag', 'context'] as const;

function isCell(value: unknown): value is MapCell {
  return (
    isFields(value) &&
    nodeMarks.some((mark) => mark === value['mark']) &&
    cellTexts.every((key) => isText(value[key])) &&
    isFields(value['sections']) &&
    groupings.every((by) => isText((value['sections'] as Fields)[by]))
  );
}
