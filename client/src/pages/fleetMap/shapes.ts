import type { NodeMark } from './marks.ts';

/** The part of a canvas context that draws shapes. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  'beginPath' | 'moveTo' | 'lineTo' | 'closePath' | 'arc' | 'rect' | 'fill' | 'stroke'
>;

type Way = 'fill' | 'stroke' | 'cut';
/** Parts of a shape around the middle of a cell, in units of half a cell. `cut`: a line in the background color. */
type Part =
  | { readonly way: Way; readonly circle: number }
  | {
      readonly way: Way;
      readonly lines: readonly (readonly (readonly [number, number])[])[];
      readonly isClosed?: true;
    };

const box = (half: number): readonly (readonly [number, number])[] => [
  [-half, -half],
  [half, -half],
  [half, half],
  [-half, half],
];

/** Each mark has its own shape, so that color is never the only cue. */
const shapes: Readonly<Record<NodeMark, readonly Part[]>> = {
  failed: [
    { way: 'fill', lines: [box(0.8)], isClosed: true },
    {
      way: 'cut',
      lines: [
        [
          [-0.4, -0.4],
          [0.4, 0.4],
        ],
        [
          [0.4, -0.4],
          [-0.4, 0.4],
        ],
      ],
    },
  ],
  running: [
    {
      way: 'fill',
      lines: [
        [
          [-0.5, -0.7],
          [0.7, 0],
          [-0.5, 0.7],
        ],
      ],
      isClosed: true,
    },
  ],
  waiting: [{ way: 'stroke', lines: [box(0.5)], isClosed: true }],
  left: [
    {
      way: 'stroke',
      lines: [
        [
          [-0.3, -0.6],
          [-0.3, 0.6],
        ],
        [
          [0.3, -0.6],
          [0.3, 0.6],
        ],
      ],
    },
  ],
  marked: [
    {
      way: 'fill',
      lines: [
        [
          [0, -0.75],
          [0.75, 0],
          [0, 0.75],
          [-0.75, 0],
        ],
      ],
      isClosed: true,
    },
  ],
  'not-in-mapping': [
    {
      way: 'fill',
      lines: [
        [
          [0, -0.7],
          [0.75, 0.6],
          [-0.75, 0.6],
        ],
      ],
      isClosed: true,
    },
  ],
  'not-booted': [{ way: 'stroke', circle: 0.55 }],
  new: [
    {
      way: 'stroke',
      lines: [
        [
          [-0.6, 0],
          [0.6, 0],
        ],
        [
          [0, -0.6],
          [0, 0.6],
        ],
      ],
    },
  ],
  booted: [{ way: 'fill', circle: 0.65 }],
  ok: [
    { way: 'stroke', circle: 0.6 },
    { way: 'fill', circle: 0.25 },
  ],
  unknown: [{ way: 'fill', circle: 0.25 }],
};

/** Draws one mark. `use` sets the color that the next part is drawn in. */
export function drawMark(
  pen: Pen,
  mark: NodeMark,
  middle: readonly [number, number],
  half: number,
  use: (way: Way) => void,
): void {
  const [x, y] = middle;
  for (const part of shapes[mark]) {
    use(part.way);
    pen.beginPath();
    if ('circle' in part) pen.arc(x, y, part.circle * half, 0, 2 * Math.PI);
    else {
      for (const line of part.lines) {
        for (const [index, [dx, dy]] of line.entries()) {
          if (index === 0) pen.moveTo(x + dx * half, y + dy * half);
          else pen.lineTo(x + dx * half, y + dy * half);
        }
        if (part.isClosed === true) pen.closePath();
      }
    }
    if (part.way === 'fill') pen.fill();
    else pen.stroke();
  }
}
