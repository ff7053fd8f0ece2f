import { element } from '../shared/elements.ts';
import { CanvasSurface } from './canvasSurface.ts';
import { boxOf, layoutOf, type Box, type Layout } from './layout.ts';
import type { MapModel } from './mapModel.ts';
import { paintAll, paintSome } from './paint.ts';
import type { Theme } from './theme.ts';

/** The map as an element: a canvas that stays in view while its content is scrolled. */
export class MapCanvas {
  readonly element = element('div', 'scroller');
  readonly canvas = element('canvas', 'map');
  readonly #whole = element('div', 'whole');
  readonly #surface: CanvasSurface;
  readonly #model: MapModel;
  #layout: Layout = { pitch: 1, blocks: [], height: 0 };
  #rubber: Box | undefined;
  #isWaiting = false;

  constructor(model: MapModel, theme: Theme) {
    this.#model = model;
    this.#surface = new CanvasSurface(this.canvas, theme);
    this.canvas.tabIndex = 0;
    this.#whole.append(this.canvas);
    this.element.append(this.#whole);
    this.element.addEventListener('scroll', () => {
      this.redraw();
    });
    new ResizeObserver(() => {
      this.arrange();
    }).observe(this.element);
  }

  get layout(): Layout {
    return this.#layout;
  }

  get page(): number {
    return this.element.clientHeight;
  }

  setTheme(theme: Theme): void {
    this.#surface.setTheme(theme);
    this.redraw();
  }

  /** Called after a change of cells, grouping, or size. */
  arrange(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    this.#layout = layoutOf(this.#model.arrangement.sections, { width, height });
    this.canvas.style.height = `${String(height)}px`;
    this.#whole.style.height = `${String(Math.max(height, this.#layout.height))}px`;
    this.redraw();
  }

  /** Redraws everything visible with the next frame. */
  redraw(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    requestAnimationFrame(() => {
      this.#isWaiting = false;
      this.#fit();
      paintAll(this.#surface, this.#model, this.#layout, this.#window);
      if (this.#rubber !== undefined) this.#surface.rubber(this.#rubber);
    });
  }

  /** Redraws single cells at once. */
  redrawCells(positions: readonly number[]): void {
    if (this.#isWaiting) return;
    this.#fit();
    const places = positions.flatMap((position) => {
      const box = boxOf(this.#layout, position);
      return box === undefined ? [] : [[position, box] as const];
    });
    paintSome(this.#surface, this.#model, this.#window, places);
  }

  /** Sets the rectangle that the user spans with the mouse. */
  setRubber(box: Box | undefined): void {
    this.#rubber = box;
    this.redraw();
  }

  /** Converts a point of the window to a point of the map. */
  pointOf({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): { x: number; y: number } {
    const { left, top } = this.canvas.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top + this.element.scrollTop };
  }

  scrollTo(position: number): void {
    const box = boxOf(this.#layout, position);
    if (box === undefined) return;
    const { scrollTop, clientHeight } = this.element;
    if (box.y < scrollTop) this.element.scrollTop = box.y - this.#layout.pitch;
    else if (box.y + box.height > scrollTop + clientHeight) {
      this.element.scrollTop = box.y + box.height + this.#layout.pitch - clientHeight;
    }
  }

  get #window(): Box {
    const { scrollTop, clientWidth, clientHeight } = this.element;
    return { x: 0, y: scrollTop, width: clientWidth, height: clientHeight };
  }

  #fit(): void {
    const { width, height, y } = this.#window;
    this.#surface.fit({ width, height }, this.#layout.pitch, y);
  }
}
