import type { MapCell } from './cells.ts';

/** Typing within this time continues the same word. */
const pauseMs = 1_200;

/** What was typed to find a node. */
export interface Typed {
  readonly text: string;
  /** Time by the clock of the page, in milliseconds. */
  readonly at: number;
}

/** The text after one more letter. */
export function typedOn({ text, at }: Typed, letter: string, now: number): Typed {
  return { text: (now - at > pauseMs ? '' : text) + letter.toLowerCase(), at: now };
}

/**
 * The next cell whose name, address, or tag contains the text: at `from` or after it, then from the start. Names that
 * start with it come first.
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
