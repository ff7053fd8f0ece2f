import { boxOf, type Layout } from './layout.ts';

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last' | 'pageUp' | 'pageDown';

/** What there is to move on. */
export interface Ground {
  readonly layout: Layout;
  readonly count: number;
  /** Cells that a filter leaves out are passed over. */
  readonly isShown: (position: number) => boolean;
  /** Height of what is seen at a time. */
  readonly page: number;
}

/** Where an arrow key leads; the same place where there is nothing further. */
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

/** The first cell that is shown, at a place or behind it. */
export function nextShown({ count, isShown }: Ground, from: number, step: 1 | -1): number | undefined {
  for (let position = from; position >= 0 && position < count; position += step) {
    if (isShown(position)) return position;
  }
  return undefined;
}

/** In the nearest row at least this far above or below, the cell that is nearest to the same column. */
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
