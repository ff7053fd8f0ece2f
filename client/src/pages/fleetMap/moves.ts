import { boxOf, type Layout } from './layout.ts';

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last' | 'pageUp' | 'pageDown';

/** The cells to move on. */
export interface Ground {
  readonly layout: Layout;
  readonly count: number;
  /** Moves skip cells that a filter leaves out. */
  readonly isShown: (position: number) => boolean;
  /** Height of the visible part, in CSS pixels. */
  readonly page: number;
}

/** The position that an arrow key leads to; the same position if there is no further cell. */
export function moved(ground: Ground, from: number, direction: Direction): number {
  switch (direction) {
    case 'left':
      return nextShown(ground, from - 1, -1) ?? from;
    case 'right':
      return nextShown(ground, from + 1, 1) ?? from;
    case 'first':
      return nextShown(ground, 0, 1) ?? from;
    case 'last':
      return nextShown(ground, ground.count - 1, -1) ?? from;
    case 'up':
      return inRows(ground, from, -1, 0) ?? from;
    case 'down':
      return inRows(ground, from, 1, 0) ?? from;
    case 'pageUp':
      return inRows(ground, from, -1, ground.page) ?? moved(ground, from, 'first');
    case 'pageDown':
      return inRows(ground, from, 1, ground.page) ?? moved(ground, from, 'last');
  }
}

/** The first shown cell, at a position or beyond it in the direction of `step`. */
export function nextShown({ count, isShown }: Ground, from: number, step: 1 | -1): number | undefined {
  for (let position = from; position >= 0 && position < count; position += step) {
    if (isShown(position)) return position;
  }
  return undefined;
}

/** The cell nearest to the same column, in the nearest row that is at least this far above or below. */
function inRows({ layout, count, isShown }: Ground, from: number, sign: 1 | -1, atLeast: number): number | undefined {
  const start = boxOf(layout, from);
  if (start === undefined) return undefined;
  let best: { readonly position: number; readonly away: number; readonly aside: number } | undefined;
  for (let position = 0; position < count; position += 1) {
    const box = boxOf(layout, position);
    if (box === undefined) break;
    const away = (box.y - start.y) * sign;
    if (away <= 0 || away < atLeast || !isShown(position)) continue;
    const aside = Math.abs(box.x - start.x);
    if (best === undefined || away < best.away || (away === best.away && aside < best.aside)) {
      best = { position, away, aside };
    }
  }
  return best?.position;
}
