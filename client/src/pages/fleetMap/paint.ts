import { boxIn, type Block, type Box, type Layout } from './layout.ts';
import type { MapModel } from './mapModel.ts';
import type { NodeMark } from './marks.ts';

/** What the map is drawn on, with positions on the whole map. */
export interface Surface {
  readonly clear: (box: Box) => void;
  readonly title: (block: Block, text: string) => void;
  /** `hidden`: the place of a cell that a filter leaves out. */
  readonly mark: (mark: NodeMark | 'hidden', box: Box) => void;
  readonly selection: (box: Box) => void;
  readonly focus: (box: Box) => void;
}

/** Paints what is visible: each cell in the window once, and the titles. */
export function paintAll(surface: Surface, model: MapModel, layout: Layout, window: Box): void {
  surface.clear(window);
  for (const block of layout.blocks) {
    const rows = Math.ceil(block.count / block.columns);
    if (block.y > window.y + window.height || block.y + (rows + 3) * layout.pitch < window.y) continue;
    surface.title(block, `${block.title} (${String(block.count)})`);
    for (let index = 0; index < block.count; index += 1) {
      const box = boxIn(block, index, layout.pitch);
      if (box.y + box.height >= window.y && box.y <= window.y + window.height) {
        paintCell(surface, model, block.first + index, box);
      }
    }
  }
}

/** Repaints single cells, as far as they are visible. */
export function paintSome(
  surface: Surface,
  model: MapModel,
  window: Box,
  places: Iterable<readonly [position: number, box: Box]>,
): void {
  for (const [position, box] of places) {
    if (box.y + box.height < window.y || box.y > window.y + window.height) continue;
    surface.clear(box);
    paintCell(surface, model, position, box);
  }
}

function paintCell(surface: Surface, model: MapModel, position: number, box: Box): void {
  const cell = model.arrangement.cells[position];
  if (cell === undefined) return;
  if (model.isSelected(cell)) surface.selection(box);
  surface.mark(model.shows(cell) ? cell.mark : 'hidden', box);
  if (model.active === cell.id) surface.focus(box);
}
