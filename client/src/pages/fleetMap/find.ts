import type { MapCell } from './cells.ts';

/** Further typing continues the same word for so long. */
const pauseMs = 1_200;

/** What was typed to find a node. */
export interface Typed {
  readonly text: string;
  /** By the clock of the page. */
  readonly at: number;
}

/** After one more letter. */
export function typedOn({ text, at }: Typed, letter: string, now: number): Typed {
  return { text: (now - at > pauseMs ? '' : text) + letter.toLowerCase(), at: now };
}

/**
 * The next cell whose name, address or tag has the text: at `from` or behind it, then from the start. Names that begin with
 * it come first.
 */
export function findCell(
  cells: readonly MapCell[],
  text: string,
  from: number,
  isShown: (position: number) => boolean,
): number | undefined {
  const words: ((cell: MapCell) => boolean)[] = [
    ({ name }) => name.toLowerCase().startsWith(text),
    ({ name, bmcIp, serviceTag }) => `${name}\n${bmcIp}\n${serviceTag}`.toLowerCase().includes(text),
  ];
  for (const matches of words) {
    for (let step = 0; step < cells.length; step += 1) {
      const position = (from + step) % cells.length;
      const cell = cells[position];
      if (cell !== undefined && isShown(position) && matches(cell)) return position;
    }
  }
  return undefined;
}
