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
  /** All nodes; null where there is no mapping file. `progress`: of a run in progress, else empty. */
  | { readonly type: 'fleet'; readonly cells: readonly MapCell[] | null; readonly progress: string }
  /** Nodes of which something else is told now. */
  | { readonly type: 'changed'; readonly cells: readonly MapCell[]; readonly progress: string };

/** From the page to the extension. */
export type MapRequest =
  /** The page listens; the same after each time that it was hidden. */
  | { readonly type: 'ready' }
  | { readonly type: 'selected'; readonly ids: readonly string[] }
  /** A node is to be shown in the Nodes view. */
  | { readonly type: 'reveal'; readonly id: string };

/** @returns undefined for what is not our message */
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

/** @returns undefined for what is no request of ours */
export function readMapRequest(value: unknown): MapRequest | undefined {
  if (!isFields(value)) return undefined;
  const { type, ids, id } = value;
  if (type === 'ready') return { type };
  if (type === 'selected' && isTexts(ids)) return { type, ids };
  if (type === 'reveal' && isText(id)) return { type, id };
  return undefined;
}

/** What a page kept over a reload, whatever is left of it. */
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
