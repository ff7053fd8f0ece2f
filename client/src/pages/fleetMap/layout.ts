import type { Section } from './cells.ts';

/** Lengths in CSS pixels; positions from the top left corner of the whole map. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** A section on the map: its title, and below it rows of cells. */
export interface Block extends Section {
  readonly x: number;
  readonly y: number;
  readonly columns: number;
  /** Width of the title. */
  readonly width: number;
}

export interface Layout {
  /** Distance from one cell to the next. */
  readonly pitch: number;
  /** One after the other, on shelves from top to bottom. */
  readonly blocks: readonly Block[];
  readonly height: number;
}

export const titleHeight = 18;
const margin = 8;
const gap = 8;
const widestPitch = 30;
/** Smaller cells cannot be told apart or clicked, so the map scrolls instead. */
const narrowestPitch = 7;
const narrowestTitle = 96;

/** The largest layout that fits in the view, with all cells visible at once if possible. */
export function layoutOf(sections: readonly Section[], view: Size): Layout {
  for (let pitch = widestPitch; pitch > narrowestPitch; pitch -= 1) {
    const layout = withPitch(sections, view.width, pitch);
    if (layout.height <= view.height) return layout;
  }
  return withPitch(sections, view.width, narrowestPitch);
}

function withPitch(sections: readonly Section[], width: number, pitch: number): Layout {
  const inner = width - 2 * margin;
  const most = Math.max(1, Math.floor(inner / pitch));
  const least = Math.ceil(narrowestTitle / pitch);
  const blocks: Block[] = [];
  let [x, y, bottom] = [margin, margin, margin];
  for (const section of sections) {
    const wanted = Math.min(most, Math.max(least, Math.ceil(Math.sqrt(2 * section.count))));
    // Makes sections wide enough that as many of this size as fit beside each other fill the width.
    const beside = Math.max(1, Math.floor((inner + gap) / (wanted * pitch + gap)));
    const columns = Math.max(wanted, Math.floor(((inner + gap) / beside - gap) / pitch));
    const own = columns * pitch;
    if (x > margin && x + own > width - margin) [x, y] = [margin, bottom + gap];
    blocks.push({ ...section, x, y, columns, width: own });
    x += own + gap;
    bottom = Math.max(bottom, y + titleHeight + Math.ceil(section.count / columns) * pitch);
  }
  return { pitch, blocks, height: bottom + margin };
}

/** The box of a cell, by its position on the map. Undefined if there is no such cell. */
export function boxOf(layout: Layout, position: number): Box | undefined {
  const block = blockOf(layout, position);
  return block === undefined ? undefined : boxIn(block, position - block.first, layout.pitch);
}

export function boxIn({ x, y, columns }: Block, index: number, pitch: number): Box {
  const row = Math.floor(index / columns);
  return { x: x + (index % columns) * pitch, y: y + titleHeight + row * pitch, width: pitch, height: pitch };
}

/** The section of a cell. */
export function blockOf({ blocks }: Layout, position: number): Block | undefined {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const block = blocks[middle];
    if (block !== undefined && block.first + block.count <= position) low = middle + 1;
    else high = middle;
  }
  return position < 0 ? undefined : blocks[low];
}

/** The cell at a point: the inverse of `boxOf`. */
export function cellAt(layout: Layout, x: number, y: number): number | undefined {
  const [found] = cellsIn(layout, { x, y, width: 0, height: 0 });
  return found;
}

/** The cells that a rectangle touches; right and lower edges belong to the next cell. */
export function cellsIn({ blocks, pitch }: Layout, box: Box): number[] {
  const found: number[] = [];
  for (const block of blocks) {
    const top = block.y + titleHeight;
    const rows = Math.ceil(block.count / block.columns);
    const columns = between(box.x - block.x, box.x + box.width - block.x, pitch, block.columns);
    for (const row of between(box.y - top, box.y + box.height - top, pitch, rows)) {
      for (const column of columns) {
        const index = row * block.columns + column;
        if (index < block.count) found.push(block.first + index);
      }
    }
  }
  return found;
}

/** Indexes of the columns or rows between two lengths. */
function between(from: number, to: number, pitch: number, count: number): number[] {
  const first = Math.max(0, Math.floor(from / pitch));
  const last = Math.min(count - 1, Math.floor(to / pitch));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
