import { titleHeight, type Box, type Size } from './layout.ts';
import { nodeMarks, type NodeMark } from './marks.ts';
import type { Surface } from './paint.ts';
import { drawMark } from './shapes.ts';
import type { Theme } from './theme.ts';

/** Draws the visible part of the map on a canvas. Each mark is drawn once per size and theme, and then copied. */
export class CanvasSurface implements Surface {
  readonly #canvas: HTMLCanvasElement;
  readonly #pen: CanvasRenderingContext2D;
  readonly #stamps = new Map<NodeMark | 'hidden', HTMLCanvasElement>();
  #theme: Theme;
  #scale = 1;
  #scrolled = 0;

  constructor(canvas: HTMLCanvasElement, theme: Theme) {
    this.#canvas = canvas;
    this.#theme = theme;
    this.#pen = penOf(canvas);
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#stamps.clear();
  }

  /** @param pitch of the cells @param scrolled how far the map is scrolled */
  fit({ width, height }: Size, pitch: number, scrolled: number): void {
    this.#scrolled = scrolled;
    const scale = devicePixelRatio;
    const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
    if (this.#canvas.width !== across || this.#canvas.height !== down) {
      [this.#canvas.width, this.#canvas.height] = [across, down];
    }
    if (scale !== this.#scale || this.#stamps.get('hidden')?.dataset['pitch'] !== String(pitch)) this.#stamps.clear();
    this.#scale = scale;
    if (this.#stamps.size === 0) for (const mark of [...nodeMarks, 'hidden' as const]) this.#cut(mark, pitch);
    this.#pen.setTransform(scale, 0, 0, scale, 0, -scrolled * scale);
  }

  clear = ({ x, y, width, height }: Box): void => {
    this.#pen.clearRect(x, y, width, height);
  };

  title: Surface['title'] = ({ x, y, width }, text) => {
    const pen = this.#pen;
    pen.save();
    pen.beginPath();
    pen.rect(x, y, width, titleHeight);
    pen.clip();
    pen.font = this.#theme.font;
    pen.fillStyle = this.#theme.text;
    pen.textBaseline = 'middle';
    pen.fillText(text, x, y + titleHeight / 2);
    pen.restore();
  };

  mark: Surface['mark'] = (mark, { x, y, width, height }) => {
    const stamp = this.#stamps.get(mark);
    if (stamp !== undefined) this.#pen.drawImage(stamp, x, y, width, height);
  };

  selection = (box: Box): void => {
    const { fill, line } = this.#theme.selection;
    this.#pen.fillStyle = fill;
    this.#pen.fillRect(box.x, box.y, box.width, box.height);
    this.#outline(box, 1, line);
  };

  focus = (box: Box): void => {
    this.#outline(box, 2, this.#theme.focus);
  };

  /** Draws the rectangle that the user spans with the mouse. */
  rubber({ x, y, width, height }: Box): void {
    this.#pen.strokeStyle = this.#theme.focus;
    this.#pen.lineWidth = 1;
    this.#pen.strokeRect(x, y, width, height);
  }

  get scrolled(): number {
    return this.#scrolled;
  }

  #outline({ x, y, width, height }: Box, wide: number, line: string): void {
    this.#pen.strokeStyle = line;
    this.#pen.lineWidth = wide;
    this.#pen.strokeRect(x + wide / 2, y + wide / 2, width - wide, height - wide);
  }

  #cut(mark: NodeMark | 'hidden', pitch: number): void {
    const stamp = document.createElement('canvas');
    stamp.dataset['pitch'] = String(pitch);
    stamp.width = stamp.height = Math.max(1, Math.round(pitch * this.#scale));
    const pen = penOf(stamp);
    pen.scale(stamp.width / pitch, stamp.height / pitch);
    const half = Math.min(10, pitch / 2 - 1);
    pen.lineWidth = Math.max(1.2, half / 4);
    const { marks, background, text } = this.#theme;
    const colour = mark === 'hidden' ? text : marks[mark];
    if (mark === 'hidden') {
      pen.fillStyle = colour;
      pen.fillRect(pitch / 2 - 0.5, pitch / 2 - 0.5, 1, 1);
    } else {
      drawMark(pen, mark, [pitch / 2, pitch / 2], half, (way) => {
        pen.fillStyle = colour;
        pen.strokeStyle = way === 'cut' ? background : colour;
      });
    }
    this.#stamps.set(mark, stamp);
  }
}

function penOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('This window cannot draw.');
  return pen;
}
